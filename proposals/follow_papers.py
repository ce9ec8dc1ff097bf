"""承诺台账、回头看 as sheets, and a unit's receipt as a paper."""

from collections.abc import Sequence
from datetime import date

from congress.shared.pdf import render_pdf
from congress.shared.workbook import workbook
from proposals.queries.clocks import LIGHTS, Light
from proposals.queries.promise_register import LookBackRow, Receipt, RegisterLine
from proposals.queries.stood import on_paper

REGISTER = (
    *("编号", "建议", "领衔代表", "承办单位", "第几步", "办到什么", "哪天办到", "签发时的日期"),
    *("状态", "时限", "兑现日期", "单位报告"),
)
LOOK_BACKS = (
    *("编号", "建议", "承办单位", "缘由", "为什么", "提出日期", "报告期限", "时限", "状态"),
    *("单位报告", "了结", "新的日期", "了结日期"),
)


def register_sheet(lines: Sequence[RegisterLine]) -> bytes:
    """承诺台账: what the page shows, line for line."""
    rows = [
        (
            line.promise.assignment.proposal.number,
            line.promise.assignment.proposal.title,
            line.promise.assignment.proposal.lead.name,
            line.promise.assignment.unit.name,
            line.promise.position,
            line.promise.words,
            line.promise.due_on,
            line.promise.signed_due_on,
            line.promise.get_state_display(),
            _in_words(line.light),
            line.promise.done_on or "",
            line.report,
        )
        for line in lines
    ]
    return workbook("承诺台账", REGISTER, rows)


def look_back_sheet(lines: Sequence[LookBackRow]) -> bytes:
    """回头看: what the page shows, line for line."""
    rows = [
        (
            line.look_back.assignment.proposal.number,
            line.look_back.assignment.proposal.title,
            line.look_back.assignment.unit.name,
            line.look_back.get_cause_display(),
            line.why,
            line.look_back.opened_on,
            line.look_back.report_by,
            _in_words(line.light),
            line.look_back.get_state_display(),
            line.look_back.report,
            line.look_back.words,
            line.look_back.next_on or "",
            line.look_back.decided_on or "",
        )
        for line in lines
    ]
    return workbook("回头看", LOOK_BACKS, rows)


def _in_words(light: Light | None) -> str:
    return f"{dict(LIGHTS)[light.kind]} {light.words}" if light else ""


def receipt_pdf(found: Receipt, today: date) -> bytes:
    """第四季度进展回执: each promise with how it stands, for the unit's seal."""
    context: dict[str, object] = {"receipt": found, "made_on": on_paper(today)}
    return render_pdf("pdf/promise_receipt.html", context)
