"""三见面: both sides' word on a meeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import in_an_office
from congress.shared.http import Request
from congress.shared.roles import UNIT
from congress.shared.workflow import refuse_if
from proposals.actions import meetings
from proposals.forms import MeetingForm
from proposals.gate import denied_stages, missing_stages
from proposals.handling_forms import DenyForm, ExcuseForm, WaiveForm
from proposals.models import Assignment, Meeting
from proposals.permissions import (
    why_not_deny_meeting,
    why_not_excuse_meeting,
    why_not_record_meeting,
    why_not_waive_meeting,
)
from proposals.permissions.meetings import why_not_met_on
from proposals.queries import parts
from proposals.queries.clocks import day
from proposals.queries.former import former_parts
from proposals.states import Stage
from proposals.views.acts import act_page, back
from proposals.views.lost import found_or_told
from proposals.views.units import case_page, own_part


def _part(request: Request, pk: int) -> Assignment:
    rows, gone = parts.open_to(request.actor).filter(pk=pk), former_parts(request.actor)
    return found_or_told(rows, gone.filter(pk=pk), request.actor)


def _meeting(request: Request, pk: int) -> Meeting:
    rows, gone = parts.meetings_open_to(request.actor).filter(pk=pk), former_parts(request.actor)
    return found_or_told(rows, gone.filter(meetings=pk), request.actor)


@require_http_methods(["GET", "HEAD", "POST"])
def record_meeting(request: Request, pk: int) -> HttpResponse:
    """登记见面, by the unit or by the lead deputy."""
    today = clock.today()
    part = _part(request, pk)
    missing = missing_stages(part)
    form = MeetingForm(request.POST or None, initial={"stage": missing[0] if missing else ""})
    if request.actor.role not in UNIT:
        form.speak_to_deputy()
    if form.is_valid():
        stage, met_on = form.cleaned_data["stage"], form.cleaned_data["met_on"]
        form.add_if(why_not_met_on(part, stage, met_on, today, request.actor))
    if form.is_valid():
        meetings.record_meeting(part, by=request.actor, today=today, **form.cleaned_data)
        messages.success(request, "见面已登记，已请对方确认。")
        return back(request, part.proposal_id)
    if request.actor.role in UNIT and form.is_bound:
        return case_page(request, own_part(request, part.proposal_id), meeting=form)
    reason = why_not_record_meeting(request.actor, part)
    act = f"登记{missing[0].label}" if missing else "登记见面"
    return act_page(request, part.proposal, form, act=act, about=part.unit.name, refusal=reason)


@require_POST
def confirm_meeting(request: Request, pk: int) -> HttpResponse:
    """见过，属实."""
    meeting = _meeting(request, pk)
    meetings.confirm_meeting(meeting, by=request.actor)
    messages.success(request, f"已确认{meeting.get_stage_display()}属实。")
    return back(request, meeting.assignment.proposal_id)


@require_POST
def take_back_meeting(request: Request, pk: int) -> HttpResponse:
    """撤销登记."""
    meeting = _meeting(request, pk)
    meetings.take_back_meeting(meeting, by=request.actor, today=clock.today())
    messages.success(request, f"{meeting.get_stage_display()}的登记已撤销，可以重新登记。")
    return back(request, meeting.assignment.proposal_id)


@require_http_methods(["GET", "HEAD", "POST"])
def deny_meeting(request: Request, pk: int) -> HttpResponse:
    """不是这样…"""
    meeting = _meeting(request, pk)
    proposal, form = meeting.assignment.proposal, DenyForm(request.POST or None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        meetings.deny_meeting(meeting, words=words, by=request.actor, today=clock.today())
        messages.success(request, "已告诉对方，这次见面不算数，对方可以重新登记。")
        return back(request, proposal.pk)
    about = (
        f"{meeting.get_stage_display()}：{day(meeting.met_on)}，{meeting.place}。"
        f"{meeting.people}\n{meeting.said}"
    )
    reason = why_not_deny_meeting(request.actor, meeting)
    return act_page(request, proposal, form, act="不是这样", about=about, refusal=reason)


@require_http_methods(["GET", "HEAD", "POST"])
def waive_meeting(request: Request, pk: int) -> HttpResponse:
    """免见面…"""
    part = _part(request, pk)
    form = WaiveForm(
        request.POST or None, stages=missing_stages(part), stage=request.GET.get("stage", "")
    )
    if form.is_valid():
        stage, reason = Stage(form.cleaned_data["stage"]), form.cleaned_data["reason"]
        meetings.waive_meeting(
            part, stage=stage, reason=reason, by=request.actor, today=clock.today()
        )
        messages.success(request, f"已免去{stage.label}，承办单位会收到通知。")
        return back(request, part.proposal_id)
    refusal = why_not_waive_meeting(request.actor, part)
    if form.is_bound:
        refuse_if(refusal)
    about = f"{part.unit.name}要和您见三次面。您同意免去的，那一次就不用再见。"
    return act_page(request, part.proposal, form, act="免见面", about=about, refusal=refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@in_an_office
def excuse_meeting(request: Request, pk: int) -> HttpResponse:
    """免去代表不认可的见面…"""
    part, by, today = _part(request, pk), request.actor, clock.today()
    stages = denied_stages(part)
    asked_for = request.GET.get("stage", "")
    first = asked_for if asked_for in stages else next(iter(stages), "")
    form = ExcuseForm(request.POST or None, stages=stages, stage=first)
    back_to = reverse("proposals:dossier", args=[part.proposal_id])

    def act() -> tuple[str, str]:
        stage, reason = Stage(form.cleaned_data["stage"]), form.cleaned_data["reason"]
        meetings.excuse_meeting(part, stage=stage, reason=reason, by=by, today=today)
        return f"已免去{stage.label}，单位和领衔代表会收到通知。", back_to

    return asked(
        request,
        form,
        act,
        template="proposals/withholding.html",
        title="免去代表不认可的见面",
        back=back_to,
        words=f"{part.proposal.number} {part.proposal.title} · {part.unit.name}",
        verb_label="免去",
        refusal=why_not_excuse_meeting(by, part),
    )
