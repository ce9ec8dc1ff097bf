"""公开的家站. These dataclasses are the allow-list: no keeper's name, no telephone."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from congress.shared.calendar import reception_days
from deputies import codes
from deputies.models import DutyRecord, Mandate
from stations import hours
from stations.models import Posting, ReceptionDay, Station, StationKind
from stations.queries import register
from stations.queries.hours import reception
from stations.queries.next_day import next_held
from stations.queries.public_counts import Counts, counts
from stations.queries.rota import posted_days
from stations.states import StationState
from stations.wording import day_words

WEEKDAYS = "一二三四五六日"
DAYS_SHOWN = 3


class Day(NamedTuple):
    """A reception day in words."""

    number: int
    month: str
    weekday: str
    left: str
    who: str = ""
    hours: str = ""


class Soonest(NamedTuple):
    """The next day on which deputies receive anywhere, and at how many places."""

    day: Day
    places: int


class At(NamedTuple):
    """Where it stands."""

    latitude: Decimal
    longitude: Decimal


class Closed(NamedTuple):
    """撤并: since when, why, and which place goes on for it."""

    on: date | None
    why: str
    pk: int | None
    name: str


class Have(NamedTuple):
    """One of 六有, as last checked."""

    name: str
    met: bool


@dataclass(frozen=True)
class Line:
    """One station in a list."""

    pk: int
    kind: str
    is_home: bool
    name: str
    township: str
    address: str
    deputies: int
    at: At | None = None
    on: date | None = None
    """Its own next reception day, once one is planned."""
    hours: str = ""

    @property
    def when(self) -> str:
        return f"{day_words(self.on)} {self.hours}" if self.on else ""


@dataclass(frozen=True)
class Posted:
    """A deputy who serves at a station."""

    code: str
    name: str
    job: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One station's own page."""

    pk: int
    kind: str
    name: str
    area_id: int
    township: str
    group: str
    address: str
    opening: str
    deputies: tuple[Posted, ...]
    days: tuple[Day, ...]
    at: At | None
    closed: Closed | None
    contact: str
    """联络员 and an office's telephone, as far as they are told to everybody."""
    year: int
    counts: Counts


@dataclass(frozen=True)
class Fittings:
    """What one station has, and what hangs on its walls."""

    haves: tuple[Have, ...]
    walls: tuple[tuple[str, str], ...]
    """制度上墙: title and words in force."""


def next_days(today: date, count: int = DAYS_SHOWN) -> tuple[Day, ...]:
    """逢十接待日 of the calendar: the next ones, today's included."""
    ahead = [on for year in (today.year, today.year + 1) for on in reception_days(year)]
    return tuple(day_of(on, today) for on in ahead if on >= today)[:count]


def soonest(today: date) -> Soonest:
    """The next day on which any place receives and how many do, in one query.

    Before a rota is planned it is the calendar's, and of no place.
    """
    held = next_held(today)
    if not held:
        return Soonest(next_days(today, 1)[0], 0)
    on = min(held.values())
    return Soonest(day_of(on, today), list(held.values()).count(on))


def days_at(station: Station, today: date) -> tuple[Day, ...]:
    """Its own next days; those of the calendar only while no place has a rota yet."""
    own = planned_days(station, today)
    if own or ReceptionDay.objects.ahead(today).exists():
        return own
    at = reception()
    return tuple(day._replace(hours=at(station.own_hours, today).words) for day in next_days(today))


def planned_days(station: Station, today: date) -> tuple[Day, ...]:
    """The station's own next days with who receives; none before a rota is planned."""
    at = reception()
    return tuple(
        day_of(day.held_on, today)._replace(
            who="、".join(who), hours=at(station.own_hours, day.held_on).words
        )
        for day, _, who in posted_days(station, today, DAYS_SHOWN)
    )


def day_of(on: date, today: date) -> Day:
    """This date, in words."""
    left = (on - today).days
    words = {0: "就在今天", 1: "就在明天"}.get(left, f"还有 {left} 天")
    return Day(on.day, f"{on.month} 月", f"周{WEEKDAYS[on.weekday()]}", words)


def lines(today: date, area: int | None = None, q: str = "") -> list[Line]:
    """家站 by township, the home first, each with its own next day and hours, in three queries."""
    rows = Station.objects.standing()
    if area:
        rows = rows.filter(area=area)
    for word in q.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(address__icontains=word) | Q(area__name__icontains=word)
        )
    now = Posting.objects.serving(today).values("pk")
    posted = Count("postings", filter=Q(postings__in=now))
    values = rows.annotate(deputies=posted).order_by(
        "area__position", "area", "kind", "position", "pk"
    )
    held, at = next_held(today), reception()
    return [
        Line(
            row["pk"],
            StationKind(row["kind"]).label,
            row["kind"] == StationKind.HOME,
            row["name"],
            row["area__name"],
            row["address"],
            row["deputies"],
            _at(row["latitude"], row["longitude"]),
            on,
            at(hours.of(row["receives_from"], row["receives_until"]), on).words if on else "",
        )
        for row in values.values(*COLUMNS, "deputies")
        for on in [held.get(row["pk"])]
    ]


COLUMNS = (
    *("pk", "kind", "name", "area__name", "address", "latitude", "longitude"),
    *("receives_from", "receives_until"),
)


def _at(latitude: Decimal | None, longitude: Decimal | None) -> At | None:
    return None if latitude is None or longitude is None else At(latitude, longitude)


def townships() -> list[tuple[int, str]]:
    """Those that have a home or a station."""
    standing = Station.objects.standing().order_by("area__position", "area")
    rows = standing.values_list("area", "area__name")
    return list(dict.fromkeys(rows))


def page(pk: int, today: date) -> Page | None:
    """One station with who serves there; None when there is none."""
    rows = Station.objects.select_related("area", "group", "successor")
    station = rows.filter(pk=pk).first()
    if station is None:
        return None
    closed = _closed(station)
    return Page(
        pk=station.pk,
        kind=station.get_kind_display(),
        name=station.name,
        area_id=station.area_id,
        township=station.area.name,
        group=station.group.name if station.group else "",
        address=station.address,
        opening=station.opening,
        deputies=posted(pk, today),
        days=() if closed else days_at(station, today),
        at=_at(station.latitude, station.longitude),
        closed=closed,
        contact=" ".join(filter(None, (station.contact_name, station.contact_phone))),
        year=today.year,
        counts=counts(pk, today.year),
    )


def _closed(station: Station) -> Closed | None:
    if station.state == StationState.OPEN:
        return None
    to = station.successor
    return Closed(station.closed_on, station.why, to.pk if to else None, to.name if to else "")


def fittings(station: int, today: date) -> Fittings:
    """六有 as last checked, without what is missing of one, and the words on the walls."""
    _, marks = register.last_marks(station)
    return Fittings(
        tuple(Have(str(mark.standard), mark.met) for mark in marks),
        tuple((wall.title, wall.text) for wall in register.walls(today) if wall.number),
    )


def posted(station: int, today: date) -> tuple[Posted, ...]:
    """驻站代表 in 姓氏笔画 order, with the levels they sit at, in two queries."""
    rows = Posting.objects.serving(today).filter(station=station)
    people = rows.order_by("deputy__stroke_key", "deputy").values_list(
        "deputy", "deputy__code", "deputy__name", "deputy__job"
    )
    seats = Mandate.objects.running(today).filter(deputy__in=rows.values("deputy"))
    levels: dict[int, list[str]] = {}
    for pk, level in seats.order_by("term__assembly__level__rank").values_list(
        "deputy", "term__assembly__level__name"
    ):
        levels.setdefault(pk, []).append(level)
    return tuple(
        Posted(code, name, job, tuple(levels.get(pk, ()))) for pk, code, name, job in people
    )


def place_of(deputy: int, today: date) -> Line | None:
    """The station at which this deputy serves."""
    rows = Posting.objects.running(today).filter(deputy=deputy)
    row = rows.select_related("station__area").first()
    return line_of(row.station) if row else None


def line_of(at: Station) -> Line:
    """This place, without counting who serves there."""
    home = at.kind == StationKind.HOME
    return Line(at.pk, at.get_kind_display(), home, at.name, at.area.name, at.address, 0)


def receptions(year: int) -> int:
    """接待群众: how often deputies received voters that year, as verified."""
    rows = DutyRecord.objects.verified().done_in(year).filter(item__code=codes.RECEPTION)
    return rows.aggregate(times=Sum("quantity"))["times"] or 0
