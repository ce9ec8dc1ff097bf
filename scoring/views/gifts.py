"""上架、进货、报损、下架: the pages of a station's stock."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.http import Request
from scoring.actions import gifts as verbs
from scoring.forms.shop import CountForm, NothingForm, OfferForm, StockForm, WriteOffForm
from scoring.models import Gift, WriteOff
from scoring.permissions import (
    why_not_ask_write_off,
    why_not_count_gift,
    why_not_offer_again,
    why_not_offer_gift,
    why_not_stock_gift,
    why_not_withdraw_gift,
)
from scoring.queries import counter as queries
from scoring.views.shop_frame import ask
from stations.models import Station

BOTH = ("GET", "HEAD", "POST")


def _gift(request: Request, pk: int) -> Gift:
    rows = Gift.objects.of_desk(request.actor).select_related("station")
    return get_object_or_404(rows, pk=pk)


def _back(gift: Gift) -> str:
    return reverse("scoring:counter", args=[gift.station_id])


@require_http_methods(BOTH)
def offer_gift(request: Request, pk: int) -> HttpResponse:
    """上架奖品 at one station."""
    station = get_object_or_404(queries.counters(request.actor), pk=pk)
    form, by, today = (
        OfferForm(request.POST or None, request.FILES or None),
        request.actor,
        clock.today(),
    )
    back = reverse("scoring:counter", args=[pk])

    def act() -> tuple[str, str]:
        count = form.cleaned_data["count"]
        gift = verbs.offer_gift(station, offer=form.offer, count=count, by=by, today=today)
        return f"“{gift.name}”已上架 {count} 件，代表在手机上就看得到。", back

    refusal = why_not_offer_gift(by, station)
    context: dict[str, Any] = {
        "title": f"{station.name}上架奖品",
        "verb_label": "上架",
        "refusal": refusal,
    }
    return ask(request, form, act, field="name", back=back, **context)


@require_http_methods(BOTH)
def stock_gift(request: Request, pk: int) -> HttpResponse:
    """进货."""
    gift, by = _gift(request, pk), request.actor
    form = StockForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.stock_gift(gift, **form.cleaned_data, by=by, today=clock.today())
        return f"“{gift.name}”进货 {form.cleaned_data['count']} 件，已登记。", _back(gift)

    lead = f"{gift.station.name}“{gift.name}”现有 {gift.on_shelf} 件，其中 {gift.held} 件有人预留。"
    context: dict[str, Any] = {
        "title": "登记进货",
        "verb_label": "登记进货",
        "lead": lead,
        "back": _back(gift),
    }
    return ask(request, form, act, field="count", refusal=why_not_stock_gift(by, gift), **context)


@require_http_methods(BOTH)
def withdraw_gift(request: Request, pk: int) -> HttpResponse:
    """下架, after a page that says what follows."""
    gift, by = _gift(request, pk), request.actor
    form = NothingForm(request.POST)
    form.is_bound = request.method == "POST"

    def act() -> tuple[str, str]:
        verbs.withdraw_gift(gift, by=by)
        return f"“{gift.name}”已下架。", _back(gift)

    lead = (
        f"下架“{gift.name}”：不能再预留；已经预留的 {gift.held} 件照样领取，"
        f"剩下的 {gift.left} 件留在库存里，以后可以重新上架，坏了再报损。"
    )
    context: dict[str, Any] = {
        "title": "下架奖品",
        "verb_label": "下架",
        "lead": lead,
        "back": _back(gift),
    }
    return ask(request, form, act, refusal=why_not_withdraw_gift(by, gift), **context)


@require_http_methods(BOTH)
def offer_again(request: Request, pk: int) -> HttpResponse:
    """重新上架, after a page that says with how many."""
    gift, by = _gift(request, pk), request.actor
    form = NothingForm(request.POST)
    form.is_bound = request.method == "POST"

    def act() -> tuple[str, str]:
        verbs.offer_again(gift, by=by)
        return f"“{gift.name}”重新上架，还有 {gift.left} 件可以预留。", _back(gift)

    context: dict[str, Any] = {
        "title": "重新上架",
        "verb_label": "重新上架",
        "lead": f"“{gift.name}”重新上架，{gift.price} 兑换分，还有 {gift.left} 件可以预留。",
        "back": _back(gift),
    }
    return ask(request, form, act, refusal=why_not_offer_again(by, gift), **context)


@require_http_methods(BOTH)
def count_gift(request: Request, pk: int) -> HttpResponse:
    """盘点: what was counted, and why it is not what the books say."""
    gift, by = _gift(request, pk), request.actor
    form = CountForm(request.POST or None)

    def act() -> tuple[str, str]:
        more = verbs.count_gift(gift, **form.cleaned_data, by=by, today=clock.today())
        if more < 0:
            said = f"少 {-more} 件，已提出报损，等另一位办理的人复核。"
        else:
            said = f"多 {more} 件，已登记入库。" if more else "账实相符。"
        return f"“{gift.name}”盘点 {form.cleaned_data['counted']} 件，{said}", _back(gift)

    context: dict[str, Any] = {
        "title": "盘点",
        "verb_label": "登记盘点",
        "lead": f"“{gift.name}”账上 {gift.on_shelf} 件，其中 {gift.held} 件有人预留。"
        "数一数架上实有几件；少了的按报损办，要另一位办理的人复核。",
        "back": _back(gift),
    }
    refusal = why_not_count_gift(by, gift)
    return ask(request, form, act, field="counted", refusal=refusal, **context)


@require_http_methods(BOTH)
def ask_write_off(request: Request, pk: int) -> HttpResponse:
    """提出报损."""
    gift, by = _gift(request, pk), request.actor
    form = WriteOffForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.ask_write_off(gift, **form.cleaned_data, by=by, today=clock.today())
        return "已提出报损，等另一位办理的人复核。", _back(gift)

    lead = f"“{gift.name}”没有预留的有 {gift.left} 件。报损要另一位办理的人复核才算数。"
    context: dict[str, Any] = {
        "title": "报损",
        "verb_label": "提出报损",
        "lead": lead,
        "back": _back(gift),
    }
    refusal = why_not_ask_write_off(by, gift)
    return ask(request, form, act, field="count", refusal=refusal, **context)


def _write_off(request: Request, pk: int) -> WriteOff:
    rows = WriteOff.objects.filter(gift__station__in=Station.objects.run_by(request.actor))
    return get_object_or_404(rows.select_related("gift"), pk=pk)


@require_POST
def write_off(request: Request, pk: int) -> HttpResponse:
    """复核报损."""
    row = verbs.write_off(_write_off(request, pk), by=request.actor, today=clock.today())
    messages.success(request, f"“{row.gift.name}”已报损 {row.count} 件。")
    return redirect("scoring:counter", row.gift.station_id)


@require_POST
def drop_write_off(request: Request, pk: int) -> HttpResponse:
    """不报损了."""
    row = verbs.drop_write_off(_write_off(request, pk), by=request.actor)
    messages.success(request, "这次报损已撤下，库存不变。")
    return redirect("scoring:counter", row.gift.station_id)
