"""评: the deputy's rating."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.http import CONFLICT, UNPROCESSABLE, Request
from congress.shared.roles import Role
from proposals.actions import evaluation
from proposals.models import Proposal, Reply
from proposals.permissions import why_not_rate
from proposals.permissions.evaluation import to_mark
from proposals.queries import ratings, receipts
from proposals.queries.pages import to_rate
from proposals.rate_forms import RateForm
from proposals.views.origins import known_device, traces


@require_safe
def rate_proposal(request: Request, pk: int) -> HttpResponse:
    """Where older notices lead: to the reply that waits for this deputy, else to the proposal."""
    rows = Proposal.objects.visible_to(request.actor).with_progress()
    proposal = get_object_or_404(rows, pk=pk)
    found = to_rate(proposal, request.actor, clock.today())
    waits = next((each.reply for each in found if not each.rated), None)
    if waits:
        return redirect("proposals:rate", waits.pk, permanent=True)
    return redirect("proposals:detail", pk, permanent=True)


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: Request, pk: int) -> HttpResponse:
    """评价 one unit's 答复: for the lead deputy; nobody else finds this page.

    What was typed about a version that is no more the newest stands on the page of the newest.
    """
    today = clock.today()
    reply = get_object_or_404(ratings.to_rate(request.actor), pk=pk)
    newest = reply.assignment.reply
    if newest and newest != reply and request.method == "POST":
        return _anew(request, newest, request.POST.get("words", ""))
    if newest and newest != reply:
        messages.info(request, f"单位又作了第 {newest.version} 版答复，请看过再评价这一版。")
        return redirect("proposals:rate", newest.pk)
    context = ratings.page(reply, request.actor, today)
    before = context["before"].words if context["before"] else ""
    form = RateForm(request.POST or None, **_asked(request, reply), words=before)
    if form.is_valid():
        by, origins = request.actor, traces(request)
        code = evaluation.rate(reply, by=by, today=today, origins=origins, **form.said).code
        messages.success(request, f"评价已收到，承办单位看不到。截止前都能改。回执码 {code}。")
        return redirect("proposals:rated", reply.pk)
    context |= {"form": form, "refusal": why_not_rate(request.actor, reply, today)}
    status = UNPROCESSABLE if form.is_bound else 200
    page = render(request, "proposals/rate.html", context, status=status)
    return known_device(request, page)


def _asked(request: Request, reply: Reply) -> dict[str, Any]:
    """What the form asks of this reply, in all that its reader may read of it."""
    answers = to_mark(request.actor, reply)
    return {"session": reply.assignment.proposal.session, "answers": answers}


def _anew(request: Request, newest: Reply, words: str) -> HttpResponse:
    """The page of the newest version with the words typed about an older one, nothing rated."""
    form = RateForm(**_asked(request, newest), words=words)
    context = ratings.page(newest, request.actor, clock.today())
    kept = "您写的话还在，" if words.strip() else ""
    context |= {
        "form": form,
        "refusal": why_not_rate(request.actor, newest, clock.today()),
        "late": f"单位又作了第 {newest.version} 版答复，刚才的评价没有交；{kept}请看过这一版再评。",
        "action": reverse("proposals:rate", args=[newest.pk]),
    }
    return render(request, "proposals/rate.html", context, status=CONFLICT)


@require_safe
def rated(request: Request, pk: int) -> HttpResponse:
    """评价回执: the code, for the author alone; the value stands nowhere on it."""
    reply = get_object_or_404(ratings.to_rate(request.actor), pk=pk)
    rating = get_object_or_404(ratings.own(request.actor, reply))
    context = {
        "reply": reply,
        "proposal": reply.assignment.proposal,
        "rating": rating,
        "kind": "评价",
        "again": reverse("proposals:rate", args=[pk]),
    }
    return render(request, "proposals/rated.html", context)


@require_safe
def rating_receipt(request: Request) -> HttpResponse:
    """查回执: whether a code is in the trail. For deputies of their own, and for the desk."""
    if not (request.actor.is_a(Role.DEPUTY) or request.actor.at_the_desk):
        raise Http404
    typed = request.GET.get("code", "")
    context = {"typed": typed, "found": receipts.look_up(request.actor, typed) if typed else None}
    return render(request, "proposals/rating_receipt.html", context)
