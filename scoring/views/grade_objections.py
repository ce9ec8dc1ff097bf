"""公示异议: raised on the phone, letters registered by the office, answered by the director."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import UNPROCESSABLE, Request
from congress.shared.workflow import refuse_if
from scoring.actions import grade_objections as actions
from scoring.forms.grading import AnswerForm, ObjectToGradeForm, RegisterLetterForm, UpholdForm
from scoring.grade_states import GradeObjectionState, ObjectionKind
from scoring.models import GradeObjection, Grading
from scoring.permissions import (
    why_not_dismiss_objection,
    why_not_object_to_grade,
    why_not_register_letter,
    why_not_uphold_objection,
    why_not_withdraw_objection,
)
from scoring.permissions.publicity import publicity_until
from scoring.queries import objections as queries
from scoring.queries.results import public_gradings

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
OF_UPHOLD = "uphold_%s"
"""Two forms on one page ask for an answer: the names of their fields' places differ."""


@READ_OR_SEND
def object_to_grade(request: Request, pk: int) -> HttpResponse:
    """对我的评定有异议: one sentence, and what will happen is said before."""
    rows = Grading.objects.filter(deputy__user=request.user)
    grading = get_object_or_404(rows.select_related("cycle__assembly", "deputy"), pk=pk)
    form, today = ObjectToGradeForm(request.POST or None), clock.today()

    def act() -> tuple[str, str]:
        actions.object_to_grade(grading, **form.cleaned_data, by=request.actor, today=today)
        return "异议已提出，代工委主任答复以后会通知您。", reverse("scoring:my_grading")

    return asked(
        request,
        form,
        act,
        template="scoring/object_to_grade.html",
        field="words",
        desk=False,
        grading=grading,
        until=publicity_until(grading.cycle),
        refusal=why_not_object_to_grade(request.actor, grading, today),
    )


@require_safe
@at_the_desk
def grade_objections(request: Request) -> HttpResponse:
    """公示异议: what waits, for the director; a clerk sees the letters registered by them."""
    only = request.GET.get("only", "")
    found = queries.inbox(request.actor, only=only, page=request.GET.get("page"))
    context = {"title": "公示异议", "inbox": found, "only": only}
    context["registers"] = why_not_register_letter(request.actor) is None
    return framed(request, "scoring/grade_objections.html", context)


@READ_OR_SEND
@at_the_desk
def register_letter(request: Request) -> HttpResponse:
    """登记来信."""
    today = clock.today()
    rows = public_gradings(today)
    form = RegisterLetterForm(request.POST or None, rows=rows)

    def act() -> tuple[str, str]:
        how = {**form.cleaned_data, "by": request.actor, "today": today}
        made = actions.register_letter(how.pop("grading"), **how)
        return "来信已登记，由主任答复。", reverse("scoring:grade_objection", args=[made.pk])

    return asked(
        request,
        form,
        act,
        template="scoring/register_letter.html",
        title="登记对评定的来信",
        refusal=why_not_register_letter(request.actor)
        or (None if rows.exists() else "现在没有公示中的评定。"),
    )


@require_safe
def grade_objection(request: Request, pk: int) -> HttpResponse:
    """一条公示异议: the words, the result they are about, and the two answers."""
    return _shown(request, _one(request, pk))


@READ_OR_SEND
def uphold_objection(request: Request, pk: int) -> HttpResponse:
    """成立."""
    found = _one(request, pk)
    form = UpholdForm(request.POST or None, grading=found.grading, auto_id=OF_UPHOLD)
    if form.is_valid():
        actions.uphold_objection(found, **form.cleaned_data, by=request.actor)
        messages.success(request, "异议成立，更正等另一人确认以后生效。")
        return redirect("scoring:grade_objection", found.pk)
    return _shown(request, found, uphold=form)


@READ_OR_SEND
def dismiss_objection(request: Request, pk: int) -> HttpResponse:
    """不成立."""
    found, form = _one(request, pk), AnswerForm(request.POST or None)
    if form.is_valid():
        actions.dismiss_objection(found, **form.cleaned_data, by=request.actor)
        messages.success(request, "异议不成立，等次没有动，提出的人会收到答复。")
        return redirect("scoring:grade_objection", found.pk)
    return _shown(request, found, dismiss=form)


@require_POST
def withdraw_objection(request: Request, pk: int) -> HttpResponse:
    """撤回异议."""
    found = actions.withdraw_objection(_one(request, pk), by=request.actor)
    messages.success(request, "异议已撤回。")
    own = found.kind == ObjectionKind.OWN
    return redirect("scoring:my_grading" if own else "scoring:grade_objections")


def _one(request: Request, pk: int) -> GradeObjection:
    named = ("grading__deputy", "grading__cycle__assembly", "grading__grade", "grading__suggested")
    rows = GradeObjection.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related(*named, "raised_by", "answered_by"), pk=pk)


def _shown(
    request: Request,
    found: GradeObjection,
    *,
    uphold: UpholdForm | None = None,
    dismiss: AnswerForm | None = None,
) -> HttpResponse:
    refuse_if(None if request.actor.at_the_desk else "您的异议和答复在“我的评定”里。")
    wrong = bool((uphold and uphold.errors) or (dismiss and dismiss.errors))
    context: dict[str, Any] = {"title": "公示异议", "objection": found}
    context["open"] = found.state == GradeObjectionState.OPEN
    context["uphold_form"] = uphold or UpholdForm(grading=found.grading, auto_id=OF_UPHOLD)
    context["dismiss_form"] = dismiss or AnswerForm()
    context["why_not_uphold"] = why_not_uphold_objection(request.actor, found)
    context["why_not_dismiss"] = why_not_dismiss_objection(request.actor, found)
    context["why_not_withdraw"] = why_not_withdraw_objection(request.actor, found)
    context["amendments"] = found.amendments.select_related("was", "grade", "second_by")
    page = "scoring/grade_objection.html"
    return framed(request, page, context, status=UNPROCESSABLE if wrong else 200)
