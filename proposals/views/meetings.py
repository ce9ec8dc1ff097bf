"""三见面: both sides' word on a meeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from congress.shared import clock
from congress.shared.http import Request
from congress.shared.roles import UNIT
from proposals.actions import meetings
from proposals.forms import MeetingForm
from proposals.permissions.meetings import why_not_met_on
from proposals.queries import deputies
from proposals.views.units import case_page, own_part


@require_POST
def record_meeting(request: Request, pk: int) -> HttpResponse:
    """登记见面."""
    today, assignment = clock.today(), own_part(request, pk)
    form = MeetingForm(request.POST)
    if form.is_valid():
        form.add_if(why_not_met_on(assignment, form.cleaned_data["met_on"], today))
    if not form.is_valid():
        return case_page(request, assignment, meeting=form)
    meetings.record_meeting(assignment, by=request.actor, today=today, **form.cleaned_data)
    messages.success(request, "见面已登记，已请代表确认。")
    return redirect("proposals:case", pk)


@require_POST
def confirm_meeting(request: Request, pk: int) -> HttpResponse:
    """见过，属实."""
    meeting = get_object_or_404(deputies.meetings(request.actor), pk=pk)
    meetings.confirm_meeting(meeting, by=request.actor)
    messages.success(request, f"已确认{meeting.get_stage_display()}属实。")
    page = "proposals:case" if request.actor.role in UNIT else "proposals:detail"
    return redirect(page, meeting.assignment.proposal_id)
