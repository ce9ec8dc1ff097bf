"""统计 as pages and papers show it: each number with its list, and how it comes about."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar
from urllib.parse import urlencode

from proposals.counting import DAYS, HOW_DAYS, RATIOS, Counted, counted, items
from proposals.figures import DIMENSIONS, Case, split
from proposals.measures import GROUPS, MEASURES
from proposals.queries.statistics import Year


class Line(NamedTuple):
    """One number of the whole year, with its sentence; without a query it has no list."""

    key: str
    name: str
    value: str
    how: str
    query: str = ""


class Jump(NamedTuple):
    """One section of a long page: where it is, and its heading."""

    key: str
    head: str


class Group(NamedTuple):
    """提、交、办、结果、答复以后: the lines of one part of the course."""

    key: str
    name: str
    lines: list[Line]

    @property
    def jump(self) -> Jump:
        return Jump(self.key, self.name)

    @property
    def said(self) -> str:
        """The one number that its heading says."""
        return next(
            (f"{each.name} {each.value}" for each in self.lines if each.key in SAID_FIRST), ""
        )


class Cell(NamedTuple):
    """One number of one place; of a rate or a median also of how many, and its sum in words."""

    value: str
    query: str = ""
    of: str = ""
    said: str = ""


SAID_FIRST = {"accepted", "assigned", "on_time_rate", "now_solved", "kept_rate"}
"""Of each group the number that matters."""
NONE = Cell("—", said="分母是 0，不计算")


class Row(NamedTuple):
    """One place with its numbers, in the order of the heads."""

    name: str
    heads: list[str]
    cells: list[Cell]

    @property
    def named(self) -> list[tuple[str, Cell]]:
        """Each number with its head, which a phone shows beside it."""
        return list(zip(self.heads, self.cells, strict=True))


AnyRow = TypeVar("AnyRow")


class Table(NamedTuple, Generic[AnyRow]):
    """A year by unit, township, field or session, here as on the public page."""

    key: str
    title: str
    heads: list[str]
    rows: list[AnyRow]
    note: str

    @property
    def anchor(self) -> str:
        return f"by-{self.key}"

    @property
    def head(self) -> str:
        return f"按{self.title}"

    @property
    def said(self) -> str:
        return f"{len(self.rows)} 行"


RATES_OF = {
    "办理和答复": ("on_time_rate", "met_rate"),
    "结果": ("solved_rate",),
    "答复以后": ("kept_rate",),
}
DAY_COLUMN = "days"
HEADS = {key: measure.name for key, measure in MEASURES.items()} | {
    "on_time_rate": "按期答复率",
    DAY_COLUMN: "天数中位数",
    "now_solved": "已解决",
    "now_planned": "正在解决",
    "now_later": "以后解决",
    "met_all": "三次都见面",
}
DONE = (
    *("answered", "on_time", "late_open", "on_time_rate", DAY_COLUMN),
    *("now_solved", "now_planned", "now_later", "met_all"),
)
COLUMNS = {
    "unit": ("assigned", "helped", *DONE),
    "area": ("raised", "accepted", "assigned", *DONE),
    "theme": ("raised", "accepted", "assigned", *DONE),
    "session": ("raised", "accepted", "assigned", *DONE),
    "ground": ("refused",),
}
NOTES = {
    "area": "一件建议算在领衔代表所在的代表团；各行相加就是全部。",
    "theme": "按标题里说的事归类，一件只归一类；看不出来的归“其他”。各行相加就是全部。",
    "session": "会议期间的按会次，闭会期间的、代表行动的各成一行；各行相加就是全部。",
    "ground": "各行相加就是不予受理的件数。",
}
NOT_OF_UNITS = "只算主办、分办单位自己的期限和答复；“会办、协办”另列。"


def query_of(year: int, key: str, dimension: str = "", place: str = "") -> str:
    """The address of the list that a number counts."""
    asked = {"year": year, "count": key}
    return "?" + urlencode(asked | ({"by": dimension, "of": place} if dimension else {}))


def listed(year: Year, key: str, dimension: str = "", place: str = "") -> list[tuple[Case, str]]:
    """What a number counts; of a place nobody knows nothing."""
    cases = split(year.cases, dimension).get(place, []) if dimension else year.cases
    return items(cases, key)


def days(found: Counted) -> str:
    return "" if found.days is None else f"{found.days:g}"


def groups(year: Year, found: Counted) -> list[Group]:
    """The whole year, in the order of the course."""
    return [
        Group(
            f"group-{place}",
            name,
            [_line(year, found, each.key) for each in measures] + _rates(found, name),
        )
        for place, (name, measures) in enumerate(GROUPS, 1)
    ]


def _line(year: Year, found: Counted, key: str) -> Line:
    measure, number = MEASURES[key], found.numbers[key]
    how = measure.how
    if key == "carried" and year.carried_over > number:
        how += f"连同以前年度受理的一共结转 {year.carried_over} 件，都在“滚动办理”一页。"
    return Line(key, measure.name, f"{number} {measure.noun}", how, query_of(year.year, key))


def _rates(found: Counted, group: str) -> list[Line]:
    lines = [
        Line(
            key,
            RATIOS[key].name,
            f"{rate}%" if (rate := found.rate(key)) else "—",
            f"{RATIOS[key].how}{found.arithmetic(key)}",
        )
        for key in RATES_OF.get(group, ())
    ]
    if group == "办理和答复":
        said = f"{days(found)} 天" if days(found) else "—"
        lines.append(Line(DAY_COLUMN, DAYS, said, f"{HOW_DAYS}共 {found.numbers['answered']} 件。"))
    return lines


def tables(year: Year) -> list[Table[Row]]:
    """By unit, township, field, session and ground; in the order of names, never of numbers."""
    return [_table(year, key) for key in DIMENSIONS]


def _table(year: Year, dimension: str) -> Table[Row]:
    columns, by = COLUMNS[dimension], split(year.cases, dimension)
    heads = [HEADS[key] for key in columns]
    names: Mapping[str, str] = year.names[dimension]
    rows = [
        Row(name, heads, [_cell(year, found, key, dimension, place) for key in columns])
        for place, name in names.items()
        if place in by
        for found in [counted(by[place], _needed(columns))]
    ]
    note = _twice(year.cases) if dimension == "unit" else NOTES[dimension]
    return Table(dimension, DIMENSIONS[dimension], heads, rows, note)


def _needed(columns: Iterable[str]) -> set[str]:
    """The measures behind these columns."""
    found = {"answered"}
    for key in columns:
        ratio = RATIOS.get(key)
        found |= {ratio.over, *ratio.under} if ratio else {key} & MEASURES.keys()
    return found


def _cell(year: Year, found: Counted, key: str, dimension: str, place: str) -> Cell:
    if key == DAY_COLUMN:
        return Cell(days(found), of=f"{found.numbers['answered']} 件") if days(found) else NONE
    if key in RATIOS:
        rate, of = found.rate(key), f"{found.under(RATIOS[key])} 件"
        return Cell(f"{rate}%", of=of, said=found.arithmetic(key)) if rate else NONE
    return Cell(str(found.numbers[key]), query_of(year.year, key, dimension, place))


def _twice(cases: Sequence[Case]) -> str:
    """Why the units together have more than the year."""
    more = sum(len(each.shares) - 1 for each in cases if each.assigned)
    why = (
        f"几家分办的，每家各算一件，所以各单位的交办数相加比全部多 {more} 件。"
        if more
        else "今年没有几家分办的，各单位的交办数相加就是全部。"
    )
    return NOT_OF_UNITS + why


def jumps(first: Iterable[Jump], tables_of: Iterable[Table[AnyRow]]) -> list[Jump]:
    """The sections of a page, in its order: what comes `first`, the ratings, each table."""
    return [
        *first,
        Jump("satisfaction", "代表评价"),
        *(Jump(each.anchor, each.head) for each in tables_of if each.rows),
    ]
