"""办: a handling unit's desk and its page of one case."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.http import UNPROCESSABLE, Request, as_download
from congress.shared.roles import UNIT
from proposals import documents
from proposals.actions.deliveries import note_openings
from proposals.forms import MeetingForm
from proposals.gate import missing_stages
from proposals.handling_forms import OpinionForm
from proposals.models import Assignment
from proposals.queries import cases, rehandling, units
from proposals.queries.clocks import LIGHTS, Clock
from proposals.queries.former import former_parts, last_of, what_became
from proposals.queries.neighbours import neighbours
from proposals.queries.objections import open_to
from proposals.queries.presence import others_here
from proposals.queries.supervision import to_answer
from proposals.queries.timeline import timeline
from proposals.queries.unit_follow import owed
from proposals.queries.unit_headline import beside, headline
from proposals.queries.unit_rolling import rolling
from proposals.queries.units import ACTS, ROLES, CaseFilter
from proposals.reply_forms import ReplyForm
from proposals.states import Part
from proposals.views.lost import found_or_told

PAGE = 50


@require_safe
def unit_desk(request: Request) -> HttpResponse:
    """办理台: by deadline."""
    wanted = asked(request)
    desk = units.desk(request.actor, clock.today(), wanted)
    objectable = open_to(request.actor, clock.today())
    timing = Clock.on(clock.today())
    questions, after = to_answer(request.actor, timing), owed(request.actor, timing)
    orders = rehandling.of_unit(request.actor, clock.today())
    context = {
        "desk": desk,
        "page": Paginator(desk.shown, PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "headline": headline(desk, beside(orders, questions, after)),
        "today": clock.today(),
        "objectable": objectable,
        "questions": questions,
        "owed": after,
        "rehandlings": orders,
        "rolling": rolling(request.actor, [each.assignment.pk for each in desk.cases])
        if wanted.carried
        else None,
        "heard": [line for line in objectable if line.part.state == Part.PLANNED],
    }
    return render(request, "proposals/unit_desk.html", context)


@require_safe
def unit_export(request: Request) -> HttpResponse:
    """办理台导出: the very lines that the desk shows, with its filters."""
    today = clock.today()
    desk = units.desk(request.actor, today, asked(request))
    return as_download(documents.desk_sheet(desk.shown), f"承办建议-{today}.xlsx")


def asked(request: Request) -> CaseFilter:
    """What the address asks for; anything that is no filter of ours asks for all."""
    if request.actor.role not in UNIT:
        raise Http404
    kind, role, act = (request.GET.get(name, "") for name in ("light", "role", "act"))
    return CaseFilter(
        kind if kind in dict(LIGHTS) else "",
        role if role in dict(ROLES) else "",
        act if act in dict(ACTS) else "",
        bool(request.GET.get("key")),
        bool(request.GET.get("carried")),
    )


def own_part(request: Request, pk: int) -> Assignment:
    """The unit's own part of this proposal; another unit's is not found.

    One that the unit has no more is refused with what became of it: what was typed comes back.
    """
    rows = Assignment.objects.handled_by(request.actor).with_case().filter(proposal=pk)
    gone = former_parts(request.actor).filter(proposal=pk)
    return found_or_told(rows, gone, request.actor)


def case_page(
    request: Request,
    assignment: Assignment,
    *,
    meeting: MeetingForm | None = None,
    reply: ReplyForm | None = None,
    opinion: OpinionForm | None = None,
    conflict: str = "",
    status: int = 0,
) -> HttpResponse:
    """The case with whatever form was sent and could not be taken."""
    context = cases.case(assignment, request.actor, clock.today())
    blank = MeetingForm(initial={"stage": next(iter(missing_stages(assignment)), "")})
    context |= {
        "rehandlings": rehandling.of_unit(request.actor, clock.today(), assignment.proposal_id),
        "meets": rehandling.to_meet(assignment.proposal, request.actor),
        "meeting_form": meeting or blank,
        "reply_form": reply or ReplyForm(part=assignment),
        "opinion_form": opinion or OpinionForm(part=assignment),
        "conflict": conflict,
        "templates": units.templates(request.actor),
        "here": others_here(assignment, request.actor),
        "near": neighbours(assignment, request.actor),
    }
    sent = UNPROCESSABLE if meeting or reply or opinion else 200
    return render(request, "proposals/case.html", context, status=status or sent)


@require_safe
def case(request: Request, pk: int) -> HttpResponse:
    """一件建议在本单位; once the unit has it no more, what became of it."""
    part = Assignment.objects.handled_by(request.actor).with_case().filter(proposal=pk).first()
    if part is None:
        return _no_longer(request, pk)
    note_openings([part], request.actor.user)
    return case_page(request, part)


def _no_longer(request: Request, pk: int) -> HttpResponse:
    part = last_of(Assignment.objects.once_with(request.actor).filter(proposal=pk))
    if part is None:
        raise Http404
    context = {
        "part": part,
        "proposal": part.proposal,
        "words": what_became(part),
        "events": timeline(part.proposal, request.actor, clock.today()),
    }
    return render(request, "proposals/no_longer.html", context)


@require_safe
def presence(request: Request, pk: int) -> HttpResponse:
    """在场: who else is at this draft now; asked by the page itself every half minute."""
    own = Assignment.objects.handled_by(request.actor).select_related("unit")
    here = others_here(get_object_or_404(own, proposal=pk), request.actor)
    return render(request, "proposals/_presence.html", {"here": here})
