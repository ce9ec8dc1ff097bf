"""年度评价的进程: opened, followed on one page, its days moved, stand-ins, opinions closed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import UNPROCESSABLE, Request, year_named
from scoring.actions import cycles, stand_ins, timetable
from scoring.forms.cycle import OpenCycleForm, RescheduleForm, StandInForm
from scoring.models import ReviewCycle, ReviewStage, StandIn
from scoring.permissions import (
    why_not_appoint_stand_in,
    why_not_close_opinions,
    why_not_decide,
    why_not_finalise,
    why_not_open_cycle,
    why_not_reschedule_stage,
)
from scoring.permissions.review import contested
from scoring.queries import review as queries
from scoring.queries.gathering import gathered
from scoring.queries.parties import told
from scoring.queries.stand_ins import stand_ins_of
from scoring.queries.timetables import spans_of
from scoring.queries.turning import next_act, track
from scoring.states import CycleState
from scoring.views.sealing import progress_part, sealing_of

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_SEND
@at_the_desk
def open_cycle(request: Request) -> HttpResponse:
    """启动年度评价: another year proposes other days."""
    today = clock.today()
    of = year_named(request.GET.get("year", "")) or today.year
    form = OpenCycleForm(request.POST or None, year=of, today=today)
    if request.method == "POST" and form.is_valid():
        how = {"year": form.cleaned_data["year"], "table": form.table}
        cycle = cycles.open_cycle(
            form.cleaned_data["assembly"], by=request.actor, today=today, **how
        )
        messages.success(request, f"{cycle}已启动，{told(cycle)}。")
        return redirect("scoring:cycle", cycle.pk)
    context = {
        "title": "启动年度评价",
        "form": form,
        "of": of,
        "refusal": why_not_open_cycle(request.actor),
    }
    status = UNPROCESSABLE if form.errors else 200
    return framed(request, "scoring/open_cycle.html", context, status=status)


def _one(request: Request, pk: int) -> ReviewCycle:
    rows = ReviewCycle.objects.visible_to(request.actor).select_related("assembly", "decided_by")
    return get_object_or_404(rows.prefetch_related("stages"), pk=pk)


@require_safe
def cycle(request: Request, pk: int) -> HttpResponse:
    """一年的评价: which stage until when, whose opinion is missing, what comes next."""
    cycle = _one(request, pk)
    if request.htmx:  # the progress bar asks every two seconds, and for nothing else
        return progress_part(request, cycle)
    return framed(request, "scoring/cycle.html", _followed(request, cycle))


def _followed(request: Request, cycle: ReviewCycle) -> dict[str, Any]:
    today, by = clock.today(), request.actor
    opened, spans = cycle.state == CycleState.OPEN, spans_of(cycle)
    parties = gathered(cycle, today) if opened or cycle.state == CycleState.GATHERED else []
    left = sum(party.left for party in parties)
    stages = [(row, why_not_reschedule_stage(by, row, today)) for row in _stages(cycle)]
    return {
        "title": f"{cycle.assembly} {cycle}",
        "cycle": cycle,
        "today": today,
        "track": track(cycle, spans, today),
        "next": next_act(cycle, spans, today, left if opened else None, now=clock.now()),
        "stages": stages,
        "parties": parties,
        "left": left,
        "stand_ins": stand_ins_of(cycle),
        "why_not_stand_in": why_not_appoint_stand_in(by, cycle),
        "why_not_close": why_not_close_opinions(by, cycle, today, left),
        "why_not_decide": why_not_decide(by, cycle, today),
        "contested": cycle.state == CycleState.GATHERED and contested(cycle),
        "why_not_finalise": why_not_finalise(by, cycle, today),
        **sealing_of(request, cycle),
        "grades": [] if parties or opened else queries.grade_counts(cycle),
    }


def _stages(cycle: ReviewCycle) -> list[ReviewStage]:
    rows = {row.stage: row for row in cycle.stages.all()}
    for row in rows.values():
        row.cycle = cycle
    return [rows[stage] for stage in spans_of(cycle)]


@require_POST
def close_opinions(request: Request, pk: int) -> HttpResponse:
    """截止征集."""
    cycle = cycles.close_opinions(_one(request, pk), by=request.actor, today=clock.today())
    messages.success(request, f"{cycle}的意见征集已经截止，可以评定了。")
    return redirect("scoring:cycle", cycle.pk)


@READ_OR_SEND
@at_the_desk
def reschedule_stage(request: Request, pk: int) -> HttpResponse:
    """改期."""
    stage = get_object_or_404(ReviewStage.objects.select_related("cycle__assembly"), pk=pk)
    today = clock.today()
    form = RescheduleForm(request.POST or None, stage=stage, today=today)
    if request.method == "POST" and form.is_valid():
        how = {"by": request.actor, "today": today, **form.cleaned_data}
        timetable.reschedule_stage(stage, **how)
        messages.success(request, f"{stage.get_step_display()}的日程已经调整。")
        return redirect("scoring:cycle", stage.cycle_id)
    context = {
        "title": f"{stage}改期",
        "form": form,
        "stage": stage,
        "refusal": why_not_reschedule_stage(request.actor, stage, today),
    }
    status = UNPROCESSABLE if form.errors else 200
    return framed(request, "scoring/reschedule_stage.html", context, status=status)


@READ_OR_SEND
@at_the_desk
def appoint_stand_in(request: Request, pk: int) -> HttpResponse:
    """指定代评人."""
    cycle, today = _one(request, pk), clock.today()
    first = {"place": request.GET.get("place", "")}
    form = StandInForm(request.POST or None, cycle=cycle, today=today, initial=first)
    if request.method == "POST" and form.is_valid():
        how = {"by": request.actor, "today": today, **form.cleaned_data}
        made = stand_ins.appoint_stand_in(cycle, **how)
        messages.success(request, f"{made.place}的意见{made}提交，已通知本人。")
        return redirect("scoring:cycle", cycle.pk)
    context = {
        "title": f"{cycle} · 指定代评人",
        "form": form,
        "cycle": cycle,
        "refusal": why_not_appoint_stand_in(request.actor, cycle),
    }
    status = UNPROCESSABLE if form.errors else 200
    return framed(request, "scoring/appoint_stand_in.html", context, status=status)


@require_POST
@at_the_desk
def end_stand_in(request: Request, pk: int) -> HttpResponse:
    """收回代评."""
    rows = StandIn.objects.select_related("cycle", "user", "group", "area", "unit")
    ended = stand_ins.end_stand_in(get_object_or_404(rows, pk=pk), by=request.actor)
    messages.success(request, f"{ended.place}不再由{ended.user.name}代。")
    return redirect("scoring:cycle", ended.cycle_id)
