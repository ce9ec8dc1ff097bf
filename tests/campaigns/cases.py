"""A model of the proposals' loop, written anew from the rules and without the app's own tables.

Each case knows whose act is next, who stands behind which text, what each unit owes until when and
what the gate still lacks. `rounds` plays the real verbs beside it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from congress.shared.calendar import add_months, working_days_until

STAGES = ("before", "during", "after")
HEARD_DAYS, RATE_DAYS = 5, 20
SILENCE = 5
"""Working days after which a meeting counts as one-sided, and a request is the office's alone."""
OPEN_TO_SIGNERS = frozenset({"signing", "submitted"})
OVER = frozenset({"published", "refused", "letter", "withdrawn"})
NUMBERED = frozenset({"accepted", "rehearsed", "merged", "assigned", "answered"})
ANSWERING = frozenset({"lead", "separate"})
MONTHS = 3
"""From 交办 to the last day of a reply."""


@dataclass
class Paper:
    """交办单: what the units are heard about together, and until when."""

    pk: int
    state: str = "drafted"
    heard: date | None = None
    until: date | None = None

    def is_heard_on(self, today: date) -> bool:
        """The units have it before them and may still object."""
        return self.state == "rehearsed" and self.until is not None and today <= self.until


@dataclass
class Met:
    """A meeting that one side wrote down."""

    pk: int
    on: date
    written: date
    by_unit: bool
    confirmed: bool = False


@dataclass
class Part:
    """One unit's part: what it has met, waived, drafted and replied; its clock and objections."""

    unit: int
    role: str
    pk: int
    position: int
    state: str
    assigned: date | None = None
    paper: Paper | None = None
    back_to: str = ""
    objection: int = 0
    handler: int = 0
    paused: date | None = None
    stood_until: date | None = None
    stands: list[tuple[date, date]] = field(default_factory=list)
    due: date | None = None
    asked_for: int = 0
    more: int = 0
    extension: int = 0
    extended: str = ""
    asked_on: date | None = None
    met: dict[str, Met] = field(default_factory=dict)
    waived: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    draft: int = 0
    drafted: str = ""
    edition: int = 0
    countersigned: set[tuple[int, int]] = field(default_factory=set)
    stands_behind: bool = False
    replies: int = 0
    reply: int = 0
    replied: date | None = None
    rate_until: date | None = None

    def renew(self, today: date, works: Callable[[date], bool]) -> None:
        """Its last day is what the calendar gives now."""
        if self.assigned is None:
            return
        last = add_months(self.assigned, MONTHS + self.more)
        for begins, ends in self.stands:
            if begins <= last:
                last += ends - begins
            elif begins <= rolled(last, works):
                last = rolled(last, works) + (ends - begins)
        last = rolled(last, works)
        self.due = kept(self.due, last, today) if self.due else last

    def goes_on(self, today: date, works: Callable[[date], bool]) -> None:
        """Its clock stands no more: what stood until today moves its last day."""
        if self.paused is not None and today > self.paused:
            self.stood_until = today
            self.stands.append((self.paused, today))
        self.paused = None
        self.renew(today, works)

    def is_late(self, today: date) -> bool:
        """Past its day with a clock that runs."""
        return self.due is not None and today > self.due and self.paused is None

    @property
    def answers(self) -> bool:
        return self.role in ANSWERING

    def missing(self) -> list[str]:
        return [each for each in STAGES if each not in self.met and each not in self.waived]

    def excusable(self) -> list[str]:
        """Missing, and the deputy has denied what the unit wrote down of it."""
        return [each for each in self.missing() if each in self.denied]

    def gate_open(self, today: date, works: Callable[[date], bool]) -> bool:
        """Each of the three held and borne out, or long unanswered, or waived."""
        return not self.missing() and all(
            met.confirmed or working_days_until(met.written, today, works) > SILENCE
            for stage, met in self.met.items()
            if stage not in self.waived
        )


@dataclass
class Case:
    """One proposal as the model knows it."""

    pk: int
    lead: int
    kind: str
    state: str
    town: bool = False
    sign_until: date | None = None
    signers: dict[int, tuple[int, date]] = field(default_factory=dict)
    asked: dict[int, tuple[int, str]] = field(default_factory=dict)
    number: str = ""
    withheld: bool = False
    asks: list[int] = field(default_factory=list)
    paper: Paper | None = None
    parts: list[Part] = field(default_factory=list)
    objections: list[tuple[Paper | None, int]] = field(default_factory=list)
    unheard: set[int] = field(default_factory=set)
    into: "Case | None" = None
    takes: list["Case"] = field(default_factory=list)

    def in_force(self, today: date) -> dict[int, tuple[int, date]]:
        """The signatures that count: before 提出 none that has run out."""
        running = self.state != "signing"
        return {pk: own for pk, own in self.signers.items() if running or own[1] >= today}

    def ends_asking(self) -> None:
        """Nobody may sign it any more: what was asked and not answered ends."""
        self.asked = {
            deputy: (pk, "lapsed" if state == "asked" else state)
            for deputy, (pk, state) in self.asked.items()
        }

    def waits_for(self, today: date, gone: Collection[int]) -> set[str]:
        """Whose act is next: whoever must find it waiting, and nobody else."""
        if self.state == "rehearsed" and self.paper:
            return self._heard(self.paper, today)
        if self.state == "answered":
            first = self.into and self.into.state != "published"
            return set() if self.withheld or first else {"office"}
        if self.state == "returned" and self.lead in gone:
            return {"office"}
        whose = {
            **dict.fromkeys(("signing", "returned"), "lead"),
            **dict.fromkeys(("submitted", "accepted"), "office"),
            "assigned": "units",
        }
        return {whose[self.state]} if self.state in whose else set()

    def _heard(self, paper: Paper, today: date) -> set[str]:
        """The office answers objections and hands over; until then the units are heard."""
        if not paper.is_heard_on(today):
            return {"office"}
        return {"office" if each.state == "objected" else "units" for each in self.parts}

    def joint(self) -> list[Part]:
        return [part for part in self.parts if part.role == "joint"]

    def sign_with(self, part: Part) -> list[Part]:
        """会办 stand behind what 主办 writes; 分办 answers for its own part alone."""
        return self.joint() if part.role == "lead" else []

    @property
    def answered_along(self) -> bool:
        """A unit has signed a reply to the one that it is merged into."""
        return bool(self.into and any(part.replies for part in self.into.parts))

    def to_answer(self) -> list[int]:
        """Its asks, and those of what is handled along with it."""
        return [*self.asks, *(ask for each in self.takes for ask in each.asks)]

    def lets_go(self, merged: "Case") -> None:
        """What was written of it leaves every draft that had it, which is then a new edition."""
        self.takes.remove(merged)
        for part in self.parts:
            if part.drafted in {"whole", "to_sign"}:
                part.drafted, part.edition = "whole", part.edition + 1

    def objected(self, position: int) -> int:
        """How often this place of it has been objected to, whichever units have held it."""
        return len([on for on in self.objections if on[1] == position])

    def runs(self, part: Part) -> bool:
        """Its unit has the part in hand: neither objected to, nor answered, nor withdrawn."""
        return self.state == "assigned" and part.state in {"handed", "received"}

    def may_write(self, part: Part) -> bool:
        """In hand; or answered, and the whole not yet public: then a further version."""
        if part.state == "done":
            return self.state in {"assigned", "answered"}
        return self.runs(part)

    def helping(self, unit: int) -> "Part | None":
        """会办、协办 that this unit has in it, its opinion not yet sent."""
        waits = {"planned", "handed", "received", "objected"}
        found = (each for each in self.parts if each.unit == unit and not each.answers)
        return next((each for each in found if each.state in waits), None)

    def is_free(self, unit: int) -> bool:
        """The unit has no part in it."""
        return unit not in {part.unit for part in self.parts}


def rolled(day: date, works: Callable[[date], bool]) -> date:
    """This day or the next one that is worked."""
    while not works(day):
        day += timedelta(days=1)
    return day


def kept(was: date, now: date, today: date) -> date:
    """The new last day, unless it would come to lie in the past."""
    return was if was > now < today else now


def in_order(numbers: list[str], session: str) -> bool:
    """None reused, none skipped: the serials are one, two, three and so on."""
    return sorted(numbers) == [f"{session}{each:03}" for each in range(1, len(numbers) + 1)]
