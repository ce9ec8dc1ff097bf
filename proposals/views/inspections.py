"""常态查: visits, the sheet that a committee takes along, what it saw, what the unit says."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import PDF, Request, as_download, row_number
from proposals import supervision_papers as papers
from proposals.actions import inspections
from proposals.models import Assignment, Inspection, InspectionNote
from proposals.permissions.inspections import (
    why_not_answer_finding,
    why_not_drop_inspection,
    why_not_note_finding,
    why_not_plan_inspection,
)
from proposals.queries import inspections as queries
from proposals.supervision_forms import FindingForm, PlanForm, WordsForm

BOTH = ["GET", "HEAD", "POST"]
ON_A_PAGE = 30
NOTED = ("inspection__organisation", "inspection__unit", "assignment__proposal")
EXPLAINING: Mapping[str, Any] = {
    "label": "本单位的说明",
    "missing": "请写明情况。",
    "most": 500,
    "help_text": "领衔代表和检查的委室会看到；只能说明一次。",
}


@require_safe
@at_the_desk
def inspection_list(request: Request) -> HttpResponse:
    """监督检查: of a year, the newest first."""
    today = clock.today()
    wanted = row_number(request.GET.get("year", ""))
    year = wanted if 2000 <= wanted <= today.year + 1 else today.year
    rows = queries.inspections(year)
    context: dict[str, object] = {
        "title": "监督检查",
        "year": year,
        "today": today,
        "years": [today.year, today.year - 1],
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "no_plan": why_not_plan_inspection(request.actor),
    }
    return framed(request, "proposals/inspections.html", context)


@require_http_methods(BOTH)
@at_the_desk
def plan_inspection(request: Request) -> HttpResponse:
    """登记检查."""
    by = request.actor
    form = PlanForm(request.POST or None, today=clock.today())

    def act() -> tuple[str, str]:
        row = inspections.plan_inspection(**form.cleaned_data, by=by)
        said = "已登记。下面是这个单位手上的建议，可以打印带去。"
        return said, reverse("proposals:inspection", args=[row.pk])

    return asked(
        request,
        form,
        act,
        template="proposals/ask_desk.html",
        title="登记一次检查",
        words="开展调研、视察、执法检查时，同步检查这个单位的代表建议办理情况。登记不会通知单位。",
        back=reverse("proposals:inspection_list"),
        verb_label="登记，看检查单",
        refusal=why_not_plan_inspection(by),
    )


def _one(pk: int) -> Inspection:
    rows = Inspection.objects.select_related("organisation", "unit", "planned_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@at_the_desk
def inspection(request: Request, pk: int) -> HttpResponse:
    """一次检查: the unit's open proposals, and what was seen of each."""
    row = _one(pk)
    context = queries.page(row, request.actor, clock.today())
    return framed(request, "proposals/inspection.html", {"title": "监督检查", **context})


@require_safe
@at_the_desk
def inspection_pdf(request: Request, pk: int) -> HttpResponse:
    """检查单: what is taken along."""
    row, today = _one(pk), clock.today()
    pdf = papers.visit_pdf(row, queries.visit_lines(row, today), today)
    return as_download(pdf, f"检查单-{row.unit.short_name}-{row.visit_on}.pdf", PDF)


@require_safe
@at_the_desk
def inspection_export(request: Request, pk: int) -> HttpResponse:
    """检查单 as rows, with what was seen."""
    row = _one(pk)
    book = papers.visit_book(row, queries.visit_lines(row, clock.today()))
    return as_download(book, f"检查单-{row.unit.short_name}-{row.visit_on}.xlsx")


@require_http_methods(BOTH)
@at_the_desk
def drop_inspection(request: Request, pk: int) -> HttpResponse:
    """取消检查."""
    row, by = _one(pk), request.actor
    past = row.visit_on < clock.today()
    why = "为什么没有去成" if past else "为什么取消"
    form = WordsForm(request.POST or None, label=why, missing=f"请写明{why}。")

    def act() -> tuple[str, str]:
        inspections.drop_inspection(row, reason=form.cleaned_data["words"], by=by)
        return "已登记没有去成。" if past else "已取消。", reverse("proposals:inspection_list")

    return asked(
        request,
        form,
        act,
        template="proposals/ask_desk.html",
        field="words",
        title=f"{'没有去成' if past else '取消检查'}：{row.unit.name}",
        back=reverse("proposals:inspection", args=[pk]),
        verb_label="登记没有去成" if past else "取消这次检查",
        refusal=why_not_drop_inspection(by, row),
    )


@require_http_methods(BOTH)
@at_the_desk
def note_finding(request: Request, pk: int, part: int) -> HttpResponse:
    """记检查到的情况, of one of the unit's proposals."""
    row, by, today = _one(pk), request.actor, clock.today()
    rows = Assignment.objects.filter(unit=row.unit).select_related("proposal__lead", "unit")
    found = get_object_or_404(rows, pk=part)
    form = FindingForm(request.POST or None)

    def act() -> tuple[str, str]:
        inspections.note_finding(row, part=found, **form.cleaned_data, by=by, today=today)
        return "已记下，单位和领衔代表会收到通知。", reverse("proposals:inspection", args=[pk])

    return asked(
        request,
        form,
        act,
        template="proposals/ask_desk.html",
        field="words",
        title=f"{found.proposal.number} {found.proposal.title}",
        words=f"{row.unit.name}，{row.visit_on.month} 月 {row.visit_on.day} 日检查。",
        back=reverse("proposals:inspection", args=[pk]),
        verb_label="记下看到的",
        refusal=why_not_note_finding(by, row, found, today=today),
    )


@require_POST
@at_the_desk
def publish_inspection(request: Request, pk: int) -> HttpResponse:
    """公开检查到的情况."""
    inspections.publish_inspection(_one(pk), by=request.actor)
    messages.success(request, "检查到的情况和单位说明已经公开。")
    return redirect("proposals:inspection", pk)


@require_http_methods(BOTH)
def answer_finding(request: Request, pk: int) -> HttpResponse:
    """单位说明: once."""
    by = request.actor
    note = get_object_or_404(InspectionNote.objects.of_unit(by).select_related(*NOTED), pk=pk)
    back = reverse("proposals:case", args=[note.assignment.proposal_id])
    form = WordsForm(request.POST or None, **EXPLAINING)

    def act() -> tuple[str, str]:
        inspections.answer_finding(note, answer=form.cleaned_data["words"], by=by)
        return "已说明，领衔代表会收到通知。", back

    return asked(
        request,
        form,
        act,
        template="proposals/answer_finding.html",
        desk=False,
        field="words",
        note=note,
        proposal=note.assignment.proposal,
        back=back,
        refusal=why_not_answer_finding(by, note),
    )
