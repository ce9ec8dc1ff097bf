"""查账: what must be true of the shop, computed anew from its lines and compared."""

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from scoring.models import Gift, Purse, PurseLineKind, Redemption, StockKind
from scoring.models.gifts import COMES_IN
from scoring.shop_states import RedemptionState

STATES_LINES = {
    RedemptionState.HELD: (1, 0, 0, 0),
    RedemptionState.HANDED_OUT: (1, 0, 1, 0),
    RedemptionState.CANCELLED: (1, 1, 0, 0),
    RedemptionState.EXPIRED: (1, 1, 0, 0),
    RedemptionState.REVERSED: (1, 0, 1, 1),
}
"""By state: how many lines of holding, releasing, spending and reversing a redemption has."""
KINDS = (
    PurseLineKind.HOLD,
    PurseLineKind.RELEASE,
    PurseLineKind.SPEND,
    PurseLineKind.REVERSAL,
)


def shop_faults() -> list[str]:
    """Balances that are not what their lines come to, and holds that ended otherwise than once."""
    return [*_purses(), *_holds_of_purses(), *_stock(), *_holds_of_gifts(), *_redemptions()]


def _purses() -> list[str]:
    free, waits = Coalesce(Sum("lines__available"), 0), Coalesce(Sum("lines__held"), 0)
    rows = Purse.objects.annotate(free=free, waits=waits)
    off = rows.exclude(available=F("free"), held=F("waits")).order_by("pk")
    found = off.values_list("deputy__name", "year", "available", "held", "free", "waits")
    return [
        f"积分超市：{name} {year} 年兑换额度记着可用 {has}、预留 {holds}，"
        f"明细合计是 {free}、{waits}"
        for name, year, has, holds, free, waits in found
    ]


def _holds_of_purses() -> list[str]:
    waiting = Q(redemptions__state=RedemptionState.HELD)
    waits = Coalesce(Sum("redemptions__price", filter=waiting), 0)
    rows = Purse.objects.annotate(waits=waits).exclude(held=F("waits")).order_by("pk")
    return [
        f"积分超市：{name} {year} 年兑换额度记着预留 {holds}，待领取的合计是 {waits}"
        for name, year, holds, waits in rows.values_list("deputy__name", "year", "held", "waits")
    ]


def _stock() -> list[str]:
    came = Coalesce(Sum("moves__count", filter=Q(moves__kind__in=COMES_IN)), 0)
    gone = (StockKind.HANDED_OUT, StockKind.WRITTEN_OFF)
    went = Coalesce(Sum("moves__count", filter=Q(moves__kind__in=gone)), 0)
    rows = Gift.objects.annotate(left_over=came - went).exclude(on_shelf=F("left_over"))
    found = rows.order_by("pk").values_list("station__name", "name", "on_shelf", "left_over")
    return [
        f"积分超市：{station}“{name}”记着库存 {has} 件，进出合计是 {left} 件"
        for station, name, has, left in found
    ]


def _holds_of_gifts() -> list[str]:
    waiting = Q(redemptions__state=RedemptionState.HELD)
    rows = Gift.objects.annotate(waits=Count("redemptions", filter=waiting))
    off = rows.exclude(held=F("waits")).order_by("pk")
    return [
        f"积分超市：{station}“{name}”记着预留 {holds} 件，待领取的有 {waits} 件"
        for station, name, holds, waits in off.values_list("station__name", "name", "held", "waits")
    ]


def _redemptions() -> list[str]:
    counts = {str(kind): Count("lines", filter=Q(lines__kind=kind)) for kind in KINDS}
    rows = Redemption.objects.annotate(**counts)
    good = Q(pk__in=())
    for state, numbers in STATES_LINES.items():
        good |= Q(state=state, **dict(zip(counts, numbers, strict=True)))
    return [
        f"积分超市：第 {row.pk} 次兑换是“{row.get_state_display()}”，额度明细对不上"
        for row in rows.exclude(good).order_by("pk")
    ]
