"""兑换台: the keeper's one screen; type or scan the code, see the name, hand out."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import refused_in, status_of
from congress.shared.errors import Refused
from congress.shared.http import Request, row_number
from scoring.actions import handing
from scoring.forms.shop import CodeForm, ReversalForm, figures
from scoring.models import Redemption, Reversal
from scoring.permissions import why_not_ask_reversal, why_not_check_code
from scoring.queries import counter as queries
from scoring.queries.shop_months import two_months
from scoring.views.shop_frame import ask, shown
from stations.models import Station

BOTH = ("GET", "HEAD", "POST")
WAITING, PLACES = 20, 30
FOUND = "shop_found"
WRONG = "没有这个取货码，请看代表手机上的六位数再输一次。"


def _station(request: Request, pk: int) -> Station:
    return get_object_or_404(queries.counters(request.actor), pk=pk)


@require_safe
def counters(request: Request) -> HttpResponse:
    """兑换台: that of the one place one keeps, or the list of several."""
    rows = queries.counters_with_gifts(request.actor)
    if rows.count() == 1:
        return redirect("scoring:counter", rows.get().pk)
    page = Paginator(rows, PLACES).get_page(request.GET.get("page"))
    return shown(request, "scoring/counters.html", {"title": "积分超市兑换台", "page": page})


@require_safe
def counter(request: Request, pk: int) -> HttpResponse:
    """兑换台 of one station; the code may come filled in from the tablet's camera."""
    station = _station(request, pk)
    code = figures(request.GET.get("code", ""))
    found = _just_found(request, station)
    return _screen(request, station, CodeForm(initial={"code": code}), found=found)


def _just_found(request: Request, station: Station) -> Redemption | None:
    """What the code typed a moment ago opened: shown once, so that going back asks for nothing."""
    pk = request.session.pop(FOUND, None)
    rows = Redemption.objects.held().filter(pk=pk, gift__station=station)
    return queries.with_people(rows).first() if pk else None


@require_safe
def go_counter(request: Request) -> HttpResponse:
    """打开一个家站的兑换台, chosen from a list."""
    return redirect("scoring:counter", row_number(request.GET.get("station", "")))


def _screen(
    request: Request, station: Station, form: CodeForm, *, found: Redemption | None = None
) -> HttpResponse:
    by, name = request.actor, request.GET.get("q", "").strip()[:20]
    rows = queries.waiting(station, name)
    context = {
        "title": f"{station.name}积分超市",
        "station": station,
        "back": "/",
        "form": form,
        "found": found,
        "group": queries.group_of(found) if found else "",
        "refusal": why_not_check_code(by, station, now=clock.now()),
        "q": name,
        "page": Paginator(rows, WAITING).get_page(request.GET.get("page")),
        "gifts": queries.stock(station),
        "asked": queries.asked(station, by),
        "lately": queries.lately(station, by),
        "months": two_months(clock.today()),
    }
    return shown(request, "scoring/counter.html", context, status=status_of(form))


@require_POST
def check_code(request: Request, pk: int) -> HttpResponse:
    """核对取货码: whose it is is shown before anything is handed out."""
    station, form = _station(request, pk), CodeForm(request.POST)
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            found = handing.check_code(station, code=code, by=request.actor, today=clock.today())
            if found is None:
                raise Refused(WRONG)
        except Refused as no:
            refused_in(form, "code", no)
        else:
            request.session[FOUND] = found.pk
            return redirect("scoring:counter", pk)
    return _screen(request, station, form)


@require_POST
def hand_out(request: Request, pk: int) -> HttpResponse:
    """发放: what was shown a moment ago, by the same code."""
    station, form = _station(request, pk), CodeForm(request.POST)
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            row = handing.hand_out(station, code=code, by=request.actor, today=clock.today())
            if row is None:
                raise Refused(WRONG)
        except Refused as no:
            refused_in(form, "code", no)
        else:
            messages.success(request, f"“{row.gift.name}”已发给{row.purse.deputy.name}。")
            return redirect("scoring:counter", pk)
    return _screen(request, station, form)


@require_http_methods(BOTH)
def ask_reversal(request: Request, pk: int) -> HttpResponse:
    """提出冲回: of one hand-out."""
    rows = Redemption.objects.filter(gift__station__in=Station.objects.run_by(request.actor))
    row = get_object_or_404(rows.select_related("gift__station", "purse__deputy"), pk=pk)
    form, by = ReversalForm(request.POST or None), request.actor
    back = reverse("scoring:counter", args=[row.gift.station_id])

    def act() -> tuple[str, str]:
        handing.ask_reversal(row, **form.cleaned_data, by=by, today=clock.today())
        return "已提出冲回，等另一位办理的人复核，复核以后额度退回。", back

    name = row.purse.deputy.name
    lead = f"“{row.gift.name}”发给了{name}。冲回要另一位办理的人复核，退还 {row.price} 兑换分。"
    refusal = why_not_ask_reversal(by, row)
    context: dict[str, Any] = {
        "title": "冲回发放",
        "verb_label": "提出冲回",
        "lead": lead,
        "refusal": refusal,
    }
    return ask(request, form, act, field="reason", back=back, **context)


def _reversal(request: Request, pk: int) -> Reversal:
    run = Station.objects.run_by(request.actor)
    rows = Reversal.objects.filter(redemption__gift__station__in=run)
    return get_object_or_404(rows.select_related("redemption__gift"), pk=pk)


@require_POST
def reverse_hand_out(request: Request, pk: int) -> HttpResponse:
    """复核冲回."""
    row = handing.reverse_hand_out(_reversal(request, pk), by=request.actor, today=clock.today())
    messages.success(request, f"已冲回，退还 {row.price} 兑换分。")
    return redirect("scoring:counter", row.gift.station_id)


@require_POST
def drop_reversal(request: Request, pk: int) -> HttpResponse:
    """不冲回了."""
    row = handing.drop_reversal(_reversal(request, pk), by=request.actor)
    messages.success(request, "这次冲回已撤下，发放照旧。")
    return redirect("scoring:counter", row.redemption.gift.station_id)
