"""等次更正: one deputy's decision whole, another grade beside it, and the second person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from congress.shared.roles import Role
from scoring.actions import amendments as actions
from scoring.forms.grading import AmendGradeForm, DropForm
from scoring.models import GradeAmendment, Grading
from scoring.permissions import (
    why_not_amend_grade,
    why_not_confirm_amendment,
    why_not_drop_amendment,
)
from scoring.queries.results import explained

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


def _one(request: Request, pk: int) -> Grading:
    if not (request.actor.at_deputy_office or request.actor.is_a(Role.LEADER)):
        raise PermissionDenied
    named = ("cycle__assembly", "cycle__decided_by", "deputy", "suggested")
    rows = Grading.objects.with_standing_grade().select_related(*named)
    return get_object_or_404(rows, pk=pk)


@require_safe
@at_the_desk
def grading(request: Request, pk: int) -> HttpResponse:
    """一位代表的评定: every part, the grade, and the amendments beside it."""
    found = _one(request, pk)
    amendments = found.amendments.select_related("was", "grade", "proposed_by", "second_by")
    context = {
        "title": f"{found.deputy.name} · {found.cycle}",
        "grading": found,
        "seen": explained(found, request.actor, clock.today()),
        "amendments": [(row, why_not_confirm_amendment(request.actor, row)) for row in amendments],
        "refusal": why_not_amend_grade(request.actor, found),
        "drop_form": DropForm(),
    }
    return framed(request, "scoring/grading.html", context)


@READ_OR_SEND
@at_the_desk
def amend_grade(request: Request, pk: int) -> HttpResponse:
    """更正等次."""
    found = _one(request, pk)
    form = AmendGradeForm(request.POST or None, grading=found)

    def act() -> tuple[str, str]:
        actions.amend_grade(found, **form.cleaned_data, by=request.actor)
        return "更正已提出，等另一人确认。", reverse("scoring:grading", args=[found.pk])

    return asked(
        request,
        form,
        act,
        template="scoring/amend_grade.html",
        title=f"更正{found.deputy.name} {found.cycle.year} 年度的等次",
        grading=found,
        refusal=why_not_amend_grade(request.actor, found),
    )


@require_POST
@at_the_desk
def confirm_amendment(request: Request, pk: int) -> HttpResponse:
    """确认更正."""
    row = actions.confirm_amendment(_amendment(request, pk), by=request.actor)
    messages.success(request, f"更正已确认：{row}，代表会收到通知。")
    return redirect("scoring:grading", row.grading_id)


@READ_OR_SEND
@at_the_desk
def drop_amendment(request: Request, pk: int) -> HttpResponse:
    """退回更正, with the reason."""
    row, form = _amendment(request, pk), DropForm(request.POST or None)

    def act() -> tuple[str, str]:
        actions.drop_amendment(row, **form.cleaned_data, by=request.actor)
        return "更正没有确认，等次不变。", reverse("scoring:grading", args=[row.grading_id])

    return asked(
        request,
        form,
        act,
        template="scoring/drop_amendment.html",
        title="退回更正",
        amendment=row,
        refusal=why_not_drop_amendment(request.actor, row),
    )


def _amendment(request: Request, pk: int) -> GradeAmendment:
    rows = GradeAmendment.objects.select_related(
        "grading__deputy", "grading__cycle", "was", "grade"
    )
    row = get_object_or_404(rows, pk=pk)
    _one(request, row.grading_id)
    return row
