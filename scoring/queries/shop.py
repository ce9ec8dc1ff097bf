"""积分超市 on a deputy's phone: the purse, what can be had where, what waits, what was had."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.safestring import SafeString

from congress.shared.models import Area
from congress.shared.qr import qr_svg
from deputies.models import Deputy
from scoring.models import Gift, Purse, Redemption
from scoring.permissions.redeeming import why_not_have, why_not_serving
from scoring.shop_states import TAKEN, RedemptionState
from stations.models import Posting, Station
from stations.states import StationState


@dataclass(frozen=True)
class PurseCard:
    """兑换分: what can be spent, what waits, what was had, until when."""

    purse: Purse
    spent: int


@dataclass(frozen=True)
class GiftLine:
    """One gift as a deputy sees it; `refusal` is empty where it can be reserved."""

    gift: Gift
    refusal: str


@dataclass(frozen=True)
class Shelf:
    """One station's gifts."""

    station: Station
    own: bool
    lines: list[GiftLine]


@dataclass(frozen=True)
class Hold:
    """What waits, with the code to show at the counter."""

    row: Redemption
    figures: str
    qr: SafeString
    left: int


def purse_card(deputy: Deputy, today: date) -> PurseCard | None:
    """This year's purse while it is good."""
    rows = Purse.objects.good_on(today).filter(deputy=deputy)
    purse = rows.select_related("grade").first()
    if purse is None:
        return None
    had = purse.redemptions.filter(state=RedemptionState.HANDED_OUT)
    return PurseCard(purse, sum(had.values_list("price", flat=True)))


def own_station(deputy: Deputy, today: date) -> int:
    """Where the deputy serves, whose gifts come first; 0, which no row has, for nowhere."""
    rows = Posting.objects.serving(today).filter(deputy=deputy)
    return rows.values_list("station", flat=True).first() or 0


def on_offer(own: int, today: date, *, name: str = "", area: int = 0) -> QuerySet[Gift]:
    """What the stations have today, one's own first; by the name of the gift or of the station."""
    rows = Gift.objects.on_offer(today).filter(station__state=StationState.OPEN)
    if name:
        rows = rows.filter(Q(name__contains=name) | Q(station__name__contains=name))
    if area:
        rows = rows.filter(station__area=area)
    own_first = Case(When(station=own, then=0), default=Value(1), output_field=IntegerField())
    found = rows.select_related("station__area").annotate(other=own_first)
    return found.order_by("other", *Gift._meta.ordering or ())


def townships_with_gifts(today: date) -> list[Area]:
    """Where something is on offer, for the filter."""
    rows = Gift.objects.on_offer(today).filter(station__state=StationState.OPEN)
    return list(Area.objects.filter(pk__in=rows.values("station__area")).order_by("position"))


def shelves(gifts: Sequence[Gift], deputy: Deputy, own: int, today: date) -> list[Shelf]:
    """The gifts of one page by station, each with the reason it cannot be reserved."""
    purse = Purse.objects.good_on(today).filter(deputy=deputy).first()
    had = Redemption.objects.filter(purse=purse, gift__in=gifts, state__in=TAKEN)
    taken = Counter(had.values_list("gift", flat=True)) if purse else Counter[int]()
    resting = why_not_serving(deputy, today) or ""
    return [
        Shelf(
            station,
            station.pk == own,
            [
                GiftLine(each, resting or why_not_have(each, purse, taken[each.pk], today) or "")
                for each in found
            ],
        )
        for station, found in groupby(gifts, key=lambda gift: gift.station)
    ]


def holds(deputy: Deputy, today: date) -> list[Hold]:
    """待领取, the first to run out first."""
    rows = Redemption.objects.held().filter(purse__deputy=deputy)
    found = rows.select_related("gift__station__area").order_by("until", "pk")
    return [
        Hold(
            row,
            f"{row.code[:3]} {row.code[3:]}",
            qr_svg(code_address(row)),
            (row.until - today).days,
        )
        for row in found
    ]


def code_address(row: Redemption) -> str:
    """What the tablet's camera opens: the station's counter with the code filled in."""
    counter = reverse("scoring:counter", args=[row.gift.station_id])
    return f"{settings.SITE_URL}{counter}?code={row.code}"


def history(deputy: Deputy) -> QuerySet[Redemption]:
    """以前的兑换: whatever waits no more, newest first."""
    rows = Redemption.objects.filter(purse__deputy=deputy).exclude(state=RedemptionState.HELD)
    return rows.select_related("gift__station")
