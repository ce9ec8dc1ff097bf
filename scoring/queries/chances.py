"""机会: who was called how often and came, for a whole congress, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, Sum

from congress.shared.models import Assembly
from deputies.models import Mandate, Suspension
from scoring.fairness import Chance, Window, added, expected, is_left_out
from scoring.models import Entry
from scoring.queries.board import EVERYBODY, Within, last_day
from scoring.queries.books import Books
from scoring.queries.roll import COHORTS, Seated, seated
from scoring.rules import SELDOM
from stations.models import Activity, Attendance, Presence
from stations.models.events import CALLED

FOREVER = date(9999, 12, 31)
FIELDS = {Presence.PRESENT: "came", Presence.LEAVE: "leave", Presence.ABSENT: "absent"}


@dataclass(frozen=True)
class ChanceRow:
    """One deputy's line, as it is printed."""

    pk: int
    name: str
    group: str
    since: date | None
    chance: Chance
    share: str
    band: str
    points: str
    peers: str
    left_out: bool


@dataclass(frozen=True)
class Compared:
    """One cohort or township: pooled, so that small ones carry a wide band."""

    name: str
    people: int
    each: str
    share: str
    band: str
    points: str


@dataclass(frozen=True)
class Chances:
    """Everybody's chances in one congress and year."""

    people: Mapping[int, Seated]
    of: Mapping[int, Chance]
    calls: "Calls"

    @cached_property
    def groups(self) -> Mapping[int | None, list[int]]:
        """The numbers of those who are of one group."""
        found: defaultdict[int | None, list[int]] = defaultdict(list)
        for pk, one in self.people.items():
            found[one.group_id].append(pk)
        return found

    def peers(self, one: Seated) -> Chance:
        """The others of the group; of the congress where the group has no others."""
        mates = self.groups[one.group_id] if one.group_id else []
        others = [self.of[pk] for pk in mates if pk != one.pk]
        return added(others or [chance for pk, chance in self.of.items() if pk != one.pk])


@dataclass(frozen=True)
class Calls:
    """The year's activities, and whom each called with what result."""

    activities: Mapping[int, Activity]
    roll: list[tuple[int, int, str]]


def calls_of(assembly: Assembly, year: int, day: date) -> Calls:
    """Activities of groups and of this congress up to that day."""
    own = Q(activity__assembly=assembly) | Q(activity__assembly=None)
    span = (date(year, 1, 1), day)
    roll = Attendance.objects.filter(own, activity__held_on__range=span).order_by()
    activities = (
        Activity.objects.held().filter(held_on__range=span).select_related("organiser", "group")
    )
    return Calls(
        activities.in_bulk(), list(roll.values_list("deputy_id", "activity_id", "presence"))
    )


def chances(assembly: Assembly, year: int, today: date) -> Chances:
    """受邀、到场、请假、缺席 and points, of everybody who is ranked."""
    day = last_day(year, today)
    people, calls = seated(assembly, day), calls_of(assembly, year, day)
    windows = windows_of(assembly, people)
    books, had = Books([assembly.pk]), _had(assembly, year)
    offered: defaultdict[int, Decimal] = defaultdict(Decimal)
    counts: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for deputy_id, activity_id, presence in calls.roll:
        activity = calls.activities[activity_id]
        if deputy_id not in windows or not windows[deputy_id].has(activity.held_on):
            continue
        counts[deputy_id][FIELDS[Presence(presence)]] += 1
        rule = books.rule(assembly.pk, activity.item_id, activity.held_on)
        offered[deputy_id] += rule.points if rule else 0
    first = date(year, 1, 1)
    found = {
        pk: Chance(
            called=sum(counts[pk].values()),
            **counts[pk],
            offered=offered[pk],
            had=had.get(pk, Decimal(0)),
            days=window.days(first, day),
        )
        for pk, window in windows.items()
    }
    return Chances(people, found, calls)


def windows_of(assembly: Assembly, people: Iterable[int]) -> dict[int, Window]:
    """在任的日子 of each, in two queries; a suspension's last day is the one before it ends."""
    wanted = list(people)
    seats: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    rests: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = Mandate.objects.of_assembly(assembly).filter(deputy__in=wanted).order_by()
    for pk, first, last in rows.values_list("deputy_id", "from_on", "to_on"):
        seats[pk].append((first, last or FOREVER))
    pauses = Suspension.objects.filter(deputy__in=wanted).order_by()
    for pk, first, until in pauses.values_list("deputy_id", "from_on", "to_on"):
        rests[pk].append((first, until - timedelta(days=1) if until else FOREVER))
    return {pk: Window(seats[pk], rests[pk]) for pk in wanted}


def _had(assembly: Assembly, year: int) -> dict[int, Decimal]:
    """Points in the ledger for what one was called to; reversals are taken off."""
    rows = Entry.objects.filter(assembly=assembly, year=year)
    called = rows.filter(record__source__startswith=CALLED)
    return dict(called.order_by().values_list("deputy_id").annotate(Sum("points")))


def rows(
    found: Chances, today: date, *, within: Within = EVERYBODY, name: str = ""
) -> list[ChanceRow]:
    """Everybody within the filters: who was called least first, so that gaps come first."""
    share = Decimal(SELDOM.on(today)) / 100
    people = [one for one in found.people.values() if within.has(one) and name in one.name]
    people.sort(key=lambda one: (found.of[one.pk].called, one.order, one.pk))
    return [_row(one, found, share) for one in people]


def _row(one: Seated, found: Chances, share: Decimal) -> ChanceRow:
    own = found.of[one.pk]
    meant = expected(own.days, found.peers(one))
    return ChanceRow(
        one.pk,
        one.name,
        one.group,
        one.since,
        own,
        percent(own.share),
        band(own),
        points(own),
        f"{meant:.1f}",
        is_left_out(own.called, meant, share),
    )


def percent(share: Decimal | None) -> str:
    return "没有受邀" if share is None else f"{100 * share:.0f}%"


def band(chance: Chance) -> str:
    """可信区间 in words; nothing is known of who was never called."""
    return f"{100 * chance.band.low:.0f}–{100 * chance.band.high:.0f}%" if chance.called else ""


def points(chance: Chance) -> str:
    return f"{chance.had:.1f} / {chance.offered:.1f}"


def compared(found: Chances) -> list[Compared]:
    """同类比较: cohorts first, then townships."""
    circles: list[tuple[str, list[int]]] = [
        (label, [pk for pk, one in found.people.items() if code in one.cohorts])
        for code, label in COHORTS.items()
    ]
    areas: defaultdict[str, list[int]] = defaultdict(list)
    for pk, one in found.people.items():
        areas[one.area or "未编组"].append(pk)
    circles += sorted(areas.items())
    return [_compared(name, [found.of[pk] for pk in pks]) for name, pks in circles if pks]


def _compared(name: str, own: list[Chance]) -> Compared:
    pooled = added(own)
    each = Decimal(pooled.called) / len(own)
    return Compared(
        name, len(own), f"{each:.1f}", percent(pooled.share), band(pooled), points(pooled)
    )
