"""关于××年代表建议办理情况的报告: sentences, tables and pictures out of the page's own figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.safestring import SafeString

from congress.shared import pictures
from congress.shared.models import Assembly
from congress.shared.pdf import picture, render_pdf
from congress.shared.pictures import Flow, UnitLights
from congress.shared.workbook import Sheet, workbook, workbook_of
from proposals.counting import Counted, counted
from proposals.figures import Case, split
from proposals.measures import Measure
from proposals.queries.figure_page import Cell, Group, Row, Table, groups, tables
from proposals.queries.satisfaction import HOW, Batch
from proposals.queries.statistics import Year
from proposals.report_words import Section, sections
from proposals.states import State

ON_A_PICTURE = 18
"""Units in one picture: more are not read."""
LIGHTS = ("late", "soon", "ok", "paused", "done")


@dataclass(frozen=True)
class Report:
    """The report of one year as it stands on one day."""

    year: int
    body: str
    office: str
    as_of: date
    sections: list[Section]
    groups: list[Group]
    tables: list[Table[Row]]
    batches: list[Batch]
    flow: SafeString
    units: list[SafeString]

    @property
    def title(self) -> str:
        return f"关于{self.year}年代表建议办理情况的报告"


def report(year: Year, congress: Assembly | None, batches: list[Batch], today: date) -> Report:
    """Made anew each time: nothing but released satisfaction is frozen, so it says its day."""
    found = counted(year.cases)
    township = congress is not None and congress.level.code == "township"
    place = congress.area.name if congress else settings.COUNTY
    return Report(
        year.year,
        f"{place}人民代表大会主席团" if township else f"{place}人民代表大会常务委员会",
        f"{place}人大" if township else f"{place}人大常委会代表工作委员会",
        today,
        sections(year, found, batches, today),
        groups(year, found),
        [each for each in tables(year) if each.rows],
        batches,
        picture(pictures.stage_flow(_flow(year.cases, found)), "flow"),
        _units(year),
    )


def _flow(cases: Sequence[Case], found: Counted) -> list[Flow]:
    """受理的各在哪一步."""
    public = sum(each.answered and each.state == State.PUBLISHED for each in cases)
    numbers = found.numbers
    return [
        Flow("待交办", numbers["waiting"]),
        Flow("办理中", numbers["in_hand"], late=numbers["late_open"]),
        Flow("已答复", numbers["answered"] - public),
        Flow("已公开答复", public),
    ]


def _units(year: Year) -> list[SafeString]:
    """各单位亮灯, in the order of names; all pictures on one scale."""
    by, rows = split(year.cases, "unit"), []
    for place, name in year.names["unit"].items():
        lights = [
            share.light for case in by.get(place, ()) if case.assigned for share in case.shares
        ]
        if lights:
            rows.append(UnitLights(name, **{kind: lights.count(kind) for kind in LIGHTS}))
    most = max((row.total for row in rows), default=1)
    chunks = [rows[at : at + ON_A_PICTURE] for at in range(0, len(rows), ON_A_PICTURE)]
    return [picture(pictures.lights_by_unit(each, most=most), "units") for each in chunks]


def report_pdf(of: Report) -> bytes:
    """The report in the form of an official paper."""
    return render_pdf("pdf/figure_report.html", {"report": of, "how_satisfied": HOW})


def report_book(of: Report) -> bytes:
    """The same figures, each with its definition."""
    title = f"{of.title}（数据截至 {of.as_of:%Y-%m-%d}）"
    return workbook_of(_sheets(of), title=title)


def _sheets(of: Report) -> Iterator[Sheet]:
    lines = [
        (group.name, line.name, line.value, line.how) for group in of.groups for line in group.lines
    ]
    yield Sheet("指标", ("部分", "指标", "数", "怎么算的"), lines)
    for table in of.tables:
        rows = [(row.name, *map(_number, row.cells)) for row in table.rows]
        yield Sheet(f"按{table.title}"[:31], (table.title, *table.heads), [*rows, (table.note,)])
    yield Sheet("代表评价", SATISFACTION, [*_satisfaction(of.batches), (HOW,)])


SATISFACTION = (
    *("批次", "单位", "发出", "收回"),
    *("态度满意率", "态度：满意 · 基本满意 · 不满意", "满意率", "结果：满意 · 基本满意 · 不满意"),
    *("办成率", "请求：办成了 · 办一半 · 没办"),
)


def _satisfaction(batches: Iterable[Batch]) -> Iterator[Sequence[object]]:
    for batch in batches:
        for line in batch.lines:
            shares = [words for share in line.shares for words in (share.rate, share.spread)]
            returned = "不足以公开" if line.returned is None else line.returned
            yield (str(batch.release), line.name, line.sent, returned, *shares)


def _number(cell: Cell) -> object:
    if cell.of:
        return f"{cell.value}（{cell.of}）"
    return int(cell.value) if cell.value.isdecimal() else cell.value


def list_book(measure: Measure, found: Sequence[tuple[Case, str]]) -> bytes:
    """The list that a number counts."""
    rows = [(case.number, case.title, case.state_name, words) for case, words in found]
    return workbook("明细", ("编号", "建议", "状态", "哪一条"), rows, title=measure.name)
