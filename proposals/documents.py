"""Papers and sheets about proposals."""

import logging
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from io import BytesIO

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from pikepdf import OutlineItem, Pdf

from congress.shared.actors import Actor
from congress.shared.pdf import render_pdf
from congress.shared.qr import qr_svg
from congress.shared.workbook import workbook
from proposals.models import Assignment, Attachment, Reply, ReplyDraft
from proposals.queries import in_hand, papers
from proposals.queries.bundles import Bundle
from proposals.queries.clocks import LIGHTS
from proposals.queries.deliveries import Delivery
from proposals.queries.in_hand import Line
from proposals.queries.stood import office, on_paper
from proposals.queries.timeline import EventLine
from proposals.queries.units import Case

log = logging.getLogger(__name__)

DESK = (
    *("编号", "建议", "领衔代表", "本单位", "一起办的", "期限", "时限", "首次联系"),
    *("三见面", "答了几条", "下一步", "经办人", "滚动办理"),
)


def desk_sheet(cases: Sequence[Case]) -> bytes:
    """办理台: what the desk shows, line for line."""
    words = dict(LIGHTS)
    rows = [
        (
            case.assignment.proposal.number,
            case.assignment.proposal.title,
            case.assignment.proposal.lead.name,
            case.assignment.get_role_display(),
            case.partners,
            case.last,
            f"{words[case.light.kind]} {case.light.words}",
            case.contact.words if case.contact else "",
            "；".join(mark.words for mark in case.marks),
            case.answered,
            case.next,
            case.assignment.handler.name if case.assignment.handler else "",
            case.carried,
        )
        for case in cases
    ]
    return workbook("承办建议", DESK, rows)


PROGRESS = ("编号", "建议", "领衔代表", "承办单位", "状态", "期限", "时限", "滚动办理")


def in_hand_sheet(lines: Sequence[Line]) -> bytes:
    """办理进度: what the page shows, line for line."""
    words = dict(in_hand.KINDS)
    rows = [
        (
            *(line.proposal.number, line.proposal.title, line.proposal.lead.name, line.units),
            *(line.proposal.get_state_display(), line.proposal.handled_as.due_on or ""),
            "；".join(
                f"{words[light.kind]} {light.words}{who}"
                for light, who in [*([(line.light, "")] if line.light else []), *line.also]
            ),
            line.carried,
        )
        for line in lines
    ]
    return workbook("办理进度", PROGRESS, rows)


EVENTS = ("日期", "事项", "经过", "办理人", "记下的时间")


def events_sheet(title: str, lines: Sequence[EventLine]) -> bytes:
    """办理经过: what the page shows, line for line; who did it only where the page says so."""
    rows = [
        (line.on, line.title, line.words, line.who, f"{timezone.localtime(line.at):%Y-%m-%d %H:%M}")
        for line in lines
    ]
    return workbook("办理经过", EVENTS, rows, title=title)


def letter_pdf(reply: Reply, reader: Actor | None = None) -> bytes:
    """答复函 as this reader may have it, or the public: in the form of GB/T 9704."""
    letter = papers.letter(reply, reader)
    return render_pdf("pdf/reply_letter.html", {"letter": letter, "first": True})


def preview_pdf(draft: ReplyDraft, today: date) -> bytes:
    """答复函 before it is signed, in the same form."""
    letter = papers.preview(draft, today)
    return render_pdf("pdf/reply_letter.html", {"letter": letter, "first": True})


def feedback_pdf(reply: Reply, reader: Actor) -> bytes:
    """征询意见表: one sheet, nothing ticked."""
    return render_pdf("pdf/feedback.html", {"form": papers.feedback(reply, reader)})


def volume_pdf(title: str, cases: Sequence[Bundle]) -> bytes:
    """全会案卷: each proposal and each of its papers a bookmark; files by name alone."""
    return render_pdf("pdf/proposal_bundle.html", {"title": title, "cases": cases})


DELIVERIES = (
    "单位",
    "方式",
    "编号",
    "建议",
    "送什么",
    "送达",
    "首次打开",
    "打开人",
    "签收",
    "签收人",
)


def delivery_sheet(rows: Sequence[Delivery]) -> bytes:
    """送达情况: a line for each part; what has not happened is left empty."""
    lines = [
        (
            *(each.part.unit.name, each.part.get_role_display(), each.part.proposal.number),
            *(each.part.proposal.title, each.sending.label, _minute(each.sent_at)),
            _minute(each.opening.opened_at if each.opening else None),
            each.opening.opened_by.name if each.opening else "",
            _minute(each.part.received_at),
            each.part.received_by.name if each.part.received_by else "",
        )
        for each in rows
    ]
    return workbook("送达情况", DELIVERIES, lines)


def _minute(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def bundle_pdf(case: Bundle) -> bytes:
    """案卷 of one proposal: its photos among the words, its PDF files page by page behind them."""
    context = {"title": case.proposal.title, "cases": [case], "with_files": True}
    behind = [each for each in case.attachments if each.is_pdf]
    return _with_papers(render_pdf("pdf/proposal_bundle.html", context), behind)


def _with_papers(content: bytes, behind: Sequence[Attachment]) -> bytes:
    """Each paper begins at a bookmark of its own; one whose file is gone is left out."""
    if not behind:
        return content
    out = BytesIO()
    with ExitStack() as opened:
        whole = opened.enter_context(Pdf.open(BytesIO(content)))
        with whole.open_outline() as outline:
            for each in behind:
                try:
                    stored = opened.enter_context(each.file.open("rb"))
                except OSError:
                    log.warning("A paper for a bundle cannot be read: %s", each.file.name)
                    continue
                paper = opened.enter_context(Pdf.open(stored))
                outline.root.append(OutlineItem(f"附件：{each.name}", len(whole.pages)))
                whole.pages.extend(paper.pages)
        whole.save(out, deterministic_id=True)
    return out.getvalue()


VOLUME = (
    *("编号", "标题", "类别", "领衔代表", "附议代表", "状态", "承办单位", "交办日期", "答复期限"),
    *("答复日期", "结果类别", "文号"),
)


def volume_sheet(cases: Sequence[Bundle]) -> bytes:
    """案卷目录: a line for each proposal of the session, with the newest reply of each unit."""
    rows = []
    for case in cases:
        row, handled = case.proposal, case.proposal.handled_as
        parts, replies = handled.parts, handled.replies
        units = "；".join(f"{each.get_role_display()} {each.unit.name}" for each in parts)
        handed = parts[0].assigned_on if parts else None
        rows.append(
            (
                *(case.number, row.title, row.get_kind_display(), row.lead.name, case.signers),
                *(row.get_state_display(), units, handed or "", handled.due_on or ""),
                *(row.answered_on or "", "；".join(str(each.result) for each in replies)),
                "；".join(each.file_number for each in replies),
            )
        )
    return workbook("案卷目录", VOLUME, rows)


def receipt_pdf(part: Assignment) -> bytes:
    """签收回执: who took what and when; the code leads to the case."""
    address = settings.SITE_URL + reverse("proposals:case", args=[part.proposal_id])
    made_at: datetime | None = part.received_at
    context: dict[str, object] = {
        "part": part,
        "code": qr_svg(address),
        "assigned": on_paper(part.assigned_on),
        "due": on_paper(part.due_on),
        "office": office(part.proposal.session),
    }
    return render_pdf("pdf/receipt.html", context, made_at=made_at)
