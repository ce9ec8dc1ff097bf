"""年度代表工作计划: at the desk, and for everybody."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import refused_in, status_of
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import UNPROCESSABLE, Request, open_page
from deputies.actions import plans
from deputies.actions.plans import Item
from deputies.forms.plans import DraftPlanForm, PassPlanForm, PlanForm, ReopenPlanForm, rows
from deputies.models import AnnualPlan
from deputies.permissions import plans as reasons
from deputies.queries import plans as queries
from deputies.queries.seats import own_congress

CREATED = "计划已存为草稿，主任会议通过以后再公布。"


def _one(request: Request, pk: int) -> AnnualPlan:
    rows = AnnualPlan.objects.visible_to(request.actor).select_related("assembly")
    return get_object_or_404(rows, pk=pk)


@require_safe
@at_the_desk
def plan(request: Request, pk: int) -> HttpResponse:
    """一份计划: where it stands, its work, the one next act."""
    one, today = _one(request, pk), clock.today()
    by = request.actor
    context = {
        "title": one.title,
        "plan": one,
        "lines": queries.lines(one, today),
        "stops": None if one.state == "dropped" else queries.stops(one),
        "pass_form": PassPlanForm(today=today),
        "reopen_form": ReopenPlanForm(),
        "why_not": {
            "edit": reasons.why_not_edit_plan(by, one),
            "pass": reasons.why_not_pass_plan(by, one),
            "reopen": reasons.why_not_reopen_plan(by, one),
            "publish": reasons.why_not_publish_plan(by, one),
            "revise": reasons.why_not_revise_plan(by, one),
            "drop": reasons.why_not_drop_plan(by, one),
        },
    }
    return framed(request, "deputies/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def draft_plan(request: Request) -> HttpResponse:
    """起草: words and rows in one form."""
    year = clock.today().year + 1
    own = own_congress(request.actor)
    start = {"assembly": own, "year": year, "title": f"{year} 年代表工作计划"}
    form, lines = DraftPlanForm(request.POST or None, initial=start), rows(request.POST or None, [])
    if form.is_valid() and lines.is_valid():
        try:
            one = plans.draft_plan(**form.cleaned_data, items=lines.plan_items, by=request.actor)
            messages.success(request, CREATED)
            return redirect("deputies:plan", one.pk)
        except Refused as no:
            refused_in(form, "year", no)
    refusal = reasons.why_not_draft_plan(request.actor)
    context = {"title": "起草年度代表工作计划", "form": form, "rows": lines, "refusal": refusal}
    return framed(request, "deputies/plan_form.html", context, status=_status(form, lines))


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def edit_plan(request: Request, pk: int) -> HttpResponse:
    """修改: the same form with what stands in it."""
    one = _one(request, pk)
    known = [
        Item(row.month_from, row.month_to, row.title, row.organiser, row.audience)
        for row in one.items.all()
    ]
    start = {"title": one.title, "foreword": one.foreword}
    form, lines = PlanForm(request.POST or None, initial=start), rows(request.POST or None, known)
    if form.is_valid() and lines.is_valid():
        plans.edit_plan(one, **form.cleaned_data, items=lines.plan_items, by=request.actor)
        messages.success(request, "已保存。")
        return redirect("deputies:plan", pk)
    refusal = reasons.why_not_edit_plan(request.actor, one)
    context = {"title": f"修改：{one.title}", "form": form, "rows": lines, "refusal": refusal}
    return framed(request, "deputies/plan_form.html", context, status=_status(form, lines))


def _status(form: PlanForm, lines: object) -> int:
    wrong = UNPROCESSABLE if any(getattr(lines, "errors", ())) else 200
    return status_of(form) if form.errors else wrong


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def pass_plan(request: Request, pk: int) -> HttpResponse:
    """登记通过: which meeting, which day."""
    one = _one(request, pk)
    form = PassPlanForm(request.POST or None, today=clock.today())
    if form.is_valid():
        plans.pass_plan(one, **form.cleaned_data, by=request.actor)
        messages.success(request, "已登记通过，现在可以公布。")
        return redirect("deputies:plan", pk)
    refusal = reasons.why_not_pass_plan(request.actor, one)
    words = {"title": f"登记通过：{one.title}", "verb_label": "登记通过"}
    return _asked(request, words | {"plan": one, "form": form, "refusal": refusal})


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def reopen_plan(request: Request, pk: int) -> HttpResponse:
    """退回起草: with the reason."""
    one, form = _one(request, pk), ReopenPlanForm(request.POST or None)
    if form.is_valid():
        plans.reopen_plan(one, **form.cleaned_data, by=request.actor)
        messages.success(request, "已退回起草，改好以后要重新通过。")
        return redirect("deputies:plan", pk)
    refusal = reasons.why_not_reopen_plan(request.actor, one)
    words = {"title": f"退回起草：{one.title}", "verb_label": "退回起草"}
    return _asked(request, words | {"plan": one, "form": form, "refusal": refusal})


def _asked(request: Request, context: dict[str, object]) -> HttpResponse:
    status = UNPROCESSABLE if getattr(context["form"], "errors", None) else 200
    return framed(request, "deputies/plan_ask.html", context, status=status)


@require_POST
@at_the_desk
def publish_plan(request: Request, pk: int) -> HttpResponse:
    """公布: on the public pages, and told to every deputy of the congress."""
    plans.publish_plan(_one(request, pk), by=request.actor, today=clock.today())
    messages.success(request, "已公布，并通知了在任代表。")
    return redirect("deputies:plan", pk)


@require_POST
@at_the_desk
def revise_plan(request: Request, pk: int) -> HttpResponse:
    """调整: a new draft; the published plan stays meanwhile."""
    fresh = plans.revise_plan(_one(request, pk), by=request.actor)
    messages.success(request, "已复制成调整稿。公布之前，公开页面上还是原来的计划。")
    return redirect("deputies:edit_plan", fresh.pk)


@require_POST
@at_the_desk
def drop_plan(request: Request, pk: int) -> HttpResponse:
    """作废: the draft is put aside."""
    plans.drop_plan(_one(request, pk), by=request.actor)
    messages.success(request, "这份草稿已作废。")
    return redirect("admin:deputies_annualplan_changelist")


@open_page
def public_plans(request: Request) -> HttpResponse:
    """年度代表工作计划, every year's (代表法第四十三条: 向社会公布)."""
    return render(request, "deputies/public_plans.html", {"plans": queries.public_lines()})


@open_page
def public_plan(request: Request, pk: int) -> HttpResponse:
    """One year's plan."""
    one = queries.public_plan(pk, clock.today())
    if one is None:
        raise Http404
    return render(request, "deputies/public_plan.html", {"plan": one})
