"""家站活跃度 as cells: each number with the list that it is the length of."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from stations.queries.board_ways import Way
from stations.queries.boards import Board, Line
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


SUMS = (
    *(("held", "接待／应接"), ("empty", "空岗"), ("kept", "到岗"), ("stood_in", "替班")),
    *(("missed", "缺岗"), ("unmarked", "未登记")),
    *(("visits", "来访"), ("people", "来访人数"), ("issues", "民情")),
    *(("late", "超期"), ("told", "已告知"), ("talks", "议事"), ("agreed", "议定")),
    *(("done", "办成"), ("acts", "活动")),
)


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
    yield Cell("未登记", line.unmarked, rota, bad=True)
    yield Cell("来访", line.visits, _with(issues, here, source="visit"))
    yield Cell("来访人数", line.people)
    yield Cell("民情", line.issues, _with(issues, here))
    yield Cell("超期", line.late, _with(issues, here, light="late"), bad=True)
    yield Cell("已告知", line.told, _with(issues, here, state=IssueState.TOLD.value))
    yield Cell("议事", line.talks, councils)
    yield Cell("议定", line.agreed, f"{councils}&matters=all")
    yield Cell("办成", line.done, f"{councils}&matters=done")
    acts = {"group": line.station.group_id or 0, "year": year, "state": "held"}
    yield Cell("活动", line.acts, _to("stations:activities", acts))


def sum_cells(board: Board, year: int, area: int | None, *, all_shown: bool) -> Iterator[Cell]:
    """合计, in the same order; with its list where one list has them all, and all are shown."""
    sums = board.sums
    here: dict[str, object] = {"year": year, **({"area": area} if area else {})}
    issues = reverse("stations:issues")
    acts = reverse("stations:activities")
    lists = {
        "visits": _with(issues, here, source="visit"),
        "issues": _with(issues, here),
        "late": _with(issues, here, light="late"),
        "told": _with(issues, here, state=IssueState.TOLD.value),
        "talks": _with(reverse("stations:councils"), here),
        "acts": _with(acts, here, state="held", of_places="1"),
    }
    for name, head in SUMS:
        url = lists.get(name, "") if all_shown and sums[name] else ""
        of = sums["days"] if name == "held" else None
        yield Cell(head, sums[name], url, of=of)


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


def _to(name: str, asked: Mapping[str, object]) -> str:
    return f"{reverse(name)}?{urlencode(asked)}"


def _with(address: str, here: Mapping[str, object], **more: str) -> str:
    return f"{address}?{urlencode({**here, **more})}"
