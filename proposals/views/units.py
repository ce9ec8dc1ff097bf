"""办: a handling unit's desk and its page of one case."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.http import Request
from congress.shared.roles import UNIT
from proposals.forms import MeetingForm
from proposals.gate import missing_stages
from proposals.models import Assignment
from proposals.permissions.replies import asks_of, open_draft
from proposals.queries import pages, units
from proposals.reply_forms import ReplyForm

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


def own_part(request: Request, pk: int) -> Assignment:
    """The unit's own part of this proposal; another unit's is not found."""
    rows = Assignment.objects.handled_by(request.actor).with_case()
    return get_object_or_404(rows, proposal=pk)


def case_page(
    request: Request,
    assignment: Assignment,
    *,
    meeting: MeetingForm | None = None,
    reply: ReplyForm | None = None,
) -> HttpResponse:
    """The case with whatever form was sent and could not be taken."""
    context = pages.case(assignment, request.actor, clock.today())
    missing = missing_stages(assignment)
    blank = MeetingForm(initial={"stage": missing[0] if missing else ""})
    written = ReplyForm(asks=asks_of(assignment), draft=open_draft(assignment))
    context |= {"meeting_form": meeting or blank, "reply_form": reply or written}
    status = UNPROCESSABLE if meeting or reply else 200
    return render(request, "proposals/case.html", context, status=status)


@require_safe
def case(request: Request, pk: int) -> HttpResponse:
    """一件建议在本单位."""
    return case_page(request, own_part(request, pk))
