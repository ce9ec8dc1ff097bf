"""公开的统计: a year's public proposals in numbers, each with the public list that it counts.

Everything comes from the rows that the public list shows, under the list's own filters; nothing
of a proposal that is withheld, and of satisfaction only what was released.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, Max, Value, When

from congress.shared.personal_numbers import masked
from proposals.models import Proposal
from proposals.queries.clocks import Clock
from proposals.queries.figure_page import Jump, Table, jumps
from proposals.queries.public import Filters, matching, named
from proposals.queries.public_answers import ANSWERS, KNOWN
from proposals.queries.public_numbers import options, sessions
from proposals.why_alike import theme, themes

FLAGS = ("answered", "on_time", "published", "solved", "planned", "later")


def _late_open(row: Any) -> bool:
    """What is handled anew has been answered: its order's day is no day of the first answer."""
    return bool(row.lamp == "late" and not row.answered)


class Column(NamedTuple):
    """One number: its head, how it comes about, its filter, and which rows it counts."""

    head: str
    how: str
    query: dict[str, str]
    holds: Callable[[Any], bool]


COLUMNS = (
    Column("受理", "受理编号、可以公开的。", {}, lambda row: True),
    Column(
        "已答复", "该答复的单位都已答复的。", {"answer": "answered"}, lambda row: bool(row.answered)
    ),
    Column(
        "按期答复",
        "每个单位都不晚于自己的期限答复的；和不公开的一起答复的不算。",
        {"answer": "on_time"},
        lambda row: bool(row.on_time),
    ),
    Column(
        "超期未答",
        "到今天已过期限还没有答复的；期限暂停的不算。",
        {"answer": "open", "light": "late"},
        _late_open,
    ),
    Column(
        "答复已公开",
        "答复全文已经公开的。",
        {"answer": "published"},
        lambda row: bool(row.published),
    ),
    Column(
        "已解决",
        "公开的答复里，第一承办单位答复为已解决的。",
        {"answer": "solved"},
        lambda row: bool(row.solved),
    ),
    Column(
        "正在解决",
        "公开的答复里，答复为正在解决或者列入计划的。",
        {"answer": "planned"},
        lambda row: bool(row.planned),
    ),
    Column(
        "以后解决",
        "公开的答复里，答复为受条件限制、以后解决的。",
        {"answer": "later"},
        lambda row: bool(row.later),
    ),
)
NOTES = {
    "unit": (
        "主办、分办、会办的都算这个单位的，几家一起办的每家各算一件，所以各行相加会比全部多；"
        "单位自己的按期答复率在单位的页面上。"
    ),
    "area": "算在领衔代表所在的代表团；没有代表团的不在表里。",
    "theme": "按标题里说的事归类，一件只归一类；看不出门类的不在表里。",
    "session": "闭会期间提出的，编在最近一次会议里，各行相加就是全部。",
}
TITLES = {"unit": "承办单位", "area": "乡镇", "theme": "门类", "session": "会次"}
Places = Iterable[tuple[int | str, str]]


class Cell(NamedTuple):
    """A number and the list that it counts."""

    number: int
    query: str


class Row(NamedTuple):
    """One unit, township, field or session."""

    place: int | str
    name: str
    cells: list[Cell]

    @property
    def named(self) -> list[tuple[str, Cell]]:
        """Each number with its head, which a phone shows beside it."""
        return [(each.head, cell) for each, cell in zip(COLUMNS, self.cells, strict=True)]


class Page(NamedTuple):
    """A year to everybody."""

    year: int
    lines: list[tuple[Column, Cell]]
    rate: str
    how_rate: str
    days: str
    how_days: str
    tables: list[Table[Row]]

    @property
    def jumps(self) -> list[Jump]:
        """The sections of the page, in its order."""
        return jumps([Jump("all", "全部")], self.tables)


def years(today: date) -> list[int]:
    """The years in which anything public was taken in, the newest first; this one always."""
    days = Proposal.objects.open_to_public().order_by().dates("accepted_on", "year")
    return sorted({today.year, *(day.year for day in days)}, reverse=True)


def newest(today: date) -> int:
    """The newest of those that have begun; this one where there is none."""
    taken_in = Proposal.objects.open_to_public().filter(accepted_on__lte=today)
    found = taken_in.aggregate(last=Max("accepted_on"))["last"]
    return found.year if found else today.year


def page(year: int, clock: Clock) -> Page:
    """One statement for all that is counted."""
    chosen = options()
    places: dict[str, Places] = {
        "unit": chosen.units,
        "area": chosen.areas,
        "theme": [(each, each) for each in themes()],
        "session": sessions(),
    }
    rows = _rows(year, clock)
    known = [row for row in rows if row.known]
    in_time = sum(bool(row.on_time) for row in known)
    answered = sum(bool(row.answered) for row in known)
    late = sum(map(_late_open, rows))
    rate = f"{100 * in_time / (answered + late):.1f}" if answered + late else ""
    took = [
        (row.answered_on - row.hand__assigned_on).days
        for row in rows
        if row.answered and row.answered_on and row.hand__assigned_on
    ]
    return Page(
        year,
        _cells(year, rows, {}),
        rate,
        f"按期答复 {in_time} 件 ÷（已答复 {answered} 件 + 超期未答 {late} 件）"
        + (f" = {rate}%。" if rate else "，分母是 0，不计算。")
        + "超期还没答的进分母，还在期限里办的不进。",
        f"{median(took):g}" if took else "",
        f"已答复的 {len(took)} 件，从交办到答复的日历天数排起来取中间一个；并案的不重复算。",
        [_table(year, key, rows, places[key]) for key in TITLES],
    )


def _rows(year: int, clock: Clock) -> Sequence[Any]:
    found = matching(Filters(accepted=year), clock).order_by("pk")
    flags = {name: _flag(ANSWERS[name].rows) for name in FLAGS}
    return list(
        found.annotate(
            **flags, known=_flag(KNOWN), units=ArraySubquery(named().values_list("unit"))
        ).values_list(
            *(
                "pk",
                "title",
                "lamp",
                "delegation__area",
                "session",
                "answered_on",
                "hand__assigned_on",
            ),
            *(*flags, "known", "units"),
            named=True,
        )
    )


def _flag(which: Any) -> Case:
    return Case(When(which, then=Value(True)), default=Value(False), output_field=BooleanField())


def _cells(year: int, rows: Iterable[Any], where: dict[str, str]) -> list[tuple[Column, Cell]]:
    found = list(rows)
    return [
        (
            column,
            Cell(
                sum(map(column.holds, found)),
                "?" + urlencode({"accepted": str(year)} | where | column.query),
            ),
        )
        for column in COLUMNS
    ]


def _table(year: int, key: str, rows: Sequence[Any], places: Places) -> Table[Row]:
    by: dict[int | str, list[Any]] = {}
    for row in rows:
        where = {
            "unit": row.units,
            "area": [row.delegation__area],
            "theme": [theme(masked(row.title))],
            "session": [row.session],
        }
        for place in where[key]:
            by.setdefault(place, []).append(row)
    lines = [
        Row(pk, name, [cell for _, cell in _cells(year, by[pk], {key: str(pk)})])
        for pk, name in places
        if pk in by
    ]
    return Table(key, TITLES[key], [each.head for each in COLUMNS], lines, NOTES[key])
