"""逐笔查账: each line against the fact, the rule and the people it rests on, a batch at a time."""

from collections.abc import Iterator
from itertools import chain as one_after_another
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from congress.shared.models import AuditEvent
from deputies.models import DutyRecord
from deputies.models.duties import DutyRecordQuerySet
from deputies.states import DutyState
from scoring.models import Entry, ReviewCycle, RuleBook
from scoring.points import why_not_ceilings
from scoring.queries.late_changes import Decisions, LateChanges
from scoring.queries.ledger import Worth, worth
from scoring.queries.seated import CATCH_UP, owed_back, unattended, unseated

BATCH = 5000


def faults() -> Iterator[str]:
    """Every line that is not what it must be, and every fact that lacks its line."""
    return one_after_another(
        _unlike_the_facts(),
        _without_a_fact(),
        _reversals(),
        _twice(),
        _one_person(),
        _without_a_trail(),
        _posted_too_early(),
        _after_the_decision(),
        _ceilings(),
    )


def _unlike_the_facts() -> Iterator[str]:
    """Every verified record has exactly the lines its rules say, and no other line is live.

    What an upheld appeal put in such a line's place is looked at by `correction_faults`.
    """
    late = LateChanges()
    apart = one_after_another(_apart(DutyRecord.objects.verified(), late), _of_answers(late))
    return (each.sentence for each in apart if not each.settled)


def left_as_decided() -> str:
    """Decided years that a change told afterwards does not move, in a sentence; empty without any.

    Only records of those are looked at of whom such a change was told.
    """
    late = LateChanges()
    rows = DutyRecord.objects.verified().filter(deputy__in=late.deputy_ids)
    if not late.deputy_ids:
        return ""
    apart = one_after_another(_apart(rows, late), _of_answers(late))
    found = dict.fromkeys(str(each.record_id) for each in apart if each.settled)
    if not found:
        return ""
    return (
        f"履职记录 {'、'.join(found)}：资格变动在年度评定以后才登记，"
        "那一年的积分照评定时的样子，不再补记，也不再冲销。"
    )


class Apart(NamedTuple):
    """A record and its lines that do not agree; `settled` when a decided year leaves them so."""

    record_id: int
    sentence: str
    settled: bool


def _apart(rows: DutyRecordQuerySet, late: LateChanges) -> Iterator[Apart]:
    records = rows.order_by("pk")
    decided = Decisions()
    last = 0
    while batch := list(records.filter(pk__gt=last)[:BATCH]):
        days = {record.pk: record.done_on for record in batch}
        posted = _originals().filter(record__in=days)
        lines = {(entry.record_id, entry.assembly_id): entry for entry in posted}
        last = batch[-1].pk
        for found in worth(batch):
            pk, meant = found.record.pk, found.entry()
            entry = lines.pop((pk, found.assembly_id), None)
            if entry is None and not _closed_before(found, decided):
                settled = late.explain(meant.deputy_id, meant.assembly_id, found.record.done_on)
                yield Apart(pk, f"履职记录 {pk} 已核实，没有入账：{CATCH_UP}", settled)
            elif entry is not None and _facts(entry) != _facts(meant):
                yield Apart(pk, f"第 {entry.pk} 笔与履职记录 {pk} 不符", settled=False)
        left = [entry for entry in lines.values() if not entry.undone]  # type: ignore[attr-defined]
        without = set(
            unseated().filter(pk__in=[each.pk for each in left]).values_list("pk", flat=True)
        )
        for entry in left:
            if entry.pk not in without:
                yield Apart(entry.record_id, f"第 {entry.pk} 笔没有对应的规则", settled=False)
                continue
            words = f"第 {entry.pk} 笔没有对应的任职：{CATCH_UP}"
            settled = late.explain(entry.deputy_id, entry.assembly_id, days[entry.record_id])
            yield Apart(entry.record_id, words, settled)


def _of_answers(late: LateChanges) -> Iterator[Apart]:
    """Corrections stand on a seat, too; what was reversed for want of one is given back with it."""
    for line in unseated().filter(corrects__isnull=False).select_related("record"):
        yield _apart_by_seat(line, f"第 {line.pk} 笔改正没有对应的任职：{CATCH_UP}", late)
    for line in unattended().select_related("record"):
        yield _apart_by_seat(line, f"第 {line.pk} 笔的到场登记已改正：{CATCH_UP}", late)
    for line in owed_back():
        words = f"第 {line.pk} 笔因不在任或没有到场冲销，登记改正以后没有记回：{CATCH_UP}"
        yield _apart_by_seat(line, words, late)


def _apart_by_seat(line: Entry, words: str, late: LateChanges) -> Apart:
    settled = late.explain(line.deputy_id, line.assembly_id, line.record.done_on)
    return Apart(line.record_id, words, settled)


def _closed_before(found: Worth, decided: Decisions) -> bool:
    """A congress that had decided the year before the record was verified owes it no line."""
    at = decided.at(found.assembly_id, found.record.done_on)
    return bool(at and found.record.verified_at and at <= found.record.verified_at)


def _originals() -> QuerySet[Entry]:
    rows = Entry.objects.filter(reverses__isnull=True, corrects__isnull=True)
    return rows.annotate(undone=F("entry")).order_by("pk")


def _facts(entry: Entry) -> tuple[object, ...]:
    return (entry.deputy_id, entry.year, entry.rule_id, entry.points)


def _without_a_fact() -> Iterator[str]:
    """A line that stands rests on a record that is verified."""
    verified = DutyRecord.objects.verified().filter(pk=OuterRef("record"))
    standing = Entry.objects.standing().order_by("pk")
    for (pk,) in standing.filter(~Exists(verified)).values_list("pk"):
        yield f"第 {pk} 笔没有对应的已核实记录或规则"


def _reversals() -> Iterator[str]:
    """A reversal takes back exactly what its original gave."""
    same = Q(
        points=-F("reverses__points"),
        deputy=F("reverses__deputy"),
        assembly=F("reverses__assembly"),
        year=F("reverses__year"),
        rule=F("reverses__rule"),
        record=F("reverses__record"),
        reverses__reverses__isnull=True,
        pk__gt=F("reverses"),
    )
    for (pk,) in Entry.objects.filter(reverses__isnull=False).exclude(same).values_list("pk"):
        yield f"第 {pk} 笔冲销与原来那一笔不符"


def _twice() -> Iterator[str]:
    """Should the database's own constraints ever be lifted: one line, one reversal, of each."""
    rows = Entry.objects.order_by().filter(reverses__isnull=True, corrects__isnull=True)
    counted = rows.values_list("record", "assembly").annotate(n=Count("pk"))
    for record, _, _ in counted.filter(n__gt=1):
        yield f"履职记录 {record} 在同一个人大记了两笔"
    undone = Entry.objects.order_by().filter(reverses__isnull=False)
    for pk, _ in undone.values_list("reverses").annotate(n=Count("pk")).filter(n__gt=1):
        yield f"第 {pk} 笔冲销了两次"


def _one_person() -> Iterator[str]:
    """两人核实: whoever verified neither checked nor registered it, nor is it their own."""
    alone = Q(verified_by=F("checked_by")) | Q(verified_by=F("reported_by"))
    alone |= Q(paper_by=F("checked_by")) | Q(paper_by=F("verified_by"))
    own = Q(verified_by=F("deputy__user")) | Q(verified_by=None) | Q(checked_by=None)
    for (pk,) in DutyRecord.objects.verified().filter(alone | own).order_by("pk").values_list("pk"):
        yield f"履职记录 {pk} 不是由另一个人核实的"


def _without_a_trail() -> Iterator[str]:
    """Whoever verified it said so in the trail: a record written in already verified did not."""
    deeds = AuditEvent.objects.filter(
        subject=DutyRecord._meta.label,
        subject_id=OuterRef("pk"),
        now=DutyState.VERIFIED,
        by_id=OuterRef("verified_by"),
        at__gte=OuterRef("verified_at"),
    )
    rows = DutyRecord.objects.verified().filter(~Exists(deeds)).order_by("pk")
    for (pk,) in rows.values_list("pk"):
        yield f"履职记录 {pk} 的核实在办理痕迹里找不到"


def _posted_too_early() -> Iterator[str]:
    """No line is older than the verification it rests on."""
    rows = Entry.objects.filter(posted_at__lt=F("record__verified_at")).order_by("pk")
    for pk, record in rows.values_list("pk", "record"):
        yield f"第 {pk} 笔早于履职记录 {record} 的核实"


def _after_the_decision() -> Iterator[str]:
    """年度评定 closes the year up to its cut-off: no line of those days is posted afterwards."""
    decided = ReviewCycle.objects.filter(
        assembly=OuterRef("assembly"),
        year=OuterRef("year"),
        cut_off_on__gte=OuterRef("record__done_on"),
        decided_at__lt=OuterRef("posted_at"),
    )
    for (pk,) in Entry.objects.filter(Exists(decided)).order_by("pk").values_list("pk"):
        yield f"第 {pk} 笔是在该年度评定以后记的"


def _ceilings() -> Iterator[str]:
    """百分制: the ceilings of every book that a line rests on add up to 100."""
    used = RuleBook.objects.filter(Exists(Entry.objects.filter(rule__book=OuterRef("pk"))))
    for book in used.select_related("assembly").prefetch_related("ceilings"):
        if reason := why_not_ceilings(ceiling.points for ceiling in book.ceilings.all()):
            yield f"{book}：{reason.rstrip('。')}"
