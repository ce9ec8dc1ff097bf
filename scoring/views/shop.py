"""积分超市 on a deputy's phone: look, reserve, show the code, cancel."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.http import Request, row_number
from deputies.models import Deputy
from scoring.actions import redeeming
from scoring.forms.shop import CancelForm, NothingForm, ReserveForForm, ReserveForm
from scoring.models import Gift, Redemption
from scoring.permissions import why_not_cancel_hold, why_not_reserve
from scoring.permissions.shop import runs_shop, why_not_on_offer
from scoring.queries import purses
from scoring.queries import shop as queries
from scoring.rules import HOLD_DAYS
from scoring.views.shop_frame import ask

BOTH = ("GET", "HEAD", "POST")
GIFTS, BEFORE = 20, 10
NO_DEPUTY = "这个账号不是代表的，积分超市请用代表本人的账号打开。"


def _deputy(request: Request) -> Deputy:
    deputy = Deputy.objects.of_user(request.user).first()
    if deputy is None:
        raise Refused(NO_DEPUTY)
    return deputy


@require_safe
def shop(request: Request) -> HttpResponse:
    """积分超市: the purse, what waits, and what can be had."""
    deputy, today = _deputy(request), clock.today()
    card, own = queries.purse_card(deputy, today), queries.own_station(deputy, today)
    name, area = request.GET.get("q", "").strip()[:30], row_number(request.GET.get("area", ""))
    gifts = queries.on_offer(own, today, name=name, area=area)
    page = Paginator(gifts, GIFTS).get_page(request.GET.get("page"))
    context = {
        "card": card,
        "why_none": "" if card else purses.why_no_purse(deputy, today),
        "holds": queries.holds(deputy, today),
        "page": page,
        "shelves": queries.shelves(list(page), deputy, own, today),
        "areas": queries.townships_with_gifts(today),
        "area": area,
        "q": name,
        "history": Paginator(queries.history(deputy), BEFORE).get_page(request.GET.get("before")),
        "lines": card.purse.lines.select_related("redemption__gift").order_by("-pk")
        if card
        else (),
    }
    return render(request, "scoring/shop.html", context)


@require_http_methods(BOTH)
def reserve(request: Request, pk: int) -> HttpResponse:
    """预留: by the deputy for oneself, or at the counter for one who is there."""
    gift = get_object_or_404(Gift.objects.select_related("station__area"), pk=pk)
    if runs_shop(request.actor, gift.station):
        return _reserve_for(request, gift)
    deputy, today, by = _deputy(request), clock.today(), request.actor
    form, back = ReserveForm(request.POST or None), reverse("scoring:shop")
    card = queries.purse_card(deputy, today)

    def act() -> tuple[str, str]:
        token = form.cleaned_data["token"]
        row = redeeming.reserve(gift, deputy=deputy, token=token, by=by, today=today)
        until = f"{row.until.month} 月 {row.until.day} 日"
        return f"“{gift.name}”已预留，{until}前到{gift.station.name}出示取货码领取。", back

    refusal = why_not_reserve(by, deputy, gift, card.purse if card else None, today=today)
    context: dict[str, Any] = {
        "title": "预留奖品",
        "gift": gift,
        "card": card,
        "left": card.purse.available - gift.price if card else 0,
        "days": HOLD_DAYS.on(today),
        "verb_label": "预留",
        "back": back,
        "refusal": refusal or ("" if card else purses.why_no_purse(deputy, today)),
    }
    return ask(request, form, act, template="scoring/shop_reserve.html", **context)


def _reserve_for(request: Request, gift: Gift) -> HttpResponse:
    """代为预留: first the name, then which of those who have it; the code is for the deputy."""
    today, by = clock.today(), request.actor
    name = request.GET.get("q", "").strip()[:20]
    form = ReserveForForm(request.POST or None, name=name, today=today)
    back = reverse("scoring:counter", args=[gift.station_id])

    def act() -> tuple[str, str]:
        deputy, token = form.chosen.deputy, form.cleaned_data["token"]
        row = redeeming.reserve(gift, deputy=deputy, token=token, by=by, today=today)
        said = f"已为{deputy.name}预留“{gift.name}”，取货码 {row.code}，请写给本人，"
        return f"{said}本人也会收到通知。领的时候由另一个人发放，您自己不能发。", back

    context: dict[str, Any] = {
        "title": "代为预留奖品",
        "gift": gift,
        "q": name,
        "nobody": bool(name) and not form.people,
        "found": bool(form.people),
        "days": HOLD_DAYS.on(today),
        "verb_label": "代为预留",
        "back": back,
        "refusal": why_not_on_offer(gift, today) or ("" if gift.left else "已经预留完了。"),
    }
    return ask(
        request, form, act, template="scoring/shop_reserve_for.html", field="purse", **context
    )


@require_http_methods(BOTH)
def cancel_hold(request: Request, pk: int) -> HttpResponse:
    """取消预留: by the deputy, or at the counter, which says why."""
    rows = Redemption.objects.visible_to(request.actor)
    row = get_object_or_404(rows.select_related("gift__station", "purse__deputy"), pk=pk)
    by, deputy, gift = request.actor, row.purse.deputy, row.gift
    own = by.same_person(deputy.user_id)
    form = NothingForm(request.POST) if own else CancelForm(request.POST or None)
    form.is_bound = request.method == "POST"
    counter = reverse("scoring:counter", args=[gift.station_id])
    back = reverse("scoring:shop") if own else counter

    def act() -> tuple[str, str]:
        redeeming.cancel_hold(row, why=form.cleaned_data.get("why", ""), by=by)
        return f"“{gift.name}”的预留已取消，{row.price} 兑换分已退回。", back

    whose = "" if own else f"{deputy.name}的"
    context: dict[str, Any] = {
        "title": "取消预留",
        "lead": f"取消{whose}“{gift.name}”：这一件可以让别人预留，{row.price} 兑换分退回。",
        "verb_label": "取消预留",
        "back": back,
        "refusal": why_not_cancel_hold(by, row),
    }
    return ask(request, form, act, field=None if own else "why", **context)


@require_safe
def gift_picture(request: Request, pk: int) -> FileResponse:
    """奖品照片: never run but as a picture."""
    gift = get_object_or_404(Gift.objects.exclude(picture=""), pk=pk)
    response = FileResponse(gift.picture.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = f'inline; filename="gift-{gift.pk}.jpg"'
    response["Cache-Control"] = "private, max-age=86400"
    return response
