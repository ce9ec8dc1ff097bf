"""兑换台: one station's counter on one screen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate

from congress.shared.actors import Actor
from deputies.models import Deputy, Membership
from scoring.models import Gift, Purse, Redemption, Reversal, WriteOff
from scoring.permissions.redeeming import (
    why_not_ask_reversal,
    why_not_drop_reversal,
    why_not_reverse_hand_out,
)
from scoring.permissions.shop import why_not_drop_write_off, why_not_write_off
from scoring.shop_states import RedemptionState
from stations.models import Station
from stations.states import StationState

LATELY = 10


@dataclass(frozen=True)
class Asked:
    """What one person asks another to confirm: a write-off or a reversal."""

    pk: int
    words: str
    reason: str
    who: str
    on: date
    url: str
    drop_url: str
    drop_label: str
    ask: str
    refusal: str
    drop_refusal: str


@dataclass(frozen=True)
class Given:
    """A hand-out of these days, and why it cannot be taken back."""

    row: Redemption
    refusal: str


def counters(by: Actor) -> QuerySet[Station]:
    """Whose counter this post runs or looks at; a closed one while pieces are left there."""
    left = Gift.objects.filter(on_shelf__gt=0).values("station")
    open_ones = Q(state=StationState.OPEN) | Q(pk__in=left)
    return Station.objects.run_by(by).filter(open_ones).select_related("area", "keeper")


def counters_with_gifts(by: Actor) -> QuerySet[Station]:
    """The same where the desk would have hundreds: those that have ever offered something."""
    held = Redemption.objects.held().filter(gift__station=OuterRef("pk"))
    lost = WriteOff.objects.waiting().filter(gift__station=OuterRef("pk"))
    back = Reversal.objects.waiting().filter(redemption__gift__station=OuterRef("pk"))
    rows = counters(by).annotate(
        to_fetch=_how_many(held), to_second=_how_many(lost) + _how_many(back)
    )
    return rows.filter(gifts__isnull=False).distinct() if by.at_the_desk else rows


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def waiting(station: Station, name: str = "") -> QuerySet[Redemption]:
    """待领取 of one station, the first to run out first; never the code."""
    rows = Redemption.objects.held().filter(gift__station=station)
    if name:
        rows = rows.of_name(name)
    return with_people(rows).order_by("until", "pk")


def with_people(rows: QuerySet[Redemption]) -> QuerySet[Redemption]:
    """With gift, deputy and the group by which people of one name are told apart."""
    spells = Membership.objects.filter(to_on=None).select_related("group")
    people = Prefetch("purse__deputy__membership_set", spells, to_attr="spells")
    return rows.select_related("gift__station", "purse__deputy").prefetch_related(people)


def group_of(row: Redemption) -> str:
    """The group's name, or nothing."""
    spells: list[Membership] = getattr(row.purse.deputy, "spells", [])
    return spells[0].group.name if spells else ""


def stock(station: Station) -> QuerySet[Gift]:
    """What is offered, and what was withdrawn with pieces left."""
    rows = Gift.objects.filter(station=station).select_related("station")
    return rows.exclude(withdrawn_at__isnull=False, on_shelf=0).order_by("withdrawn_at", "price")


def lately(station: Station, by: Actor) -> list[Given]:
    """The last hand-outs."""
    rows = Redemption.objects.filter(gift__station=station, state=RedemptionState.HANDED_OUT)
    found = with_people(rows).select_related("handed_by").order_by("-handed_at")
    return [Given(row, why_not_ask_reversal(by, row) or "") for row in found[:LATELY]]


def asked(station: Station, by: Actor) -> list[Asked]:
    """等另一位复核的: write-offs and reversals, the oldest first."""
    lost = WriteOff.objects.waiting().filter(gift__station=station)
    back = Reversal.objects.waiting().filter(redemption__gift__station=station)
    deputy = "redemption__purse__deputy"
    found = [
        *(_lost(row, by) for row in lost.select_related("gift__station", "asked_by")),
        *(
            _back(row, by)
            for row in back.select_related("redemption__gift__station", deputy, "asked_by")
        ),
    ]
    return sorted(found, key=lambda each: (each.on, each.pk))


def _lost(row: WriteOff, by: Actor) -> Asked:
    words = f"报损“{row.gift.name}”{row.count} 件"
    return Asked(
        pk=row.pk,
        words=words,
        reason=row.reason,
        who=row.asked_by.name,
        on=localdate(row.asked_at),
        url=reverse("scoring:write_off", args=[row.pk]),
        drop_url=reverse("scoring:drop_write_off", args=[row.pk]),
        drop_label="撤回" if by.same_person(row.asked_by_id) else "不同意",
        ask=f"{words}，复核以后不能恢复。确定吗？",
        refusal=why_not_write_off(by, row, row.gift) or "",
        drop_refusal=why_not_drop_write_off(by, row) or "",
    )


def _back(row: Reversal, by: Actor) -> Asked:
    deputy, gift = row.redemption.purse.deputy, row.redemption.gift
    goods = "奖品已退回，放回库存" if row.came_back else "奖品没有退回，同时报损"
    words = f"冲回发给{deputy.name}的“{gift.name}”，退还 {row.redemption.price} 兑换分；{goods}"
    return Asked(
        pk=row.pk,
        words=words,
        reason=row.reason,
        who=row.asked_by.name,
        on=localdate(row.asked_at),
        url=reverse("scoring:reverse_hand_out", args=[row.pk]),
        drop_url=reverse("scoring:drop_reversal", args=[row.pk]),
        drop_label="撤回" if by.same_person(row.asked_by_id) else "不同意",
        ask=f"{words}。确定吗？",
        refusal=why_not_reverse_hand_out(by, row, row.redemption) or "",
        drop_refusal=why_not_drop_reversal(by, row) or "",
    )


def people_named(name: str, today: date, most: int = 20) -> list[Purse]:
    """Whose purse the keeper may mean, by a part of the name."""
    rows = Purse.objects.good_on(today).filter(deputy__name__contains=name)
    spells = Membership.objects.filter(to_on=None).select_related("group")
    people = Prefetch("deputy__membership_set", spells, to_attr="spells")
    serving = Deputy.objects.serving(today).values("pk")
    found = rows.filter(deputy__in=serving).select_related("deputy").prefetch_related(people)
    return list(found.order_by("deputy__stroke_key", "deputy_id")[:most])
