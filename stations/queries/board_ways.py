"""民情按途径: how many went which way, with their lights and the age of the oldest open one."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from stations.models import Issue, Route
from stations.models.issues import LIVE
from stations.queries.issue_lights import within
from stations.states import IssueState

ROUTE_HEAD = ("途径", "全部", "超期", "临近", "按期", "已告知群众", "没办完的最久几天")


class Way(NamedTuple):
    """One route of 民情: how many, with their lights, and how old the oldest open one is."""

    key: str
    name: str
    all: int
    late: int
    soon: int
    ok: int
    told: int
    oldest: int | None


def ways(rows: QuerySet[Issue], today: date) -> list[Way]:
    """民情 by route, those that still wait for one first, in one query."""
    lights = {light: Count("pk", filter=burns) for light, burns in within(today).items()}
    found = rows.values_list("route").annotate(
        all=Count("pk"),
        **lights,
        told=Count("pk", filter=Q(state=IssueState.TOLD)),
        oldest=Min("raised_at", filter=Q(state__in=LIVE)),
    )
    known = {row[0]: row for row in found}
    made = []
    for key, name in (("", "待分流"), *Route.choices):
        _, all_, late, soon, ok, told, oldest = known.get(key, (key, 0, 0, 0, 0, 0, None))
        age = (today - timezone.localdate(oldest)).days if oldest else None
        made.append(Way(key, str(name), all_, late, soon, ok, told, age))
    return made


def ways_sheet(found: Iterable[Way]) -> Iterator[list[object]]:
    """民情 by route as rows of a table."""
    for way in found:
        yield [*way[1:-1], "" if way.oldest is None else way.oldest]
