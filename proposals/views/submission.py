"""提: a deputy's own pages."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.http import Request
from congress.shared.roles import UNIT
from congress.shared.workflow import refuse_if
from deputies.models import Deputy
from proposals.actions import signing, submission
from proposals.forms import SubmitForm, WordsForm
from proposals.models import Proposal
from proposals.permissions import why_not_resubmit, why_not_submit
from proposals.permissions.submission import kind_on
from proposals.queries import deputies, pages
from proposals.states import Kind

UNPROCESSABLE = 422


@require_safe
def mine(request: Request) -> HttpResponse:
    """我的建议: what waits for the deputy first."""
    lines = deputies.mine(request.actor, clock.today())
    to_sign = Proposal.objects.to_cosign(request.actor).count()
    return render(request, "proposals/mine.html", {"lines": lines, "to_sign": to_sign})


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: Request) -> HttpResponse:
    """提建议."""
    today, lead = clock.today(), get_object_or_404(Deputy, user=request.user)
    session = deputies.session_for(lead, today)
    kind = kind_on(session, today) if session else Kind.INTERSESSION
    refusal = why_not_submit(request.actor, lead, session, kind, today)
    form = SubmitForm(request.POST or None, initial={"token": uuid4()})
    if form.is_valid() and session:
        proposal = submission.submit(
            lead=lead,
            kind=kind,
            session=session,
            by=request.actor,
            today=today,
            **form.cleaned_data,
        )
        messages.success(request, "建议已提出，代工委审查后会告诉您。")
        return redirect(reverse("proposals:detail", args=[proposal.pk]) + "?sent=1")
    if request.method == "POST":
        refuse_if(refusal)
    context = {"form": form, "refusal": refusal, "session": session, "kind": kind.label}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "proposals/submit.html", context, status=status)


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """一件建议, for deputies; a unit and the office have pages of their own."""
    rows = Proposal.objects.visible_to(request.actor).with_progress()
    proposal = get_object_or_404(rows, pk=pk)
    if request.actor.role in UNIT:
        return redirect("proposals:case", pk)
    if request.actor.at_the_desk:
        return redirect("proposals:dossier", pk)
    return render(
        request, "proposals/detail.html", pages.detail(proposal, request.actor, clock.today())
    )


@require_safe
def to_cosign(request: Request) -> HttpResponse:
    """等人附议的建议."""
    rows = Proposal.objects.to_cosign(request.actor).select_related("lead", "delegation")
    return render(
        request, "proposals/to_cosign.html", {"lines": pages.to_sign(rows, clock.today())}
    )


@require_POST
def cosign(request: Request, pk: int) -> HttpResponse:
    """附议."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.actor), pk=pk)
    deputy = get_object_or_404(Deputy, user=request.user)
    signing.cosign(proposal, deputy=deputy, by=request.actor, today=clock.today())
    messages.success(request, "已附议。")
    return redirect("proposals:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def resubmit(request: Request, pk: int) -> HttpResponse:
    """改好再提."""
    today = clock.today()
    proposal = get_object_or_404(Proposal.objects.visible_to(request.actor), pk=pk)
    words = {"title": proposal.title, "facts": proposal.facts, "request": proposal.request}
    form = WordsForm(request.POST or None, initial=words)
    if form.is_valid():
        submission.resubmit(proposal, by=request.actor, today=today, **form.cleaned_data)
        messages.success(request, "已重新提出，代工委会再审查。")
        return redirect("proposals:detail", pk)
    refusal = why_not_resubmit(request.actor, proposal, today)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, "proposal": proposal, "refusal": refusal}
    return render(request, "proposals/resubmit.html", context, status=status)
