"""大屏: which stations have one, and when each was last heard of."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from congress.shared.actors import Actor
from stations.models import ScreenToken, Station
from stations.rules import SCREEN_DAYS
from stations.wording import day_words

NOW = timedelta(minutes=5)
"""A screen asks twice a minute: who was heard of within this is on."""
SHOWS = (
    ("", "全部"),
    ("silent", "断线的"),
    ("on", "已开通的"),
    ("none", "没有开通的"),
)
ORDER = ("silent", "quiet", "now", "none")


@dataclass(frozen=True)
class Row:
    """One station's screen: `kind` and its word, the moment it was last heard of."""

    station: Station
    screen: ScreenToken | None
    kind: str
    word: str
    seen: str

    @property
    def colour(self) -> str:
        return {"silent": "red", "now": "green", "quiet": "blue"}.get(self.kind, "grey")


def rows(actor: Actor, now: datetime, *, area: int | None = None, show: str = "") -> list[Row]:
    """Every place that stands and whose rota this post runs, what needs looking at first."""
    places = Station.objects.run_by(actor).standing()
    if area:
        places = places.filter(area=area)
    order = ("area__position", "area", "kind", "position", "pk")
    found = list(places.select_related("area").order_by(*order))
    known = _open(found, now)
    made = [row_of(place, *known.get(place.pk, (None, False)), now=now) for place in found]
    shown = [row for row in made if _shown(row, show)]
    return sorted(shown, key=lambda row: ORDER.index(row.kind))


def row_of(station: Station, screen: ScreenToken | None, silent: bool, *, now: datetime) -> Row:
    """How one screen stands."""
    if screen is None:
        return Row(station, None, "none", "没有开通", "")
    seen = screen.last_seen_at
    if silent:
        return Row(station, screen, "silent", "断线", _moment(seen))
    if seen is None:
        return Row(station, screen, "quiet", "还没打开过", "")
    if now - seen <= NOW:
        return Row(station, screen, "now", "正在显示", _moment(seen))
    return Row(station, screen, "quiet", "没开着", _moment(seen))


def of_station(station: Station, now: datetime) -> Row:
    """The same of one station."""
    return row_of(station, *_open([station], now).get(station.pk, (None, False)), now=now)


def _open(places: list[Station], now: datetime) -> dict[int, tuple[ScreenToken, bool]]:
    """The open address of each, and whether it is silent, in two queries."""
    today = timezone.localdate(now)
    rows = ScreenToken.objects.open().filter(station__in=places).select_related("made_by")
    silent = set(
        ScreenToken.objects.silent(today, SCREEN_DAYS.on(today)).values_list("pk", flat=True)
    )
    return {row.station_id: (row, row.pk in silent) for row in rows}


def _moment(at: datetime | None) -> str:
    if at is None:
        return "从没打开过"
    here = timezone.localtime(at)
    return f"{day_words(here.date())} {here:%H:%M}"


def _shown(row: Row, show: str) -> bool:
    if show == "on":
        return row.screen is not None
    return row.kind == show if show else True
