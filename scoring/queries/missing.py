"""补记: what a seat that was registered, ended or rested afterwards leaves to be set right.

A verified record owes a line in each congress where the deputy sat on the day; a line of a day on
which no seat stood is to be taken back. What else is off in the ledger is not mended here.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from deputies.models import DutyRecord, Mandate, Suspension
from deputies.queries.duties import day_words, done_words
from scoring.models import Appeal, Entry, Rule
from scoring.permissions.closing import closed_years
from scoring.permissions.missing import why_not_post_line, why_not_take_back
from scoring.queries.books import Books
from scoring.queries.ledger import Account, Worth, weigh
from scoring.queries.lines import signed
from scoring.states import BookState


@dataclass(frozen=True)
class Row:
    """One line to come, or to be taken back; and why this person leaves it alone."""

    entry: Entry
    refusal: str | None

    @property
    def account(self) -> Account:
        return (self.entry.deputy_id, self.entry.assembly_id, self.entry.year)

    @property
    def name(self) -> str:
        return self.entry.deputy.name

    @property
    def done(self) -> str:
        record = self.entry.record
        return f"{done_words(record)} · {record.done_on.year} 年 {day_words(record.done_on)}"

    @property
    def points(self) -> str:
        return signed(self.entry.points if self.entry._state.adding else -self.entry.points)


@dataclass(frozen=True)
class Missing:
    """Everything to be set right, and the books to add it up under."""

    owed: list[Row]
    unseated: list[Row]
    books: Books

    @property
    def to_post(self) -> list[Entry]:
        return [row.entry for row in self.owed if not row.refusal]

    @property
    def to_take_back(self) -> list[Entry]:
        return [row.entry for row in self.unseated if not row.refusal]

    @property
    def accounts(self) -> set[Account]:
        return {row.account for row in (*self.owed, *self.unseated) if not row.refusal}

    @property
    def seen(self) -> str:
        """A fingerprint of what this person would do by confirming."""
        lines = [(each.record_id, each.assembly_id, str(each.points)) for each in self.to_post]
        said = repr((lines, [each.pk for each in self.to_take_back]))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def missing(by: Actor) -> Missing:
    """All of it, as it stands for this person."""
    found, books = _owed()
    unseated = list(_unseated())
    places = Assembly.objects.in_bulk({each.assembly_id for each in found})
    lines = [each.entry() for each in found]
    for line in lines:
        line.assembly, line.deputy = places[line.assembly_id], line.record.deputy
    closed = _closed((*lines, *unseated))
    contested = set(
        Appeal.objects.open().filter(entry__in=unseated).values_list("entry_id", flat=True)
    )
    return Missing(
        owed=[Row(line, why_not_post_line(by, line, closed)) for line in lines],
        unseated=[
            Row(line, why_not_take_back(by, line, closed, contested=line.pk in contested))
            for line in unseated
        ],
        books=books,
    )


def how_many() -> int:
    """How many lines wait to be posted or taken back in years that are still open."""
    found, _ = _owed()
    lines = [*(each.entry() for each in found), *_unseated()]
    closed = _closed(lines)
    return sum((line.assembly_id, line.year) not in closed for line in lines)


def _closed(lines: Iterable[Entry]) -> set[tuple[int, int]]:
    return closed_years((line.deputy_id, line.assembly_id, line.year) for line in lines)


def _owed() -> tuple[list[Worth], Books]:
    """The worth of verified records where no line was ever written of it.

    The database finds the few that may owe one; what they are worth is said as in posting.
    """
    rules = Rule.objects.filter(
        item=OuterRef(OuterRef("item")),
        book__state=BookState.ADOPTED,
        book__assembly=OuterRef("term__assembly"),
        book__from_on__lte=OuterRef(OuterRef("done_on")),
    )
    line = Entry.objects.filter(record=OuterRef(OuterRef("pk")), corrects=None, reverses=None)
    seats = (
        Mandate.objects.running(OuterRef("done_on"))
        .filter(Exists(rules), deputy=OuterRef("deputy"))
        .filter(~Exists(line.filter(assembly=OuterRef("term__assembly"))))
    )
    records = DutyRecord.objects.verified().filter(Exists(seats)).order_by("pk")
    found, books = weigh(records.select_related("deputy__user", "item"))
    known = Entry.objects.filter(
        record__in=[each.record.pk for each in found], corrects=None, reverses=None
    )
    posted = set(known.values_list("record_id", "assembly_id"))
    return [each for each in found if (each.record.pk, each.assembly_id) not in posted], books


def _unseated() -> QuerySet[Entry]:
    """Lines that stand for a day on which the deputy sat nowhere there, or was suspended."""
    day = OuterRef("record__done_on")
    seats = Mandate.objects.running(day).filter(
        deputy=OuterRef("deputy"), term__assembly=OuterRef("assembly")
    )
    rests = Suspension.objects.running(day).filter(deputy=OuterRef("deputy"))
    standing = Entry.objects.standing().filter(deputy=F("record__deputy"))
    named = ("deputy__user", "assembly", "record__item", "rule__item")
    rows = standing.filter(~Q(Exists(seats)) | Q(Exists(rests)))
    return rows.select_related(*named).order_by("pk")
