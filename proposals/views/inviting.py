"""邀请附议: the lead asks by name, whoever was asked answers."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.http import Request
from proposals.actions import invitations
from proposals.models import Invitation, Proposal
from proposals.permissions import why_not_invite
from proposals.queries.invitations import MOST, found
from proposals.raise_forms import InviteForm


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request, pk: int) -> HttpResponse:
    """邀请附议: find deputies in one box, tick them off; who is ticked stays through a search."""
    proposal = get_object_or_404(Proposal.objects.led_by(request.actor), pk=pk)
    by, today = request.actor, clock.today()
    to_act = request.method == "POST" and "find" not in request.POST
    form = InviteForm(request.POST if to_act else None, proposal=proposal, today=today)

    def act() -> tuple[str, str]:
        chosen = list(form.cleaned_data["deputies"])
        rows = invitations.invite(proposal, deputies=chosen, by=by, today=today)
        said = f"已邀请 {len(rows)} 位代表，他们会收到通知。"
        return said, reverse("proposals:detail", args=[pk]) + "#invitations"

    shown = _to_choose_from(request, proposal, today)
    shown |= {"proposal": proposal, "refusal": why_not_invite(by, proposal, today)}
    page = "proposals/invite.html"
    return asked(request, form, act, template=page, field="deputies", desk=False, **shown)


def _to_choose_from(request: Request, proposal: Proposal, today: date) -> dict[str, object]:
    """What was typed, who answers to it, and who is ticked off."""
    q, picked = typed(request), request.POST.getlist("deputies")
    hits = found(proposal, q, today, numbers(picked))
    return {"q": q, "hits": hits, "most": MOST, "picked": set(picked)}


def typed(request: Request) -> str:
    return str(request.POST.get("q", request.GET.get("q", "")))


def numbers(picked: list[str]) -> list[int]:
    """The keys among what was ticked off; what is none finds nobody."""
    return [int(each) for each in picked if each.isdecimal() and len(each) < 10]


@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """不附议."""
    invitation = get_object_or_404(Invitation.objects.of(request.actor), pk=pk)
    invitations.decline(invitation, by=request.actor)
    messages.success(request, "已答复不附议，领衔代表会收到通知。改了主意，受理之前还能附议。")
    return redirect("proposals:to_cosign")


@require_POST
def withdraw_invitation(request: Request, pk: int) -> HttpResponse:
    """取消邀请."""
    invitation = get_object_or_404(Invitation.objects.by_lead(request.actor), pk=pk)
    invitations.withdraw_invitation(invitation, by=request.actor)
    messages.success(request, "已取消邀请，对方会收到通知。")
    return redirect(reverse("proposals:detail", args=[invitation.proposal_id]) + "#invitations")
