"""催办: who is to be told of which part today. Clerk first, then the head, then the leaders."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import NamedTuple

from congress.shared.calendar import Works, working_days_until
from congress.shared.models import User, Workday
from congress.shared.roles import Role
from proposals.models import Assignment, Proposal, Reminder
from proposals.queries.contact import ContactDays, wanted
from proposals.queries.people import of_leaders, of_office, of_townships, posts_of_units
from proposals.rules import ESCALATE_DAYS, NEAR_DAYS, URGENT_DAYS
from proposals.states import Distance
from proposals.titles import named, short

HEADS_TOO = frozenset({Distance.URGENT, Distance.TODAY, Distance.LATE, Distance.ESCALATED})
CONTACT = "首次联系"
NAMED = 3
"""How many proposals one digest names; the rest stand on the page that it leads to."""


class Seat(Enum):
    """From where somebody is told: in the unit, in the township's own office, above both."""

    UNIT, TOWNSHIP, ABOVE = range(3)


class Due(NamedTuple):
    """One part that a person must be told of."""

    part: Assignment
    distance: Distance
    due_on: date
    person: User
    seat: Seat
    of: str = ""

    @property
    def of_unit(self) -> bool:
        return self.seat == Seat.UNIT

    @property
    def words(self) -> str:
        """超期; 首次联系超期 when it is the day of the first meeting."""
        late = self.distance == Distance.ESCALATED
        return f"{self.of}{(Distance.LATE if late else self.distance).label}"


@dataclass(frozen=True)
class Distances:
    """The county's figures and its calendar, fetched once."""

    today: date
    works: Works
    near: int
    urgent: int
    escalate: int

    @classmethod
    def on(cls, today: date) -> "Distances":
        days = (NEAR_DAYS.on(today), URGENT_DAYS.on(today), ESCALATE_DAYS.on(today))
        return cls(today, Workday.objects.works(), *days)

    def as_of(self, day: date) -> "Distances":
        """What these said on another day."""
        return replace(self, today=day)

    def of(self, due_on: date) -> Distance | None:
        """The nearest distance reached; None while the day is far."""
        left = working_days_until(self.today, due_on, self.works)
        if self.today > due_on:
            return Distance.ESCALATED if -left >= self.escalate else Distance.LATE
        if self.today == due_on:
            return Distance.TODAY
        if left <= self.urgent:
            return Distance.URGENT
        return Distance.NEAR if left <= self.near else None


def posts_by_unit(today: date) -> Mapping[tuple[int, Role], list[User]]:
    """经办人、负责人 of every unit on that day, in one statement."""
    found: dict[tuple[int, Role], list[User]] = defaultdict(list)
    for post in posts_of_units(today):
        found[post.organisation_id, Role(post.role)].append(post.user)
    return found


def due_reminders(today: date) -> Mapping[int, list[Due]]:
    """By person, what nobody has told them yet, the most urgent first; silent while paused."""
    distances, people = Distances.on(today), _People.on(today)
    found: dict[int, list[Due]] = defaultdict(list)
    told = _told()
    for last, part, of in _last_days(distances.works):
        distance = distances.of(last)
        if distance is None:
            continue
        for person, seat in people.who(part, distance):
            if (part.pk, person.pk, distance.value, last) not in told:
                found[person.pk].append(Due(part, distance, last, person, seat, of))
    return found


def _last_days(works: Works) -> list[tuple[date, Assignment, str]]:
    """Every day that a part must keep, in their order: of its answer and of its first contact.

    The two are never the same day, so a reminder is of one of them.
    """
    rows = Assignment.objects.ticking().select_related("proposal", "unit")
    found = [(part.due_on, part, "") for part in rows if part.due_on]
    contacts = ContactDays(works)
    first = ((contacts.of(part), part) for part in wanted())
    found += [(last, part, CONTACT) for last, part in first if last]
    return sorted(found, key=lambda each: (each[0], each[1].pk))


def _told() -> set[tuple[int, int, str, date]]:
    rows = Reminder.objects.filter(assignment__in=Assignment.objects.running())
    return set(rows.values_list("assignment", "person", "distance", "due_on"))


@dataclass(frozen=True)
class _People:
    """Who sits where today."""

    clerks: Mapping[int, list[User]]
    heads: Mapping[int, list[User]]
    townships: Mapping[int, list[User]]
    above: list[User]
    """Of a township's proposals, by their rows, its own office; of all who stands above."""

    @classmethod
    def on(cls, today: date) -> "_People":
        clerks: dict[int, list[User]] = defaultdict(list)
        heads: dict[int, list[User]] = defaultdict(list)
        for post in posts_of_units(today):
            at = clerks if post.role == Role.UNIT_CLERK else heads
            at[post.organisation_id].append(post.user)
        above = [*of_leaders(today), *of_office(today)]
        return cls(clerks, heads, of_townships(Proposal.objects.in_hand(), today), above)

    def who(self, part: Assignment, distance: Distance) -> list[tuple[User, Seat]]:
        """Who handles it, else the clerks, else the head; the head when urgent; then those above.

        Whoever handled it and has left the unit is told of nothing.
        """
        heads = self.heads.get(part.unit_id, [])
        clerks = self.clerks.get(part.unit_id, [])
        named = [each for each in (*clerks, *heads) if each.pk == part.handler_id]
        told = {each.pk: (each, Seat.UNIT) for each in named or clerks or heads}
        if distance in HEADS_TOO:
            told |= {each.pk: (each, Seat.UNIT) for each in heads}
        if distance == Distance.ESCALATED:
            own = self.townships.get(part.proposal_id, [])
            above = {each.pk: (each, Seat.ABOVE) for each in self.above}
            told = above | {each.pk: (each, Seat.TOWNSHIP) for each in own} | told
        return list(told.values())


def digest(dues: Iterable[Due]) -> str:
    """超期 2 件、临近 1 件：1905012“…”。 The most urgent ones by name."""
    rows = list(dues)
    counts: dict[str, int] = defaultdict(int)
    for each in rows:
        counts[each.words] += 1
    words = "、".join(f"{label} {count} 件" for label, count in counts.items())
    names, many = [_named(each) for each in rows], f"等 {len(rows)} 件"
    return named(f"建议办理提醒：{words}。", names, most=NAMED, between="、", many=many)


def _named(due: Due) -> str:
    unit = "" if due.of_unit else f"（{due.part.unit.short_name}）"
    return f"{due.part.proposal.number}“{short(due.part.proposal.title)}”{unit}"
