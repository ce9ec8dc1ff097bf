"""异议: the unit raises it, the office answers it."""

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import Act, asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from congress.shared.roles import UNIT
from proposals.actions import objections
from proposals.actions.deliveries import note_openings
from proposals.models import Objection
from proposals.objection_forms import DismissForm, ObjectForm, UpholdForm
from proposals.permissions import (
    why_not_dismiss_objection,
    why_not_object_to,
    why_not_uphold_objection,
)
from proposals.queries import objections as queries
from proposals.states import Part
from proposals.views.units import own_part

BOTH = ["GET", "HEAD", "POST"]
ASK = "proposals/ask_desk.html"
ON_A_PAGE = 30


@require_safe
@at_the_desk
def objection_list(request: Request) -> HttpResponse:
    """交办异议: those that wait, or those decided."""
    decided = request.GET.get("only") == "decided"
    rows = queries.rows(request.actor, decided=decided)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "交办异议",
        "page": page,
        "lines": queries.lines(page.object_list, clock.today(), decided=decided),
        "decided": decided,
        "open_count": Objection.objects.open().count(),
        "may_decide": request.actor.is_staff,
    }
    return framed(request, "proposals/objections.html", context)


@require_safe
def planned(request: Request) -> HttpResponse:
    """预交办给本单位的: what may be objected to, until when, and what became of it."""
    if request.actor.role not in UNIT:
        raise Http404
    context = queries.of_unit(request.actor, clock.today())
    planned = [line.part for line in context["lines"] if line.part.state == Part.PLANNED]
    note_openings(planned, request.actor.user)
    return render(request, "proposals/planned.html", context)


@require_http_methods(BOTH)
def object_to(request: Request, pk: int) -> HttpResponse:
    """提异议."""
    part, by, today = own_part(request, pk), request.actor, clock.today()
    form = ObjectForm(request.POST or None, proposal=part.proposal)

    def act() -> tuple[str, str]:
        objections.object_to(part, by=by, today=today, **form.cleaned_data)
        return "异议已提出，代工委答复后会通知本单位。", reverse("proposals:planned")

    return asked(
        request,
        form,
        act,
        template="ask.html",
        desk=False,
        title=f"对“{part.proposal.title}”提异议",
        back=reverse("proposals:planned"),
        verb_label="提出异议",
        refusal=why_not_object_to(by, part, today),
    )


@require_http_methods(BOTH)
@at_the_desk
def uphold_objection(request: Request, pk: int) -> HttpResponse:
    """改交."""
    found, by, today = _one(pk), request.actor, clock.today()
    form = UpholdForm(request.POST or None, objection=found)

    def act() -> tuple[str, str]:
        new = objections.uphold_objection(found, by=by, today=today, **form.cleaned_data)
        return f"已改交{new.unit.name}，两个单位都会收到通知。", _back(found)

    return _asked(request, found, form, act, "改交", why_not_uphold_objection(by, found))


@require_http_methods(BOTH)
@at_the_desk
def dismiss_objection(request: Request, pk: int) -> HttpResponse:
    """维持原交办."""
    found, by, today = _one(pk), request.actor, clock.today()
    form = DismissForm(request.POST or None)

    def act() -> tuple[str, str]:
        objections.dismiss_objection(found, by=by, today=today, **form.cleaned_data)
        return "已维持原交办，单位会收到通知。", _back(found)

    return _asked(request, found, form, act, "维持原交办", why_not_dismiss_objection(by, found))


def _one(pk: int) -> Objection:
    return get_object_or_404(Objection.objects.with_case(), pk=pk)


def _back(found: Objection) -> str:
    if found.assignment.sheet_id:
        return reverse("proposals:sheet", args=[found.assignment.sheet_id])
    return reverse("proposals:objection_list")


def _asked(
    request: Request, found: Objection, form: Form, act: Act, label: str, refusal: str | None
) -> HttpResponse:
    """The office's answer to one objection, beside what was said."""
    part = found.assignment
    does = "牵头" if found.asks_to_lead else part.get_role_display()
    words = (
        f"{part.proposal.number}“{part.proposal.title}”：{part.unit.name}认为应由"
        f"{found.better_unit.name}{does}。{found.reason}"
    )
    return asked(
        request,
        form,
        act,
        template=ASK,
        title=f"异议：{label}",
        words=words,
        back=_back(found),
        verb_label=label,
        refusal=refusal,
    )
