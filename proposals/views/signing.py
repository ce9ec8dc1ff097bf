"""附议: a deputy reads, signs, and may step back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import refused
from congress.shared.errors import Refused
from congress.shared.http import Request
from deputies.models import Deputy
from proposals.actions import signing
from proposals.models import Cosignature, Proposal
from proposals.permissions import why_not_cosign
from proposals.queries import deputies


@require_safe
def to_cosign(request: Request) -> HttpResponse:
    """等人附议的建议."""
    lines = deputies.to_sign(request.actor, clock.today())
    return render(request, "proposals/to_cosign.html", {"lines": lines})


@require_POST
def cosign(request: Request, pk: int) -> HttpResponse:
    """附议, on the text whose digest the page sent."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.actor), pk=pk)
    deputy = get_object_or_404(Deputy, user=request.user)
    digest, today = request.POST.get("digest", ""), clock.today()
    try:
        signing.cosign(proposal, deputy=deputy, by=request.actor, today=today, digest=digest)
    except Refused as fault:
        if why_not_cosign(request.actor, proposal, deputy, today):
            raise  # not for the text alone
        to = reverse("proposals:detail", args=[pk])
        return refused(request, fault.reason, back=to, again="看改过的正文")
    messages.success(request, "已附议。")
    return redirect("proposals:detail", pk)


@require_POST
def withdraw_signature(request: Request, pk: int) -> HttpResponse:
    """撤回附议."""
    own = Cosignature.objects.filter(deputy__user=request.user)
    signing.withdraw_signature(get_object_or_404(own, pk=pk), by=request.actor)
    messages.success(request, "已撤回附议，领衔代表会收到通知。")
    return redirect("proposals:mine")
