"""补记: what a seat that was registered, ended or rested afterwards leaves to be set right.

A verified record owes a line in each congress where the deputy sat on the day; a line of a day on
which no seat stood, or of an activity that the deputy did not come to after all, is to be taken
back, and given back once that stands again. What else is off in the ledger is not mended here.
"""

import hashlib
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from deputies.models import DutyRecord, Mandate
from deputies.queries.duties import day_words, done_words
from scoring.models import Appeal, Entry, Rule
from scoring.permissions.closing import cut_offs_for, is_line_closed
from scoring.permissions.missing import why_not_post_line, why_not_take_back
from scoring.queries.ledger import Account, Worth, worth
from scoring.queries.lines import signed
from scoring.queries.remedies import remedy
from scoring.queries.seated import groundless, owed_back
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
    """Everything to be set right."""

    owed: list[Row]
    unseated: list[Row]

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
        lines = [
            (each.record_id, each.assembly_id, str(each.points), each.corrects_id)
            for each in self.to_post
        ]
        said = repr((lines, [each.pk for each in self.to_take_back]))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def missing(by: Actor) -> Missing:
    """All of it, as it stands for this person."""
    found = _owed()
    gone = list(_unseated())
    places = Assembly.objects.in_bulk({each.assembly_id for each in found})
    lines = [each.entry() for each in found]
    for line in lines:
        line.assembly, line.deputy = places[line.assembly_id], line.record.deputy
    lines += _owed_back()
    closed = cut_offs_for((*lines, *gone))
    touched = {line.corrects_id for line in lines} | {line.pk for line in gone}
    contested = set(
        Appeal.objects.open().filter(entry__in=touched).values_list("entry_id", flat=True)
    )
    return Missing(
        owed=[
            Row(line, why_not_post_line(by, line, closed, contested=line.corrects_id in contested))
            for line in lines
        ],
        unseated=[
            Row(line, why_not_take_back(by, line, closed, contested=line.pk in contested))
            for line in gone
        ],
    )


def how_many() -> int:
    """How many lines wait to be posted or taken back in years that are still open."""
    lines = [*(each.entry() for each in _owed()), *_owed_back(), *_unseated()]
    closed = cut_offs_for(lines)
    return sum(not is_line_closed(line, closed) for line in lines)


def _owed() -> list[Worth]:
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
    found = worth(records.select_related("deputy__user", "item"))
    known = Entry.objects.filter(
        record__in=[each.record.pk for each in found], corrects=None, reverses=None
    )
    posted = set(known.values_list("record_id", "assembly_id"))
    return [each for each in found if (each.record.pk, each.assembly_id) not in posted]


def _unseated() -> QuerySet[Entry]:
    return groundless().select_related("deputy__user", "assembly", "record__item", "rule__item")


def _owed_back() -> list[Entry]:
    """The lines that give back what was taken for want of a seat that stands again."""
    found = []
    for reversal in owed_back():
        (line,) = remedy(reversal, None, 1)
        line.assembly, line.deputy, line.record = (
            reversal.assembly,
            reversal.deputy,
            reversal.record,
        )
        found.append(line)
    return found
