"""上架、进货、报损、下架: what a station's shop has, with every piece accounted for."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.workflow import lock, record, refuse_if
from deputies.actions.photos import Photo
from scoring.actions.shop_books import move_stock
from scoring.models import Gift, StockKind, StockMove, WriteOff
from scoring.permissions.shop import (
    LONGEST_REASON,
    why_no_reason,
    why_not_ask_write_off,
    why_not_count_gift,
    why_not_drop_write_off,
    why_not_offer_again,
    why_not_offer_gift,
    why_not_stock_gift,
    why_not_withdraw_gift,
    why_not_write_off,
)
from scoring.queries.shop_people import others_who_run
from stations.models import Station

MOST = 9999


@dataclass(frozen=True)
class Offer:
    """What is offered, for how many of the purse's points, to whom how often, and how long."""

    name: str
    price: int
    limit: int = 1
    offered_from: date | None = None
    offered_until: date | None = None
    picture: Photo | None = None


@transaction.atomic
def offer_gift(station: Station, *, offer: Offer, count: int, by: Actor, today: date) -> Gift:
    """上架: deputies may reserve it from its first day, as many as were brought."""
    station = lock(station)
    refuse_if(why_not_offer_gift(by, station, offer.name))
    gift = Gift(
        station=station,
        name=offer.name,
        price=offer.price,
        limit=offer.limit,
        offered_from=offer.offered_from or today,
        offered_until=offer.offered_until,
        offered_by=by.user,
    )
    if offer.picture:
        name = f"{secrets.token_urlsafe(24)}.jpg"
        gift.picture.save(name, ContentFile(offer.picture.content), save=False)
    gift.save(force_insert=True)
    if count:
        move_stock(gift, _received(count, "上架", by, today))
    record(gift, "offered", by=by, note=f"{gift.name} {count} 件")
    return gift


@transaction.atomic
def stock_gift(gift: Gift, *, count: int, note: str, by: Actor, today: date) -> StockMove:
    """进货: so many pieces more are there to be reserved."""
    gift = lock(gift)
    refuse_if(why_not_stock_gift(by, gift))
    _refuse_count(count)
    row = move_stock(gift, _received(count, note.strip(), by, today))
    record(gift, "stocked", by=by, note=f"{count} 件")
    return row


@transaction.atomic
def withdraw_gift(gift: Gift, *, by: Actor) -> Gift:
    """下架: nobody reserves it any more; what was reserved is still handed out."""
    gift = lock(gift)
    refuse_if(why_not_withdraw_gift(by, gift))
    gift.withdrawn_by, gift.withdrawn_at = by.user, clock.now()
    gift.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record(gift, "gift_withdrawn", by=by)
    return gift


@transaction.atomic
def offer_again(gift: Gift, *, by: Actor) -> Gift:
    """重新上架: it may be reserved again, with the pieces that are left."""
    gift = lock(gift)
    refuse_if(why_not_offer_again(by, gift))
    gift.withdrawn_by, gift.withdrawn_at = None, None
    gift.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record(gift, "gift_offered_again", by=by)
    return gift


@transaction.atomic
def count_gift(gift: Gift, *, counted: int, reason: str, by: Actor, today: date) -> int:
    """盘点: what was counted; pieces too many come in, of pieces too few a write-off is asked for.

    Nothing is lost on one person's word: the books follow when another has confirmed it.
    """
    gift = lock(gift)
    refuse_if(why_not_count_gift(by, gift, counted))
    if not 0 <= counted <= MOST:
        raise Refused(f"件数填 0 到 {MOST}。")
    more = counted - gift.on_shelf
    refuse_if(why_no_reason(reason, "请写明差在哪里，例如：发放时漏登一件。") if more else None)
    note = f"盘点：{reason.strip()}"[:LONGEST_REASON]
    if more > 0:
        move_stock(gift, _received(more, note, by, today))
    record(gift, "gift_counted", by=by, note=f"账上 {counted - more} 件，数到 {counted} 件")
    if more < 0:
        ask_write_off(gift, count=-more, reason=note, by=by, today=today)
    return more


@transaction.atomic
def ask_write_off(gift: Gift, *, count: int, reason: str, by: Actor, today: date) -> WriteOff:
    """提出报损: nothing is gone yet; whoever else runs the counter is asked to look."""
    gift = lock(gift)
    refuse_if(why_not_ask_write_off(by, gift, count))
    _refuse_count(count)
    refuse_if(why_no_reason(reason, "请写明为什么报损。"))
    said = {"reason": reason.strip(), "asked_by": by.user}
    row = WriteOff.objects.create(gift=gift, count=count, **said)
    record(row, "write_off_asked", by=by, note=f"{count} 件")
    notices.write(
        others_who_run(gift.station, by, today),
        key=_asked(row),
        text=f"{by.name}提出报损{gift.station.name}的“{gift.name}”{count} 件，请您复核。",
        link=reverse("scoring:counter", args=[gift.station_id]),
    )
    return row


@transaction.atomic
def write_off(row: WriteOff, *, by: Actor, today: date) -> WriteOff:
    """复核报损: the pieces are gone, on the word of two people."""
    row = lock(row)
    gift = lock(row.gift)
    refuse_if(why_not_write_off(by, row, gift))
    row.confirmed_by, row.confirmed_at = by.user, clock.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    two = {"by": row.asked_by, "second": by.user}
    lost = StockMove(kind=StockKind.WRITTEN_OFF, count=row.count, on=today, write_off=row, **two)
    lost.note = row.reason
    move_stock(gift, lost)
    record(row, "write_off_confirmed", by=by)
    notices.settle_for_all(key=_asked(row), at=clock.now())
    return row


@transaction.atomic
def drop_write_off(row: WriteOff, *, by: Actor) -> WriteOff:
    """不报损了: the pieces stay; it may be asked for again."""
    row = lock(row)
    refuse_if(why_not_drop_write_off(by, row))
    row.dropped_by, row.dropped_at = by.user, clock.now()
    row.save(update_fields=["dropped_by", "dropped_at"])
    record(row, "write_off_dropped", by=by)
    notices.settle_for_all(key=_asked(row), at=clock.now())
    return row


def _received(count: int, note: str, by: Actor, today: date) -> StockMove:
    said = {"note": note, "by": by.user}
    return StockMove(kind=StockKind.RECEIVED, count=count, on=today, **said)


def _refuse_count(count: int) -> None:
    if not 1 <= count <= MOST:
        raise Refused(f"件数填 1 到 {MOST}。")


def _asked(row: WriteOff) -> str:
    return f"scoring.write_off:{row.pk}"
