"""督 on paper and as spreadsheets: a leader's page of a month, a visit's sheet, candidates."""

from collections.abc import Iterable, Iterator
from datetime import date

from congress.shared.pdf import render_pdf
from congress.shared.templatetags import ui
from congress.shared.workbook import workbook
from proposals.models import Inspection
from proposals.queries.candidates import PARTS, Candidate
from proposals.queries.inspections import VisitLine
from proposals.queries.monthly import LeaderSheet, Totals

CANDIDATE_HEAD = ("编号", "建议", "领衔代表", "承办单位", "状态", "合计", *PARTS, "说明")
VISIT_HEAD = (
    *("编号", "建议", "领衔代表", "承办方式", "状态", "时限", "答复期限", "最近一次见面"),
    *("重新办理、回头看", "承诺", "上次检查", "看到的", "情况", "单位说明"),
)


def month_pdf(sheets: list[LeaderSheet], totals: Totals, on: date, *, over: bool) -> bytes:
    """每月一页: for each leader one page of A4, and never more."""
    context = {"sheets": sheets, "totals": totals, "on": on, "over": over}
    return render_pdf("pdf/key_month.html", context)


def visit_pdf(inspection: Inspection, lines: list[VisitLine], today: date) -> bytes:
    """监督检查单: what the committee takes along, with room to write."""
    context = {"row": inspection, "lines": lines, "today": today}
    return render_pdf("pdf/inspection.html", context)


def visit_book(inspection: Inspection, lines: Iterable[VisitLine]) -> bytes:
    title = f"{inspection.unit.name}办理情况（{inspection.visit_on:%Y-%m-%d}）"
    return workbook("检查单", VISIT_HEAD, map(_visit_row, lines), title=title)


def _visit_row(line: VisitLine) -> list[object]:
    row, note = line.part.proposal, line.note
    light = f"{ui.LIGHTS[line.light.kind]} {line.light.words}" if line.light else "已答复"
    again = "；".join(f"{each.words}，{each.due}" for each in line.again)
    seen = (note.get_finding_display(), note.words, note.answer) if note else ("", "", "")
    return [
        *(row.number, row.title, row.lead.name, line.part.get_role_display()),
        *(row.get_state_display(), light, line.due, line.met, again),
        *("；".join(line.promises), line.before, *seen),
    ]


def candidate_book(found: Iterable[Candidate]) -> bytes:
    """What the page shows under its filters, each part of the sum in a column of its own."""
    return workbook("重点候选", CANDIDATE_HEAD, _candidate_rows(found))


def _candidate_rows(found: Iterable[Candidate]) -> Iterator[list[object]]:
    for each in found:
        row = each.proposal
        why = "；".join(part.why for part in each.weights if part.points)
        points = [part.points for part in each.weights]
        said = (row.number, row.title, row.lead.name, each.units, row.get_state_display())
        yield [*said, each.total, *points, why]
