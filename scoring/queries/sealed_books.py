"""规则书的摘要: what stood in a book when it was adopted is kept in the sealed trail."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

from congress.shared.models import AuditEvent
from scoring.models import Ceiling, Rule, RuleBook
from scoring.models.rulebook import RuleBookQuerySet
from scoring.states import BookState

MARK = "；内容摘要 "
"""Before the digest, at the end of what the trail says of an adoption."""


def digests(books: Iterable[RuleBook]) -> dict[int, str]:
    """Of each book a digest of all that it says, and from when and by which decision.

    Half a SHA-256, in figures: the trail is read by people, and its list shows no letters.
    """
    known = list(books)
    parts: defaultdict[int, list[list[str]]] = defaultdict(list)
    ceilings = Ceiling.objects.filter(book__in=known).values_list(
        "book_id", "category__code", "points"
    )
    rules = Rule.objects.filter(book__in=known).values_list(
        *("book_id", "item__code", "category__code", "points"),
        *("per_year", "bonus", "highest_only"),
    )
    for book_id, *cells in (*ceilings, *rules):
        parts[book_id].append([str(cell) for cell in cells])
    return {book.pk: _digest(book, sorted(parts[book.pk])) for book in known}


def _digest(book: RuleBook, parts: list[list[str]]) -> str:
    adopted_at = book.adopted_at.timestamp() if book.adopted_at else None
    head = (book.assembly_id, book.version, str(book.from_on), book.basis, book.minute, adopted_at)
    return str(int(hashlib.sha256(json.dumps([head, parts]).encode()).hexdigest()[:32], 16))


def faults() -> Iterator[str]:
    """Every adopted book that is another than the one that was adopted."""
    known = _kept()
    books = list(_adopted().filter(pk__in=known))
    for pk, digest in digests(books).items():
        if digest != known[pk]:
            yield f"规则书“{next(book for book in books if book.pk == pk)}”与通过时不同"


def not_comparable() -> str:
    """The adopted books of which no digest was kept, named in a sentence; empty without any."""
    names = "、".join(str(book) for book in _adopted().exclude(pk__in=_kept()))
    return f"{names}启用时没有留下内容摘要，查账无从比较它与通过时是否一样。" if names else ""


def _adopted() -> RuleBookQuerySet:
    return RuleBook.objects.adopted().select_related("assembly").order_by("pk")


def _kept() -> dict[int, str]:
    """The digest by the number of the book; its first adoption in the trail is the one."""
    deeds = AuditEvent.objects.filter(subject=RuleBook._meta.label, now=BookState.ADOPTED)
    said = dict(deeds.order_by("-pk").values_list("subject_id", "note"))
    return {pk: note.rpartition(MARK)[2] for pk, note in said.items() if MARK in note}
