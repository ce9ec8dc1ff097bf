"""家站台账: every place as the office looks at it, and one place's file."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from deputies.models import Deputy, Membership
from stations.models import (
    CheckMark,
    Posting,
    Standard,
    Station,
    StationCheck,
    StationKind,
    WallDocument,
)
from stations.queries.place_sheet import hours_of
from stations.states import StationState

HEAD = (
    *("乡镇", "类别", "名称", "地址", "开放时间", "经度", "纬度", "接待时间"),
    *("进驻小组", "站长", "进驻代表", "六有", "状态"),
)


@dataclass(frozen=True)
class Row:
    """One place."""

    station: Station
    people: int
    checked_on: date | None
    lacks: tuple[str, ...]
    checked: bool
    """Whether it was checked this year."""

    @property
    def state(self) -> str:
        """六有 in words."""
        if self.checked_on is None:
            return "没有自查过"
        if self.lacks:
            return f"缺{'、'.join(self.lacks)}"
        return "都有" if self.checked else f"{self.checked_on.year} 年自查都有，今年还没自查"

    @property
    def stands(self) -> bool:
        return self.station.state == StationState.OPEN


def rows(today: date, area: int | None = None, q: str = "", show: str = "") -> list[Row]:
    """By township, the home first, in three queries; those that are closed only when asked for."""
    closed = show == "closed"
    found = Station.objects.exclude(state=StationState.OPEN if closed else StationState.CLOSED)
    if area:
        found = found.filter(area=area)
    for word in q.split():
        found = found.filter(
            Q(name__icontains=word) | Q(address__icontains=word) | Q(keeper__name__icontains=word)
        )
    serving = Posting.objects.serving(today).values("pk")
    found = found.annotate(people=Count("postings", filter=Q(postings__in=serving)))
    order = ("area__position", "area", "kind", "position", "pk")
    places = list(found.select_related("area", "group", "keeper", "successor").order_by(*order))
    known = stands([place.pk for place in places])
    made = []
    for place in places:
        on, lacks = known.get(place.pk, (None, ()))
        people = getattr(place, "people", 0)
        made.append(Row(place, people, on, lacks, on is not None and on.year == today.year))
    return [row for row in made if _shown(row, show)]


def _shown(row: Row, show: str) -> bool:
    return {
        "lacks": bool(row.lacks),
        "unchecked": not row.checked,
        "nokeeper": row.station.keeper_id is None,
        "noplace": row.station.latitude is None,
        "nobody": row.people == 0 and row.station.kind == StationKind.STATION,
    }.get(show, True)


def stands(stations: list[int]) -> dict[int, tuple[date, tuple[str, ...]]]:
    """六有: when each was last checked, and what was missing then, in two queries."""
    newest = list(StationCheck.objects.filter(station__in=stations).newest())
    marks = CheckMark.objects.filter(check_of__in=[check.pk for check in newest], met=False)
    lacks: dict[int, list[str]] = defaultdict(list)
    for pk, name in marks.values_list("check_of", "standard__name"):
        lacks[pk].append(name)
    return {
        check.station_id: (check.checked_on, tuple(lacks.get(check.pk, ()))) for check in newest
    }


def townships() -> list[tuple[int, str]]:
    """Those that have a place, closed ones too."""
    found = Station.objects.order_by("area__position", "area").values_list("area", "area__name")
    return list(dict.fromkeys(found))


def sheet(found: list[Row]) -> Iterator[list[object]]:
    """The same rows in the columns that the import takes, and what else is known behind them."""
    for row in found:
        at = row.station
        yield [
            *(at.area.name, at.get_kind_display(), at.name, at.address, at.opening),
            *(_figure(at.longitude), _figure(at.latitude), hours_of(at)),
            at.group.name if at.group else "",
            at.keeper.name if at.keeper else "",
            *(row.people, row.state),
            f"{at.closed_on} 撤并" if at.closed_on else at.get_state_display(),
        ]


def _figure(value: object) -> str:
    return "" if value is None else str(value)


class Wall(NamedTuple):
    """What hangs on the wall: the version in force, or none yet."""

    pk: int
    title: str
    number: int
    on: date | None
    basis: str
    text: str


NOTHING: tuple[int, date | None, str, str] = (0, None, "", "")


def walls(today: date) -> list[Wall]:
    """上墙制度 in their order, each with its version in force, in two queries."""
    documents = WallDocument.objects.running(today).prefetch_related("versions")
    found = []
    for document in documents:
        last = next(iter(document.versions.all()), None)  # the newest first, by their order
        facts = (last.number, last.published_on, last.basis, last.text) if last else NOTHING
        found.append(Wall(document.pk, document.title, *facts))
    return found


class Spell(NamedTuple):
    """One posting."""

    pk: int
    name: str
    job: str
    from_on: date
    to_on: date | None


def spells(station: Station, today: date) -> tuple[list[Spell], list[Spell]]:
    """Who serves there now, and who did before or has lost the seat, in one query."""
    running = Posting.objects.running(today).filter(pk=OuterRef("pk"))
    found = Posting.objects.filter(station=station).annotate(now=Exists(running))
    now: list[Spell] = []
    before: list[Spell] = []
    order = found.select_related("deputy").order_by("deputy__stroke_key", "-from_on", "pk")
    for row in order:
        spell = Spell(row.pk, row.deputy.name, row.deputy.job, row.from_on, row.to_on)
        (now if getattr(row, "now", False) else before).append(spell)
    before.sort(key=lambda spell: spell.to_on or spell.from_on, reverse=True)
    return now, before


def standards(today: date) -> QuerySet[Standard]:
    return Standard.objects.running(today)


def last_marks(station: Station | int) -> tuple[StationCheck | None, list[CheckMark]]:
    """The newest check of this place with what was found."""
    last = StationCheck.objects.filter(station=station).select_related("checked_by").first()
    if last is None:
        return None, []
    return last, list(last.marks.select_related("standard"))


def may_be_posted(station: Station, today: date, *, own: bool = False) -> QuerySet[Deputy]:
    """The township's own deputies who serve elsewhere, and whoever serves nowhere.

    A township chooses among its own.
    """
    here = Membership.objects.running(today).filter(group__area=station.area_id)
    posted = Posting.objects.open().values("deputy")
    people = Deputy.objects.sitting(today).exclude(
        pk__in=Posting.objects.open().filter(station=station).values("deputy")
    )
    of_here = Q(pk__in=here.values("deputy"))
    found = of_here if own else of_here | ~Q(pk__in=posted)
    return people.filter(found).in_name_order()
