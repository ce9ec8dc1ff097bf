"""家站大屏: one station's screen, of what is public anyway."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from congress.home.queries import public
from proposals.queries import public as loop
from proposals.queries import public_numbers
from proposals.queries.clocks import Clock
from proposals.queries.progress import Stop
from proposals.queries.public_stage import LIT
from stations.queries import public as places

HEAD = ("提出", "审查", "交办", "面商", "答复", "评价", "公开")
"""Across a room the three meetings are one stop."""
MEETINGS_FROM, MEETINGS_TO = 3, 6
ROWS = 5
PAGES = 4
TURN_SECONDS = 30
DEPUTIES_SHOWN = SOLVED_SHOWN = STARS_SHOWN = 3


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
class Wall:
    """Everything on the screen."""

    station: places.Page
    deputies: tuple[places.Posted, ...]
    more_deputies: int
    day: places.Day
    elsewhere: bool
    """Whether the day is another place's, as at a home without a rota."""
    rows: tuple[Departure, ...]
    total: int
    page: int
    pages: int
    solved: tuple[tuple[str, str, str], ...]
    solved_count: int
    solved_this_year: int
    stars: tuple[public.StarDeputy, ...]
    stars_year: int
    stars_of_county: bool
    stars_known: bool
    clock: str
    today: str


def wall(pk: int, now: datetime) -> Wall | None:
    """The screen of one station at this minute; None when there is no such station."""
    here = timezone.localtime(now)
    today = here.date()
    station = places.page(pk, today)
    if station is None or station.closed:
        return None
    rows = loop.rows(loop.Filters(area=station.area_id), Clock.on(today), span=slice(ROWS * PAGES))
    pages = max(1, -(-len(rows) // ROWS))
    turn = int(now.timestamp()) // TURN_SECONDS % pages
    solved = public_numbers.solved(station.area_id, today)
    stars, of_county = _stars(station.area_id)
    return Wall(
        station=station,
        deputies=station.deputies[:DEPUTIES_SHOWN],
        more_deputies=max(0, len(station.deputies) - DEPUTIES_SHOWN),
        day=station.days[0] if station.days else places.soonest(today).day,
        elsewhere=not station.days,
        rows=tuple(_departure(row) for row in rows[turn * ROWS : (turn + 1) * ROWS]),
        total=len(rows),
        page=turn + 1,
        pages=pages,
        solved=tuple(
            (f"{line.on.month}.{line.on.day}", line.title, line.unit)
            for line in solved[:SOLVED_SHOWN]
        ),
        solved_count=sum(line.on.month == today.month for line in solved),
        solved_this_year=len(solved),
        stars=stars.people[:STARS_SHOWN] if stars else (),
        stars_year=stars.year if stars else today.year - 1,
        stars_of_county=of_county,
        stars_known=stars is not None,
        clock=f"{here:%H:%M}",
        today=f"{today.month} 月 {today.day} 日 星期{places.WEEKDAYS[today.weekday()]}",
    )


def _departure(row: loop.Row) -> Departure:
    light = row.light
    word = LIT.get(light.kind, "已公开" if row.outcome else light.words)
    left = light.words.removeprefix("还有 ") if light.kind in LIT else ""
    result = f"{row.outcome} 类" if row.outcome else ""
    return Departure(
        title=row.short_title,
        meta=f"{row.number} · {row.short_unit}",
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


def _stars(area: int) -> tuple[public.TenStars | None, bool]:
    """The township's own ten-star deputies, or else the county's."""
    own = public.ten_stars(area)
    if own and not own.people:
        return public.ten_stars(), True
    return own, False
