"""家站活跃度 as cells: each number with the list that it is the length of."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from stations.queries.boards import Line, Way
from stations.states import IssueState


class Cell(NamedTuple):
    """A number, where its list is, and whether it is one to be ashamed of; no link to nothing."""

    head: str
    number: int
    url: str = ""
    bad: bool = False
    of: int | None = None
    """已接待 out of so many."""

    @property
    def zero(self) -> bool:
        return not self.number and not self.of


def cells(line: Line, year: int) -> Iterator[Cell]:
    """Of one place, in the order of the table's head."""
    at = line.station.pk
    rota = f"{reverse('stations:station_rota', args=[at])}?year={year}#past"
    here = {"station": at, "year": year}
    issues, councils = reverse("stations:issues"), _to("stations:councils", here)
    yield Cell("接待／应接", line.held, rota, of=line.days)
    yield Cell("空岗", line.empty, rota, bad=True)
    yield Cell("到岗", line.kept, rota)
    yield Cell("替班", line.stood_in, rota)
    yield Cell("缺岗", line.missed, rota, bad=True)
    yield Cell("来访", line.visits, _with(issues, here, source="visit"))
    yield Cell("来访人数", line.people, _with(issues, here, source="visit"))
    yield Cell("民情", line.issues, _with(issues, here))
    yield Cell("超期", line.late, _with(issues, here, light="late"), bad=True)
    yield Cell("已告知", line.told, _with(issues, here, state=IssueState.TOLD.value))
    yield Cell("议事", line.talks, councils)
    yield Cell("议定", line.agreed, councils)
    yield Cell("办成", line.done, councils)


def way_cells(way: Way, year: int, area: int | None) -> Iterator[Cell]:
    """Of one route, in the order of the table's head."""
    issues = reverse("stations:issues")
    here: dict[str, object] = {"year": year, **({"area": area} if area else {})}
    here |= {"route": way.key} if way.key else {"state": IssueState.RECEIVED.value}
    yield Cell("全部", way.all, _with(issues, here))
    yield Cell("超期", way.late, _with(issues, here, light="late"), bad=True)
    yield Cell("临近", way.soon, _with(issues, here, light="soon"))
    yield Cell("按期", way.ok, _with(issues, here, light="ok"))
    yield Cell("已告知", way.told, _with(issues, here, state=IssueState.TOLD.value))


def _to(name: str, asked: dict[str, int]) -> str:
    return f"{reverse(name)}?{urlencode(asked)}"


def _with(address: str, here: dict[str, object] | dict[str, int], **more: str) -> str:
    return f"{address}?{urlencode({**here, **more})}"
