"""改正查账: a correction follows an appeal or a seat that stands again; one of a fact counts."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q

from deputies.codes import AWARDS
from scoring.models import Appeal, Entry
from scoring.queries.books import Books
from scoring.queries.seated import for_want_of_ground
from scoring.states import AppealState


def correction_faults() -> Iterator[str]:
    """What is off with lines written in answer to an appeal, or giving back."""
    upheld = Appeal.objects.filter(entry=OuterRef("corrects"), state=AppealState.UPHELD)
    undone = Entry.objects.filter(reverses=OuterRef("corrects"))
    rows = Entry.objects.filter(corrects__isnull=False).select_related("corrects__reverses")
    rows = rows.select_related("rule__item", "record")
    books = Books(rows.order_by().values_list("assembly_id", flat=True).distinct())
    answered = Q(Exists(upheld)) | Q(for_want_of_ground("corrects"))
    for entry in rows.annotate(answered=answered, undone=Exists(undone)):
        if not entry.answered:  # type: ignore[attr-defined]  # annotated above
            yield f"第 {entry.pk} 笔改正没有成立的异议"
        elif not _follows(entry, books, undone=entry.undone):  # type: ignore[attr-defined]  # too
            yield f"第 {entry.pk} 笔改正与规则或原来那一笔不符"
        elif _several_awards(entry):
            yield f"第 {entry.pk} 笔改正把一个奖项记了 {entry.quantity} 次"
    yield from _twice_live()


def _follows(entry: Entry, books: Books, *, undone: bool) -> bool:
    """As the reversal it gives back took, or by the book of the deed's day for what was undone."""
    wrong = entry.corrects
    if wrong is None or _account(entry) != _account(wrong):
        return False
    if wrong.reverses:
        return (entry.rule_id, entry.points) == (wrong.rule_id, -wrong.points)
    book = books.in_force(entry.assembly_id, entry.record.done_on)
    by_the_book = book is not None and entry.rule.book_id == book.pk
    return undone and by_the_book and entry.points == entry.rule.points * entry.quantity


def _several_awards(entry: Entry) -> bool:
    """An award is one; what a contested reversal gives back is as it was."""
    gives_back = entry.corrects is not None and entry.corrects.reverses_id is not None
    return entry.rule.item.code in AWARDS and entry.quantity != 1 and not gives_back


def _account(entry: Entry) -> tuple[int, ...]:
    return (entry.deputy_id, entry.assembly_id, entry.year, entry.record_id)


def _twice_live() -> Iterator[str]:
    """However often a line is corrected, one of its record counts in a congress."""
    undone = Entry.objects.filter(reverses=OuterRef("pk"))
    live = Entry.objects.filter(~Exists(undone), reverses__isnull=True).order_by()
    counted = live.values_list("record_id", "assembly_id").annotate(lines=Count("pk"))
    for record_id, _, lines in counted.filter(lines__gt=1).order_by("record_id"):
        yield f"履职记录 {record_id} 有 {lines} 笔同时计分"
