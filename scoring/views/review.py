"""年度评价: the parties' forms, and the desk's pages from opening to the sealed files."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import UNPROCESSABLE, Request
from congress.shared.roles import Role
from congress.shared.workflow import refuse_if
from scoring.actions import cycle as cycles
from scoring.actions import opinions
from scoring.forms.review import AppraiseForm, OpenCycleForm
from scoring.models import ReviewCycle
from scoring.permissions import (
    why_not_appraise,
    why_not_close_opinions,
    why_not_decide,
    why_not_finalise,
    why_not_open_cycle,
)
from scoring.queries import review as queries
from scoring.states import UNDECIDED, Step
from scoring.views.sealing import progress_part, sealing_of

BY_ROLE = {Role.CONVENOR: Step.GROUP, Role.TOWNSHIP_CLERK: Step.TOWNSHIP}


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def open_cycle(request: Request) -> HttpResponse:
    """启动年度评价."""
    today = clock.today()
    form = OpenCycleForm(request.POST or None, today_year=today.year)
    if form.is_valid():
        cycle = cycles.open_cycle(**form.cleaned_data, by=request.actor, today=today)
        messages.success(request, f"{cycle} 已启动，代表会收到自评通知。")
        return redirect("scoring:cycle", cycle.pk)
    context = {
        "title": "启动年度评价",
        "form": form,
        "refusal": why_not_open_cycle(request.actor),
    }
    status = UNPROCESSABLE if form.errors else 200
    return framed(request, "scoring/open_cycle.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def appraise(request: Request) -> HttpResponse:
    """小组核校、乡镇参评: one form for everybody the party gives an opinion of."""
    step = BY_ROLE.get(request.actor.role) if request.actor.role else None
    if step is None:
        raise Http404
    return _opinions(request, step, "scoring/appraise.html")


@require_http_methods(["GET", "HEAD", "POST"])
def self_review(request: Request) -> HttpResponse:
    """本人自评, on the deputy's phone."""
    refuse_if(why_not_appraise(request.actor, step=Step.SELF))
    return _opinions(request, Step.SELF, "scoring/self_review.html")


def _opinions(request: Request, step: Step, template: str) -> HttpResponse:
    today = clock.today()
    waiting = queries.waiting_cycles(step, request.actor, today)
    chosen = request.GET.get("year", "")
    cycle = next((each for each in waiting if str(each.year) == chosen), next(iter(waiting), None))
    if cycle is None:
        return render(request, template, {"step": step.label})
    rows = queries.opinion_rows(cycle, step=step, by=request.actor, today=today)
    form = AppraiseForm(rows, request.POST if request.method == "POST" else None)
    if form.is_valid():
        opinions.appraise(cycle, step=step, scores=form.scores, by=request.actor, today=today)
        messages.success(request, f"{step.label}已提交 {len(form.scores)} 人，评定之前别人看不到。")
        return redirect(f"{request.path}?year={cycle.year}")
    context = {"step": step.label, "cycle": cycle, "cycles": waiting, "form": form}
    return render(request, template, context, status=UNPROCESSABLE if form.bound else 200)


def _one(request: Request, pk: int) -> ReviewCycle:
    rows = ReviewCycle.objects.visible_to(request.actor).select_related("assembly", "decided_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
def cycle(request: Request, pk: int) -> HttpResponse:
    """一年的评价: which stage, whose opinion is missing, how far the files are."""
    cycle = _one(request, pk)
    if request.htmx:  # the progress bar asks every two seconds, and for nothing else
        return progress_part(request, cycle)
    today, undecided = clock.today(), cycle.state in UNDECIDED
    gathered = queries.gathered(cycle) if undecided else []
    left = sum(party.left for party in gathered)
    context = {
        "title": f"{cycle.assembly} {cycle}",
        "cycle": cycle,
        "stops": queries.stops(cycle),
        "why_not_close": why_not_close_opinions(request.actor, cycle, today, left),
        "why_not_decide": why_not_decide(request.actor, cycle, today),
        "why_not_finalise": why_not_finalise(request.actor, cycle, today),
        "gathered": gathered,
        **sealing_of(request, cycle),
        "grades": [] if undecided else queries.grade_counts(cycle),
    }
    return framed(request, "scoring/cycle.html", context)


@require_POST
def close_opinions(request: Request, pk: int) -> HttpResponse:
    """截止征集."""
    cycle = cycles.close_opinions(_one(request, pk), by=request.actor, today=clock.today())
    messages.success(request, f"{cycle}的意见征集已经截止，可以评定了。")
    return redirect("scoring:cycle", cycle.pk)
