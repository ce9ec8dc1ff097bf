"""议事 as lists and counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from congress.shared.actors import Actor
from stations.models import Council, CouncilKind, Matter
from stations.states import MatterState

HEAD = (
    "乡镇",
    "家站",
    "形式",
    "日期",
    "地点",
    "议题",
    "参加群众",
    "参加代表",
    "议定事项",
    "已办成",
)


def listed(
    actor: Actor,
    *,
    year: int,
    area: int | None = None,
    kind: int | None = None,
    station: int | None = None,
) -> QuerySet[Council]:
    """Those of a year that this person may see, the newest first."""
    rows = Council.objects.visible_to(actor).held().filter(held_on__year=year)
    if area:
        rows = rows.filter(station__area=area)
    if station:
        rows = rows.filter(station=station)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.with_matters().select_related("station__area", "kind").order_by("-held_on", "-pk")


def matters_of(rows: QuerySet[Council], which: str) -> QuerySet[Matter]:
    """议定 or 办成 at those meetings, each a line of its own."""
    found = Matter.objects.filter(council__in=rows.order_by().values("pk"))
    if which == "done":
        found = found.filter(state=MatterState.DONE)
    return found.select_related("council__station").order_by("-council__held_on", "-pk")


@dataclass(frozen=True)
class Total:
    """各家站: how often people talked, how many came, how much of what was agreed on is done."""

    name: str
    times: int
    people: int
    agreed: int
    done: int


def totals(rows: QuerySet[Council]) -> list[Total]:
    """One line for each station of the list, those that did most first, in two queries."""
    plain = Council.objects.filter(pk__in=rows.values("pk")).order_by()
    held = plain.values_list("station", "station__name").annotate(
        times=Count("pk"), came=Coalesce(Sum("people"), 0)
    )
    matters = Matter.objects.filter(council__in=rows.values("pk")).order_by()
    counts = matters.values_list("council__station").annotate(
        agreed=Count("pk"), done=Count("pk", filter=Q(state=MatterState.DONE))
    )
    known = {station: (agreed, done) for station, agreed, done in counts}
    found = [
        Total(name, times, people, *known.get(station, (0, 0)))
        for station, name, times, people in held
    ]
    return sorted(found, key=lambda each: (-each.times, each.name))


def kinds() -> list[tuple[int, str]]:
    return list(CouncilKind.objects.values_list("pk", "name"))


def sheet(rows: QuerySet[Council]) -> Iterable[list[object]]:
    """The list as rows of a table."""
    for row in rows.annotate(came=Count("deputies", distinct=True)):
        yield [
            row.station.area.name,
            row.station.name,
            row.kind.name,
            row.held_on,
            row.place,
            row.topic,
            row.people,
            row.came,
            getattr(row, "agreed", 0),
            getattr(row, "done", 0),
        ]
