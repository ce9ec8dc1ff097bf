"""打不开的评价: what the office may ask to be void, and what its director decides."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import framed, in_an_office
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, Request, row_number
from proposals.actions import voiding
from proposals.permissions.voiding import LONGEST_REASON
from proposals.queries import releases
from proposals.queries import voiding as queries
from proposals.queries.congresses import congress_of
from proposals.queries.held_ballots import sorted_by_need
from proposals.views.filtering import year_of


@require_safe
@in_an_office
def unreadable_ratings(request: Request) -> HttpResponse:
    """打不开的评价."""
    return _page(request)


def _page(request: Request, act: str = "", problem: str = "") -> HttpResponse:
    """With a problem nothing was done, and what was ticked and written is still there."""
    if not queries.may_list(request.actor):
        raise PermissionDenied
    by, today, typed = request.actor, clock.today(), request.POST
    year, assembly = year_of(request, today), congress_of(by)
    names = ("rating", "voiding")
    ticked = {row_number(each) for name in names for each in typed.getlist(name)}
    waiting = queries.waiting(by, today)
    lost = queries.unreadable(assembly, year)
    held, rest = sorted_by_need(assembly, year, lost)
    context: dict[str, object] = {
        "title": "打不开的评价",
        "year": year,
        "years": sorted({today.year, *releases.years(assembly), *queries.years(by)}, reverse=True),
        "lost": lost,
        "held": [(each, each.rating.pk in ticked) for each in held],
        "rest": [(each, each.rating.pk in ticked) for each in rest],
        "waiting": [(each, each.voiding.pk in ticked) for each in waiting],
        "decides": any(not each.no_refuse for each in waiting),
        "decided": queries.decided(by, year, today),
        "most": LONGEST_REASON,
        "problem": problem,
        "act": act,
        "reason": typed.get("reason", ""),
        "refusal": typed.get("refusal", ""),
    }
    status = CONFLICT if problem else 200
    return framed(request, "proposals/unreadable_ratings.html", context, status=status)


def _done(request: Request, act: str, does: Callable[[list[int]], str]) -> HttpResponse:
    """The verb on what is ticked; refused, the page stands as it was left."""
    if not queries.may_list(request.actor):
        raise PermissionDenied
    chosen = [row_number(each) for each in request.POST.getlist(act)]
    try:
        messages.success(request, does(chosen))
    except Refused as no:
        return _page(request, act, no.reason)
    query = request.GET.urlencode()
    return redirect(f"{reverse('proposals:unreadable_ratings')}{'?' if query else ''}{query}")


@require_POST
@in_an_office
def request_voiding(request: Request) -> HttpResponse:
    """申请作废."""

    def does(chosen: list[int]) -> str:
        found, why = queries.to_ask(request.actor, chosen), _typed(request, "reason")
        by, today = request.actor, clock.today()
        made = voiding.request_voiding(found, reason=why, by=by, today=today)
        return f"已申请作废 {len(made)} 份，代工委主任会收到通知。"

    return _done(request, "rating", does)


@require_POST
@in_an_office
def approve_voiding(request: Request) -> HttpResponse:
    """同意作废."""

    def does(chosen: list[int]) -> str:
        rows = queries.seen(request.actor).filter(pk__in=chosen)
        made = voiding.approve_voiding(rows, by=request.actor, today=clock.today())
        return f"已作废 {len(made)} 份，都不算评过；评价的代表会收到通知。"

    return _done(request, "voiding", does)


@require_POST
@in_an_office
def refuse_voiding(request: Request) -> HttpResponse:
    """不予作废."""

    def does(chosen: list[int]) -> str:
        rows = queries.seen(request.actor).filter(pk__in=chosen)
        why = _typed(request, "refusal")
        made = voiding.refuse_voiding(rows, reason=why, by=request.actor)
        return f"已答复不予作废 {len(made)} 份，申请的人会收到通知。"

    return _done(request, "voiding", does)


def _typed(request: Request, name: str) -> str:
    """As it was written, a line break being one character."""
    return request.POST.get(name, "").replace("\r\n", "\n")
