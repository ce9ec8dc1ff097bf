"""审: every decision of the review, from the desk of waiting ones or from a page of its own."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.desk import framed, in_an_office
from congress.shared.errors import Refused
from congress.shared.http import UNPROCESSABLE, Request
from proposals.actions import review as reviewing
from proposals.models import Proposal
from proposals.permissions import why_not_split
from proposals.permissions.assignment import asks_seen
from proposals.queries import pages
from proposals.queries import reviewing as waiting
from proposals.review_forms import (
    AcceptForm,
    LetterForm,
    MergeForm,
    RefuseForm,
    SendBackForm,
    SplitForm,
)
from proposals.views import queue
from proposals.views.desk import one


def _page(request: Request, proposal: Proposal, **forms: Form) -> HttpResponse:
    """The page of its own, or with what is wrong the list from which it was decided."""
    if "list" in request.POST:
        return queue.again(request, proposal, UNPROCESSABLE, **forms)
    today = clock.today()
    context = pages.dossier(proposal, request.actor, today)
    context |= waiting.deciding(proposal, request.actor, today)
    context |= queue.review_forms(proposal) | forms | {"title": "审查"}
    status = UNPROCESSABLE if forms else 200
    return framed(request, "proposals/accept.html", context, status=status)


def _read(request: Request) -> dict[str, Any]:
    """Which text the page showed on which the office decided; empty where the form does not say."""
    return {"digest": request.POST.get("digest", "")}


@require_http_methods(["GET", "HEAD", "POST"])
@in_an_office
def accept(request: Request, pk: int) -> HttpResponse:
    """受理并编号."""
    proposal = one(request, pk)
    form = AcceptForm(request.POST, proposal=proposal)
    if request.method != "POST":
        return _page(request, proposal)
    if not form.is_valid():
        return _page(request, proposal, accept_form=form)
    today = clock.today()
    try:
        said = form.cleaned_data | _read(request)
        proposal = reviewing.accept(proposal, by=request.actor, today=today, **said)
    except Refused as refusal:
        return queue.refused(request, proposal, refusal, accept_form=form)
    messages.success(request, f"已受理，编号 {proposal.number}。")
    if proposal.merged_into:
        messages.success(request, f"已并入 {proposal.merged_into.number}。")
        return queue.onward(request, reverse("proposals:dossier", args=[pk]))
    return queue.onward(request, reverse("proposals:assign", args=[pk]))


@require_POST
@in_an_office
def send_back(request: Request, pk: int) -> HttpResponse:
    """退回修改."""
    proposal, form = one(request, pk), SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal, send_back_form=form)
    try:
        reviewing.send_back(proposal, by=request.actor, **form.cleaned_data, **_read(request))
    except Refused as refusal:
        return queue.refused(request, proposal, refusal, send_back_form=form)
    messages.success(request, "已退回，代表会看到您写的话。")
    return queue.onward(request, reverse("proposals:review"))


@require_POST
@in_an_office
def refuse(request: Request, pk: int) -> HttpResponse:
    """不予受理."""
    proposal, form = one(request, pk), RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal, refuse_form=form)
    try:
        reviewing.refuse(proposal, by=request.actor, **form.cleaned_data, **_read(request))
    except Refused as refusal:
        return queue.refused(request, proposal, refusal, refuse_form=form)
    messages.success(request, "已记为不予受理，代表会看到理由。")
    return queue.onward(request, reverse("proposals:review"))


@require_POST
@in_an_office
def treat_as_letter(request: Request, pk: int) -> HttpResponse:
    """转作来信."""
    proposal, form = one(request, pk), LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal, letter_form=form)
    try:
        said = form.cleaned_data | _read(request)
        reviewing.treat_as_letter(proposal, by=request.actor, **said)
    except Refused as refusal:
        return queue.refused(request, proposal, refusal, letter_form=form)
    messages.success(request, "已转作来信，代表会看到由谁办理。")
    return queue.onward(request, reverse("proposals:review"))


@require_http_methods(["GET", "HEAD", "POST"])
@in_an_office
def merge(request: Request, pk: int) -> HttpResponse:
    """并案."""
    proposal = one(request, pk)
    form = MergeForm(request.POST or None, proposal=proposal)
    if form.is_valid():
        reviewing.merge(proposal, by=request.actor, **form.cleaned_data)
        messages.success(request, "已并案，两件的代表都会得到答复。")
        return redirect("proposals:dossier", pk)
    context = pages.dossier(proposal, request.actor, clock.today())
    context |= waiting.merging(proposal, request.actor) | {"title": "并案", "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return framed(request, "proposals/merge.html", context, status=status)


@require_POST
@in_an_office
def unmerge(request: Request, pk: int) -> HttpResponse:
    """分开办理."""
    reviewing.unmerge(one(request, pk), by=request.actor)
    messages.success(request, "已分开，单独交办。")
    return redirect("proposals:dossier", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@in_an_office
def split(request: Request, pk: int) -> HttpResponse:
    """拆分请求."""
    proposal = one(request, pk)
    kept = "\n".join(proposal.asks.values_list("text", flat=True))
    form = SplitForm(request.POST or None, initial={"asks": kept, "seen": asks_seen(proposal)})
    if form.is_valid():
        reviewing.split(proposal, by=request.actor, **form.cleaned_data)
        messages.success(request, "请求已重新拆分。")
        return redirect("proposals:dossier", pk)
    context = pages.dossier(proposal, request.actor, clock.today())
    context |= {"title": "拆分请求", "form": form}
    context["refusal"] = why_not_split(request.actor, proposal)
    status = UNPROCESSABLE if form.is_bound else 200
    return framed(request, "proposals/split.html", context, status=status)
