"""交: one proposal to its units, with what each already carries in sight."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from congress.shared import clock
from congress.shared.desk import framed, in_an_office
from congress.shared.http import CONFLICT, UNPROCESSABLE, Request
from proposals.actions import assignment
from proposals.assign_forms import AssignForm
from proposals.models import Proposal
from proposals.permissions import why_not_assign
from proposals.permissions.assignment import asks_seen, units_for
from proposals.queries import office, pages
from proposals.views.desk import decides, one


@require_http_methods(["GET", "HEAD", "POST"])
@in_an_office
def assign(request: Request, pk: int) -> HttpResponse:
    """交办, of the asks that the page showed; of others the page comes again with its choices."""
    proposal, today = one(request, pk), clock.today()
    if request.method != "POST" and not decides(request.actor):
        return redirect("proposals:dossier", pk)
    loads = office.loads(units_for(proposal))
    words = {each.unit.pk: each.words for each in loads}
    months = pages.months_to_choose(today)
    form = AssignForm(request.POST or None, proposal=proposal, words=words, months=months)
    late, refusal = _late(request, proposal), why_not_assign(request.actor, proposal)
    if late and not refusal:
        _say(form, late)
    elif form.is_valid():
        seen, shares = request.POST.get("seen", ""), form.shares()
        assignment.assign(proposal, by=request.actor, today=today, shares=shares, seen=seen)
        messages.success(request, "已交办，单位和领衔代表都已收到通知。")
        return redirect("proposals:review")
    context = pages.dossier(proposal, request.actor, today) | {"form": form, "loads": loads}
    context |= {"title": "交办", "refusal": refusal, "seen": asks_seen(proposal)}
    context["due"] = pages.due_if_assigned(today)
    wrong = CONFLICT if late else UNPROCESSABLE
    status = wrong if form.is_bound else 200
    return framed(request, "proposals/assign.html", context, status=status)


def _late(request: Request, proposal: Proposal) -> str | None:
    """Why what was sent is of other asks than those that stand now."""
    if request.method != "POST":
        return None
    seen = request.POST.get("seen", "")
    return why_not_assign(request.actor, proposal, seen=seen)


def _say(form: AssignForm, late: str) -> None:
    """The sentence, and which units were chosen for asks that are there no more."""
    form.errors.clear()
    chosen = form.chosen_for_others()
    form.add_error(None, f"{late}您刚才选的：{chosen}。" if chosen else late)
