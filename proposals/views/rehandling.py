"""重新办理: the office orders in batches."""

from datetime import date
from typing import cast

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import Act, asked
from congress.shared.desk import framed, in_an_office
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, Request, row_number
from proposals.actions import rehandling
from proposals.ballots import UNREADABLE
from proposals.models import Proposal, Rehandling, Reply
from proposals.permissions.rehandling import (
    why_not_prolong_rehandling,
    why_not_take_back_rehandling,
)
from proposals.queries import rehandling as queries
from proposals.queries.congresses import office_of
from proposals.rehandling_forms import ProlongForm, TakeBackForm
from proposals.rules import REHANDLE_EXTRA_MONTHS, REHANDLE_LEAST, REHANDLE_MONTHS, REHANDLE_UNITS
from proposals.views.filtering import none_yet, year_of

BOTH = ["GET", "HEAD", "POST"]
ON_A_PAGE = 30
ONLY = {"orders": "已经要求的", "convene": "双方协商待召集的", "record": "协商结果待记录的"}
"""Lists of orders by themselves, each under its heading."""
TOLD = "已通知承办单位和领衔代表。"


@require_safe
@in_an_office
def rehandlings(request: Request) -> HttpResponse:
    """重新办理: what may be ordered, what is out."""
    return _page(request, {})


def _page(request: Request, typed: dict[int, str], problem: str = "") -> HttpResponse:
    """The newest orders above one year's answers; with `?only=` orders alone, a page at a time."""
    today, by = clock.today(), request.actor
    known = queries.years(by, today)
    year = year_of(request, today, bare=known[0] if known else None)
    only = request.GET.get("only", "")
    whole = only in ONLY
    orders = Paginator(queries.orders(by, today, only), ON_A_PAGE)
    shown = orders.get_page(request.GET.get("page") if whole else 1)
    page = None if whole else _candidates(request, year, today)
    context: dict[str, object] = {
        "title": "重新办理",
        "page": page,
        "lines": [(each, typed.get(each.reply.pk)) for each in page or ()],
        "unreadable": UNREADABLE if any(each.lost for each in page or ()) else "",
        "year": year,
        "years": sorted({today.year, *known}, reverse=True),
        "none_yet": none_yet(request, year, today),
        "shown": shown,
        "whole": whole,
        "heading": ONLY.get(only, ONLY["orders"]),
        "orders": queries.ordered(by, cast("QuerySet[Rehandling]", shown.object_list), today),
        "months": REHANDLE_MONTHS.on(today),
        "least": REHANDLE_LEAST.on(today),
        "units": REHANDLE_UNITS.on(today),
        "problem": problem,
        "here": reverse("proposals:rehandlings"),
        "query": request.GET,
        "office": office_of(by),
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


@require_http_methods(BOTH)
@in_an_office
def prolong_rehandling(request: Request, pk: int) -> HttpResponse:
    """延长期限."""
    order, by, today = _one(request, pk), request.actor, clock.today()
    form = ProlongForm(request.POST or None, most=REHANDLE_EXTRA_MONTHS.on(today))

    def act() -> tuple[str, str]:
        rehandling.prolong_rehandling(order, by=by, today=today, **form.cleaned_data)
        return TOLD, reverse("proposals:rehandlings")

    refusal = why_not_prolong_rehandling(by, order, today)
    return _verb_page(request, "延长重新办理期限", order, form, act, refusal)


@require_http_methods(BOTH)
@in_an_office
def take_back_rehandling(request: Request, pk: int) -> HttpResponse:
    """撤回."""
    order, by, today = _one(request, pk), request.actor, clock.today()
    form = TakeBackForm(request.POST or None)

    def act() -> tuple[str, str]:
        rehandling.take_back_rehandling(order, by=by, today=today, **form.cleaned_data)
        return TOLD, reverse("proposals:rehandlings")

    refusal = why_not_take_back_rehandling(by, order)
    return _verb_page(request, "撤回重新办理要求", order, form, act, refusal)


def _one(request: Request, pk: int) -> Rehandling:
    return get_object_or_404(Rehandling.objects.visible_to(request.actor), pk=pk)


def _verb_page(
    request: Request, title: str, order: Rehandling, form: forms.Form, act: Act, refusal: str | None
) -> HttpResponse:
    return asked(
        request,
        form,
        act,
        template="proposals/convening.html",
        title=title,
        order=order,
        refusal=refusal,
    )
