"""代工委和乡镇人大: what waits for an office, one dossier, and the reply made public."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.desk import framed, in_an_office
from congress.shared.http import Request
from congress.shared.roles import Role
from proposals.actions import publication
from proposals.models import Proposal
from proposals.permissions import (
    why_not_accept,
    why_not_assign,
    why_not_lift_withholding,
    why_not_merge,
    why_not_open_challenge,
    why_not_publish,
    why_not_split,
    why_not_unmerge,
    why_not_withhold,
)
from proposals.permissions.publication import replies_seen
from proposals.queries import carrying, office, origins, pages, ratings, supervision, voiding
from proposals.queries.timeline import timeline


@require_safe
@in_an_office
def review(request: Request) -> HttpResponse:
    """建议待办: what waits for this office, oldest first."""
    context: dict[str, object] = {
        "title": "建议待办",
        "queues": office.queues(request.actor, clock.today()),
        "acts": decides(request.actor),
    }
    return framed(request, "proposals/review.html", context)


def decides(actor: Actor) -> bool:
    """Whether the reader's office does the work; leaders and auditors see it and leave it alone."""
    return actor.is_staff or actor.is_a(Role.TOWNSHIP_CLERK)


def one(request: Request, pk: int) -> Proposal:
    rows = Proposal.objects.visible_to(request.actor).with_progress()
    return get_object_or_404(rows, pk=pk)


@require_safe
@in_an_office
def dossier(request: Request, pk: int) -> HttpResponse:
    """一件建议的全部, for its office; the rating only after its window has closed."""
    proposal, today = one(request, pk), clock.today()
    context = pages.dossier(proposal, request.actor, today) | {
        "title": proposal.number or "待审查",
        "repetition": origins.repetition_of([proposal])[proposal.pk],
        "heard": ratings.heard(request.actor, proposal, today),
        "may_void": voiding.may_list(request.actor),
        **supervision.about(proposal, request.actor, today),
        **carrying.about(proposal, request.actor, today),
        "events": timeline(proposal, request.actor, today),
        "no_accept": why_not_accept(request.actor, proposal, today),
        "no_assign": why_not_assign(request.actor, proposal),
        "no_merge": why_not_merge(request.actor, proposal),
        "no_unmerge": why_not_unmerge(request.actor, proposal),
        "no_split": why_not_split(request.actor, proposal),
        "no_publish": why_not_publish(request.actor, proposal),
        "no_withhold": why_not_withhold(request.actor, proposal),
        "no_challenge": why_not_open_challenge(request.actor, proposal),
        "no_lift": why_not_lift_withholding(request.actor, proposal),
    }
    return framed(request, "proposals/dossier.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_an_office
def publish(request: Request, pk: int) -> HttpResponse:
    """公开答复, in the versions that the page showed."""
    proposal, today = one(request, pk), clock.today()
    if request.method != "POST" and not decides(request.actor):
        return redirect("proposals:dossier", pk)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        publication.publish(proposal, by=request.actor, today=today, seen=seen)
        messages.success(request, "答复已公开。")
        return redirect("proposals:review")
    context = pages.dossier(proposal, request.actor, today) | {
        "title": "公开答复",
        "along": proposal.published_along,
        "seen": replies_seen(proposal.handled_as),
        "no_publish": why_not_publish(request.actor, proposal),
        "no_withhold": why_not_withhold(request.actor, proposal, whole=not proposal.unopened),
    }
    return framed(request, "proposals/publish.html", context)
