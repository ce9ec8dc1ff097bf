"""重新办理: the office orders in batches."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import framed, in_an_office
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, Request, row_number
from proposals.actions import rehandling
from proposals.models import Proposal, Rehandling, Reply
from proposals.queries import rehandling as queries
from proposals.rules import REHANDLE_LEAST, REHANDLE_MONTHS, REHANDLE_UNITS

ON_A_PAGE = 30


@require_safe
@in_an_office
def rehandlings(request: Request) -> HttpResponse:
    """重新办理: what may be ordered, what is out."""
    return _page(request, {})


def _page(request: Request, typed: dict[int, str], problem: str = "") -> HttpResponse:
    """The newest orders above one year's answers; `?only=orders` all orders, a page at a time."""
    today, by = clock.today(), request.actor
    year = row_number(request.GET.get("year", "")) or today.year
    orders = Paginator(queries.orders(by), ON_A_PAGE)
    whole = request.GET.get("only") == "orders"
    shown = orders.get_page(request.GET.get("page") if whole else 1)
    page = None if whole else _candidates(request, year, today)
    context: dict[str, object] = {
        "title": "重新办理",
        "page": page,
        "lines": [(each, typed.get(each.reply.pk)) for each in page or ()],
        "year": year,
        "years": [today.year - back for back in range(4)],
        "shown": shown,
        "whole": whole,
        "orders": queries.ordered(by, cast("QuerySet[Rehandling]", shown.object_list), today),
        "months": REHANDLE_MONTHS.on(today),
        "least": REHANDLE_LEAST.on(today),
        "units": REHANDLE_UNITS.on(today),
        "problem": problem,
    }
    return framed(
        request, "proposals/rehandlings.html", context, status=CONFLICT if problem else 200
    )


def _candidates(request: Request, year: int, today: date) -> "Page[queries.Candidate]":
    found = queries.candidates(request.actor, today, year)
    return Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))


@require_POST
@in_an_office
def order_rehandling(request: Request) -> HttpResponse:
    """要求重新办理: those that are ticked, as one batch; what was typed comes back."""
    chosen = [row_number(each) for each in request.POST.getlist("reply")]
    typed = {pk: request.POST.get(f"words_{pk}", "").replace("\r\n", "\n") for pk in chosen}
    seen = Proposal.objects.visible_to(request.actor)
    replies = Reply.objects.filter(pk__in=chosen, assignment__proposal__in=seen)
    orders = [(reply, typed[reply.pk]) for reply in replies]
    try:
        made = rehandling.order_rehandling(orders, by=request.actor, today=clock.today())
    except Refused as refusal:
        return _page(request, typed, str(refusal))
    messages.success(request, f"已要求重新办理 {len(made)} 件，单位经办人和负责人都收到了。")
    return redirect("proposals:rehandlings")
