"""家站大屏: one station's screen, of what is public anyway.

These dataclasses are the allow-list. Nothing in them goes with the minute: the same county is the
same screen, and a screen that has it is told so (`views.wall`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congress.home.queries import public_stars
from proposals.queries import public as loop
from proposals.queries import public_numbers, public_tally
from proposals.queries.clocks import Clock
from proposals.queries.progress import Stop
from proposals.queries.public_stage import LIT
from stations.models import ReceptionDay, Station
from stations.queries import public as places
from stations.queries.hours import reception
from stations.queries.public_counts import Counts, counts
from stations.queries.rota import OnDuty, on_duty

HEAD = ("提出", "审查", "交办", "面商", "答复", "评价", "公开")
"""Across a room the three meetings are one stop."""
MEETINGS_FROM, MEETINGS_TO = 3, 6
ROWS = 5
PAGES = 4
DAYS = 3
DEPUTIES_SHOWN = SOLVED_SHOWN = STARS_SHOWN = SPREAD_SHOWN = 3


@dataclass(frozen=True)
class Departure:
    """One proposal on the board; `then` stands in for the countdown when the line is down."""

    title: str
    meta: str
    stops: tuple[Stop, ...]
    kind: str
    word: str
    words: str
    then: str


@dataclass(frozen=True)
class WallDay:
    """A reception day with whoever receives; `on` lets the screen pass it when its line is down."""

    on: str
    number: int
    month: str
    weekday: str
    left: str
    hours: str
    people: tuple[OnDuty, ...]
    more: int


@dataclass(frozen=True)
class Wall:
    """Everything on the screen."""

    name: str
    township: str
    address: str
    days: tuple[WallDay, ...]
    elsewhere: bool
    """Whether the day is another place's, as at a home without a rota."""
    planned: bool
    """Whether who is shown has the turn; otherwise they are those who serve there."""
    pages: tuple[tuple[Departure, ...], ...]
    total: int
    """Of all that are public; the first of them stand on the pages."""
    solved: tuple[tuple[str, str, str], ...]
    solved_count: int
    solved_this_year: int
    counts: Counts
    stars: tuple[public_stars.StarDeputy, ...]
    stars_year: int
    stars_of_county: bool
    stars_known: bool
    stars_spread: str
    """十星 2 人，九星 5 人."""


def wall(station: Station, now: datetime) -> Wall:
    """The screen of one station today; it is asked for with its area."""
    today = timezone.localdate(now)
    here, at = loop.Filters(area=station.area_id), Clock.on(today)
    made = [_departure(row) for row in loop.rows(here, at, span=slice(ROWS * PAGES))]
    solved = public_numbers.solved(station.area_id, today)
    stars, of_county = _stars(station.area_id)
    days = _own_days(station, today)
    shown, elsewhere = (days, False) if days else _other_days(station, today)
    return Wall(
        name=station.name,
        township=station.area.name,
        address=station.address,
        days=shown,
        elsewhere=elsewhere,
        planned=bool(days),
        pages=tuple(tuple(made[first : first + ROWS]) for first in range(0, len(made), ROWS)),
        total=public_tally.tally(here, at).total,
        solved=tuple(
            (f"{line.on.month}.{line.on.day}", line.title, line.unit)
            for line in solved[:SOLVED_SHOWN]
        ),
        solved_count=sum(line.on.month == today.month for line in solved),
        solved_this_year=len(solved),
        counts=counts(station.pk, today.year),
        stars=stars.people[:STARS_SHOWN] if stars else (),
        stars_year=stars.year if stars else today.year - 1,
        stars_of_county=of_county,
        stars_known=stars is not None,
        stars_spread=stars.spread_words(SPREAD_SHOWN) if stars else "",
    )


def _own_days(station: Station, today: date) -> tuple[WallDay, ...]:
    """The station's own next days with whoever has the turn."""
    days = list(ReceptionDay.objects.filter(station=station).ahead(today)[:DAYS])
    people, at = on_duty(days, today), reception()
    return tuple(
        _day(
            places.day_of(day.held_on, today)._replace(
                hours=at(station.own_hours, day.held_on).words
            ),
            day.held_on.isoformat(),
            people[day.pk],
        )
        for day in days
    )


def _other_days(station: Station, today: date) -> tuple[tuple[WallDay, ...], bool]:
    """Without a rota of its own: the calendar's day, or another place's; and who serves here."""
    own = places.days_at(station, today)
    here = [
        OnDuty(one.name, one.levels[0] if one.levels else "")
        for one in places.posted(station.pk, today)
    ]
    day = own[0] if own else places.soonest(today).day
    return (_day(day, "", here),), not own


def _day(day: places.Day, on: str, people: list[OnDuty]) -> WallDay:
    shown = tuple(people[:DEPUTIES_SHOWN])
    more = len(people) - len(shown)
    return WallDay(on, day.number, day.month, day.weekday, day.left, day.hours, shown, more)


def _departure(row: loop.Row) -> Departure:
    light = row.light
    word = LIT.get(light.kind, "已公开" if row.outcome else light.words)
    again, _, days = light.words.rpartition("，")
    left = days.removeprefix("还有 ") if light.kind in LIT else ""
    marks = (row.number, row.short_unit, again, "重点督办" if row.key else "")
    result = f"{row.outcome} 类" if row.outcome else ""
    return Departure(
        title=row.short_title,
        meta=" · ".join(mark for mark in marks if mark),
        stops=_stops(row.stops),
        kind=light.kind,
        word=word,
        words=left or result,
        then=row.due if left else result,
    )


def _stops(stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """The nine stops as seven: 面商 is done when all three meetings are."""
    met = [stop.state for stop in stops[MEETINGS_FROM:MEETINGS_TO]]
    state = "done" if set(met) == {"done"} else "now" if "now" in met else ""
    between = Stop(HEAD[MEETINGS_FROM], state, "")
    return (*stops[:MEETINGS_FROM], between, *stops[MEETINGS_TO:])


def _stars(area: int) -> tuple[public_stars.TenStars | None, bool]:
    """The township's own ten-star deputies, or else the county's."""
    own = public_stars.ten_stars(area)
    if own and not own.people:
        return public_stars.ten_stars(), True
    return own, False
