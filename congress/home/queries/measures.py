"""全县小组的同一把尺: what every group did in a year, and the median beside one's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from deputies.models import DeputyGroup, DutyRecord, Membership
from deputies.queries.liaison import quarter_of
from deputies.states import DutyState
from stations.models import Activity, Attendance, Presence

TENTH = Decimal("0.1")


class Span(NamedTuple):
    """The time in which one should have done something: a quarter, or a year that is over."""

    first: date
    last: date
    name: str


@dataclass(frozen=True)
class Measure:
    """One group's year in numbers."""

    size: int
    verified: int
    active: int
    activities: int
    called: int
    came: int

    @property
    def each(self) -> Decimal:
        """人均核实的履职."""
        return _share(self.verified, self.size)

    @property
    def turnout(self) -> Decimal | None:
        """到场率, in percent; None when nobody was called."""
        return _share(100 * self.came, self.called) if self.called else None

    @property
    def awake(self) -> Decimal:
        """有履职记录的组员, in percent."""
        return _share(100 * self.active, self.size)


def _share(part: int, whole: int) -> Decimal:
    exact = Decimal(part) / whole if whole else Decimal(0)
    return exact.quantize(TENTH, ROUND_HALF_UP)


def span(year: int, today: date) -> Span:
    """This year's quarter so far, or the whole of a year that is over."""
    if year == today.year:
        first, name = quarter_of(today)
        return Span(first, today, name)
    return Span(date(year, 1, 1), date(year, 12, 31), f"{year} 年")


def last_day(year: int, today: date) -> date:
    """The day whose members count: today, or the last of a year that is over."""
    return min(today, date(year, 12, 31))


def measures(year: int, today: date) -> dict[int, Measure]:
    """Every standing group with members, in five queries whatever their number."""
    when, on = span(year, today), last_day(year, today)
    spells = Membership.objects.running(on).filter(group__in=DeputyGroup.objects.standing(on))
    sizes = _counted(spells.values_list("group").annotate(Count("pk")))
    recent = DutyRecord.objects.live().filter(done_on__range=(when.first, when.last))
    busy = spells.filter(Exists(recent.filter(deputy=OuterRef("deputy"))))
    verified = Q(
        deputy__duties__state=DutyState.VERIFIED,
        deputy__duties__done_on__range=(date(year, 1, 1), date(year, 12, 31)),
    )
    counted = Count("deputy__duties", filter=verified)
    done = _counted(spells.values_list("group").annotate(done=counted))
    active = _counted(busy.values_list("group").annotate(Count("pk")))
    held = Activity.objects.held().filter(held_on__year=year, group__isnull=False)
    activities = _counted(held.values_list("group").annotate(Count("pk")))
    calls = Attendance.objects.filter(activity__in=held).values_list("activity__group")
    came = Count("pk", filter=Q(presence=Presence.PRESENT))
    turnouts = {pk: (all_, here) for pk, all_, here in calls.annotate(Count("pk"), came=came)}
    return {
        pk: Measure(
            size,
            done.get(pk, 0),
            active.get(pk, 0),
            activities.get(pk, 0),
            *turnouts.get(pk, (0, 0)),
        )
        for pk, size in sizes.items()
    }


def _counted(rows: Iterable[tuple[int, int]]) -> dict[int, int]:
    return dict(rows)


class Compared(NamedTuple):
    """One line of the comparison: this group's number, the county's median, and the difference."""

    name: str
    own: str
    median: str
    words: str


def compared(own: Measure, county: Mapping[int, Measure], when: Span) -> list[Compared]:
    """与全县小组中位数比: four numbers that groups of any size share."""
    known = list(county.values())
    rates = [each.turnout for each in known if each.turnout is not None]
    return [
        _line("人均核实的履职", own.each, [each.each for each in known], " 条"),
        _line("小组活动", Decimal(own.activities), [Decimal(e.activities) for e in known], " 次"),
        _line("活动到场率", own.turnout, rates, "%"),
        _line(f"{when.name}有履职记录的组员", own.awake, [each.awake for each in known], "%"),
    ]


def _line(name: str, own: Decimal | None, all_: list[Decimal], unit: str) -> Compared:
    middle = Decimal(median(all_)) if all_ else None
    if own is None or middle is None:
        shown = f"{_plain(middle)}{unit}" if middle is not None else "还没有"
        return Compared(name, "还没有" if own is None else f"{_plain(own)}{unit}", shown, "")
    words = "高于中位数" if own > middle else "低于中位数" if own < middle else "和中位数持平"
    return Compared(name, f"{_plain(own)}{unit}", f"{_plain(middle)}{unit}", words)


def _plain(number: Decimal) -> str:
    return f"{number.quantize(TENTH, ROUND_HALF_UP):f}".removesuffix(".0")
