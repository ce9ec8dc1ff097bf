"""办: a handling unit's desk, and the deputy's word on a meeting."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from congress.shared import clock
from congress.shared.http import Request
from congress.shared.roles import UNIT
from proposals.actions import handling
from proposals.forms import MeetingForm, ReplyForm
from proposals.models import Assignment
from proposals.permissions.handling import missing_stages, why_not_met_on
from proposals.queries import deputies, pages, units

UNPROCESSABLE = 422


@require_safe
def unit_desk(request: Request) -> HttpResponse:
    """办理台: by deadline."""
    if request.actor.role not in UNIT:
        raise Http404
    today, kind = clock.today(), request.GET.get("light", "")
    desk = units.desk(request.actor, today, kind=kind)
    context = {"desk": desk, "kind": kind, "headline": units.headline(desk.cases), "today": today}
    return render(request, "proposals/unit_desk.html", context)


def _assignment(request: Request, pk: int) -> Assignment:
    """The unit's own assignment of this proposal; another unit's is not found."""
    rows = Assignment.objects.handled_by(request.actor).with_case()
    return get_object_or_404(rows, proposal=pk)


def _case(
    request: Request,
    assignment: Assignment,
    *,
    meeting: MeetingForm | None = None,
    reply: ReplyForm | None = None,
) -> HttpResponse:
    context = pages.case(assignment, request.actor, clock.today())
    missing = missing_stages(assignment)
    blank = MeetingForm(initial={"stage": missing[0] if missing else ""})
    context |= {"meeting_form": meeting or blank, "reply_form": reply or ReplyForm()}
    status = UNPROCESSABLE if meeting or reply else 200
    return render(request, "proposals/case.html", context, status=status)


@require_safe
def case(request: Request, pk: int) -> HttpResponse:
    """一件建议在本单位."""
    return _case(request, _assignment(request, pk))


@require_POST
def record_meeting(request: Request, pk: int) -> HttpResponse:
    """登记见面."""
    today, assignment = clock.today(), _assignment(request, pk)
    form = MeetingForm(request.POST)
    if form.is_valid():
        form.add_if(why_not_met_on(assignment, form.cleaned_data["met_on"], today))
    if not form.is_valid():
        return _case(request, assignment, meeting=form)
    handling.record_meeting(assignment, by=request.actor, today=today, **form.cleaned_data)
    messages.success(request, "见面已登记，已请代表确认。")
    return redirect("proposals:case", pk)


@require_POST
def reply(request: Request, pk: int) -> HttpResponse:
    """答复."""
    assignment, form = _assignment(request, pk), ReplyForm(request.POST)
    if not form.is_valid():
        return _case(request, assignment, reply=form)
    handling.reply(assignment, by=request.actor, today=clock.today(), **form.cleaned_data)
    messages.success(request, "答复已送达代表。")
    return redirect("proposals:case", pk)


@require_POST
def confirm_meeting(request: Request, pk: int) -> HttpResponse:
    """见过，属实."""
    meeting = get_object_or_404(deputies.meetings(request.actor), pk=pk)
    handling.confirm_meeting(meeting, by=request.actor)
    messages.success(request, f"已确认{meeting.get_stage_display()}属实。")
    return redirect("proposals:detail", meeting.assignment.proposal_id)
