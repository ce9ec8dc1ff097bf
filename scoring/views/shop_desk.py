"""积分超市 for the desk: gifts, purses, redemptions, and the stations' months."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import PDF, Request, as_download, row_number, year_named
from congress.shared.models import Area
from scoring.actions import purses as verbs
from scoring.forms.shop import NothingForm
from scoring.models import Grade, Purse, ReviewCycle
from scoring.permissions import why_not_adjust_purse, why_not_open_purses
from scoring.queries import shop_desk as queries
from scoring.queries import shop_months as months
from scoring.queries.counter import counters, counters_with_gifts
from scoring.shop_sheets import gifts_xlsx, month_pdf, month_xlsx, purses_xlsx, redemptions_xlsx
from scoring.shop_states import RedemptionState
from scoring.views.shop_frame import ask

PER_PAGE = 50


def _wanted(request: Request, *names: str) -> dict[str, str]:
    """The filters of the address that say something; a number that is none says nothing."""
    said = {name: request.GET.get(name, "").strip()[:40] for name in names}
    for name in ("area", "grade"):
        if said.get(name) and not row_number(said[name]):
            said[name] = ""
    return {name: value for name, value in said.items() if value}


def _common(title: str, tab: str, wanted: Mapping[str, str]) -> dict[str, object]:
    return {"title": title, "tab": tab, "wanted": wanted, "address": urlencode(wanted)}


@require_safe
@at_the_desk
def gifts(request: Request) -> HttpResponse:
    """积分超市的奖品: of all stations."""
    wanted = _wanted(request, "q", "area", "show", "sort")
    rows = queries.gifts(clock.today(), wanted)
    if "export" in request.GET:
        return as_download(gifts_xlsx(rows), "积分超市奖品.xlsx")
    context = _common("积分超市", "gifts", wanted)
    context |= {"page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}
    context |= {"areas": Area.objects.filter(station__gifts__isnull=False).distinct()}
    context |= {"shows": queries.GIFT_SHOWS.items(), "sorts": queries.GIFT_SORTS.items()}
    context |= {"places": counters(request.actor)}
    return framed(request, "scoring/gifts.html", context)


@require_safe
@at_the_desk
def purses(request: Request) -> HttpResponse:
    """兑换额度: everybody's of a year, and what is still to be opened or put right."""
    today = clock.today()
    year = _year(request, today)
    wanted = _wanted(request, "q", "grade", "sort")
    rows = queries.purses(year, wanted)
    if "export" in request.GET:
        pairs = ((row, getattr(row, "spent", 0)) for row in rows)
        return as_download(purses_xlsx(pairs, year), f"{year}年兑换额度.xlsx")
    context = _common("兑换额度", "purses", wanted | {"year": str(year)})
    context |= {"page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}
    context |= {"year": year, "years": range(today.year + 1, today.year - 5, -1)}
    context |= {"sums": queries.purse_sums(year), "grades": Grade.objects.all()}
    context |= {"sorts": queries.PURSE_SORTS.items()}
    context |= {"to_open": queries.to_open(year, today), "to_adjust": queries.to_adjust(year)}
    context |= {"stands": queries.grades_stand(year)}
    return framed(request, "scoring/purses.html", context)


def _year(request: Request, today: date) -> int:
    asked = year_named(request.GET.get("year", ""))
    return asked if 0 < asked <= today.year + 1 else today.year


@require_http_methods(("GET", "HEAD", "POST"))
@at_the_desk
def open_purses(request: Request, pk: int) -> HttpResponse:
    """开立: whom it touches is said before."""
    rows = ReviewCycle.objects.visible_to(request.actor).select_related("assembly")
    cycle, by, today = get_object_or_404(rows, pk=pk), request.actor, clock.today()
    form = NothingForm(request.POST)
    form.is_bound = request.method == "POST"
    back = f"{reverse('scoring:purses')}?year={cycle.year + 1}"

    def act() -> tuple[str, str]:
        made = verbs.open_purses(cycle, by=by, today=today)
        return (
            f"已为 {len(made)} 名代表开立 {cycle.year + 1} 年的兑换额度，他们都会收到通知。",
            back,
        )

    found = next((x for x in queries.to_open(cycle.year + 1, today) if x.cycle == cycle), None)
    whom = (
        "，".join(f"{name} {n} 人各 {each} 分" for name, n, each in found.counts) if found else ""
    )
    lead = (
        f"按 {cycle.year} 年的等次开立 {cycle.year + 1} 年的兑换额度：{whom or '没有要开立的人'}。"
        "已经开立的不变，每个人都会收到通知。"
    )
    refusal = why_not_open_purses(by, cycle, today) or ("" if found else "都已经开立了。")
    context: dict[str, Any] = {
        "title": "开立兑换额度",
        "verb_label": "开立",
        "lead": lead,
        "refusal": refusal,
    }
    return ask(request, form, act, back=back, **context)


@require_http_methods(("GET", "HEAD", "POST"))
@at_the_desk
def adjust_purse(request: Request, pk: int) -> HttpResponse:
    """按更正后的等次调整: what follows is said before."""
    row = get_object_or_404(Purse.objects.visible_to(request.actor).select_related("deputy"), pk=pk)
    by, today = request.actor, clock.today()
    form = NothingForm(request.POST)
    form.is_bound = request.method == "POST"
    back = f"{reverse('scoring:purses')}?year={row.year}"

    def act() -> tuple[str, str]:
        line = verbs.adjust_purse(row, by=by, today=today)
        return f"{row.deputy.name}的兑换分调整 {line.available:+d} 分。", back

    lead = (
        f"{row.deputy.name} {row.year - 1} 年的等次更正了，按更正后的等次增减兑换分。"
        f"现在可用 {row.available} 分，减到零为止；已经预留和领取的不受影响。"
    )
    context: dict[str, Any] = {
        "title": "调整兑换额度",
        "verb_label": "调整",
        "lead": lead,
        "back": back,
    }
    return ask(request, form, act, refusal=why_not_adjust_purse(by, row, today), **context)


@require_safe
@at_the_desk
def redemptions(request: Request) -> HttpResponse:
    """兑换记录: what was reserved, handed out, cancelled and taken back."""
    wanted = _wanted(request, "q", "state")
    rows = queries.redemptions(wanted)
    if "export" in request.GET:
        return as_download(redemptions_xlsx(rows), "积分超市兑换记录.xlsx")
    context = _common("兑换记录", "redemptions", wanted)
    context |= {"page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}
    context |= {"states": RedemptionState.choices}
    return framed(request, "scoring/redemptions.html", context)


@require_safe
@at_the_desk
def shop_months(request: Request) -> HttpResponse:
    """各家站的月报."""
    today = clock.today()
    month = _month(request, today)
    page = Paginator(counters_with_gifts(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = _common("积分超市月报", "months", {"month": f"{month:%Y-%m}"})
    context |= {
        "page": page,
        "rows": months.months_of(month, list(page.object_list)),
        "month": month,
    }
    context |= {"months": months.months_known(today)}
    return framed(request, "scoring/shop_months.html", context)


def _month(request: Request, today: date) -> date:
    """2026-11 in the address; this month for nothing."""
    said = request.GET.get("month", "")
    try:
        found = parse_date(f"{said}-01") if said else today
    except ValueError:
        found = None
    if found is None or found > today or found.year < 2000:
        raise BadRequest("no such month")
    return months.first_of(found)


@require_safe
def shop_sheet(request: Request, pk: int) -> HttpResponse:
    """一个家站一个月的月报, on paper or as a spreadsheet."""
    station = get_object_or_404(counters(request.actor), pk=pk)
    today = clock.today()
    sheet = months.month_sheet(station, _month(request, today), today)
    if request.GET.get("as") == "xlsx":
        return as_download(month_xlsx(sheet), f"{sheet.title}.xlsx")
    return as_download(month_pdf(sheet, clock.now()), f"{sheet.title}.pdf", PDF)
