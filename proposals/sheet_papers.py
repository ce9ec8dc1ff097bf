"""交办单 on paper and as a spreadsheet: for the meeting, for each unit, and to be kept."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from congress.shared.numerals import in_chinese
from congress.shared.pdf import render_pdf
from congress.shared.workbook import workbook
from deputies.queries.seats import term_in_words
from proposals.queries.carrying import Line, beside
from proposals.queries.sheets import Rehearsal, SheetLine
from proposals.queries.stood import office
from proposals.queries.unit_sheets import UnitLine, by_unit, contact
from proposals.states import SheetState

HEAD = (
    "编号",
    "建议",
    "领衔代表",
    "方式",
    "主办、分办单位",
    "会办、协办单位",
    "月数",
    "答复期限",
    "异议",
)
SIGNATURES = ("拟单人", "代工委主任", "分管副主任")


def _context(seen: Rehearsal, today: date) -> dict[str, object]:
    """A sheet that is not settled says so on every page."""
    session = seen.sheet.session
    return {
        **beside(seen.sheet, today),
        "seen": seen,
        "draft": seen.sheet.state != SheetState.SETTLED,
        "today": today,
        "signatures": SIGNATURES,
        "congress": f"{term_in_words(session.term)}第{in_chinese(session.number)}次会议",
        "office": office(session),
        "contact": contact(seen.sheet),
    }


def sheet_pdf(seen: Rehearsal, today: date) -> bytes:
    """交办总表: every line, for the meeting, with the boxes to be signed."""
    return render_pdf("pdf/assign_sheet.html", _context(seen, today))


def unit_sheets_pdf(seen: Rehearsal, today: date) -> bytes:
    """各单位交办单: a page for each unit, which signs that it has received it."""
    context = _context(seen, today)
    return render_pdf("pdf/assign_units.html", context | {"units": list(_of_units(seen, context))})


def _of_units(
    seen: Rehearsal, context: Mapping[str, Any]
) -> Iterator[tuple[str, list[UnitLine], list[Line]]]:
    """Each unit with its new ones and what it still has of the year before, which alone will do."""
    rolling: dict[str, list[Line]] = defaultdict(list)
    for each in context["rolling"]:
        for unit in dict.fromkeys(each.open.units):
            rolling[unit].append(each)
    for name, lines in by_unit(seen):
        yield name, lines, rolling.pop(name, [])
    for name, rest in rolling.items():
        yield name, [], rest


def sheet_book(seen: Rehearsal) -> bytes:
    """What the screen shows, as rows."""
    return workbook("交办单", HEAD, _rows(seen.shown), title=seen.sheet.name)


def _rows(lines: list[SheetLine]) -> Iterator[list[object]]:
    for line in lines:
        objections = "；".join(
            f"{each.assignment.unit.name}：{each.reason}（{each.get_state_display()}）"
            for each in line.objections
        )
        words = (line.how, line.first, line.others, line.months, line.due, objections)
        yield [line.proposal.number, line.proposal.title, line.proposal.lead.name, *words]
