"""预留、取消、过期: stock and purse are taken together, and given back together, once."""

import secrets
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import User
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.models import Deputy
from scoring.actions.shop_books import enter, promise, settle
from scoring.models import Gift, Purse, PurseLine, PurseLineKind, Redemption
from scoring.permissions.redeeming import (
    why_not_cancel_hold,
    why_not_expire_hold,
    why_not_reserve,
)
from scoring.permissions.shop import why_no_reason
from scoring.queries.purses import why_no_purse
from scoring.rules import HOLD_DAYS
from scoring.shop_states import RedemptionState

FIGURES, DRAWS = 6, 20


@transaction.atomic
def reserve(gift: Gift, *, deputy: Deputy, token: UUID, by: Actor, today: date) -> Redemption:
    """预留: one piece and its points wait for this deputy, under a code, until a day.

    The same form sent twice is one hold. Purse first, then gift: every verb locks in that order.
    """
    purse = _purse_locked(deputy, today)
    gift = lock(gift)
    if known := purse.redemptions.filter(token=token).first():
        return known
    refuse_if(why_not_reserve(by, deputy, gift, purse, today=today))
    until = min(today + timedelta(days=HOLD_DAYS.on(today)), purse.good_until)
    said = {"price": gift.price, "until": until, "token": token, "reserved_by": by.user}
    row = _drawn(Redemption(gift=gift, purse=purse, **said))
    moved = {"available": -row.price, "held": row.price, "by": by.user}
    enter(purse, PurseLine(kind=PurseLineKind.HOLD, redemption=row, **moved))
    promise(gift, 1)
    record(row, RedemptionState.HELD, by=by, note=f"{gift.name}，{deputy.name}")
    if not by.same_person(deputy.user_id):
        _tell(
            row,
            "reserved",
            f"{by.name}在{gift.station.name}为您预留了“{gift.name}”，用 {row.price} 兑换分，"
            f"{_day(until)}前领取。不是您要的，请取消。",
        )
    return row


@transaction.atomic
def cancel_hold(redemption: Redemption, *, why: str = "", by: Actor) -> Redemption:
    """取消预留: the piece and the points are free again."""
    row = lock(redemption)
    refuse_if(why_not_cancel_hold(by, row))
    own = by.same_person(row.purse.deputy.user_id)
    said = why.strip() or ("本人取消" if own else "")
    refuse_if(why_no_reason(said, "请写明为什么取消，代表会看到。"))
    row = _let_go(row, RedemptionState.CANCELLED, by=by, why=said)
    if not own:
        _tell(row, "cancelled", f"您预留的“{row.gift.name}”被取消，兑换分已退回。原因：{said}")
    return row


@transaction.atomic
def expire_hold(redemption: Redemption, *, by: Actor, today: date) -> Redemption:
    """过期未领: nobody came; the piece and the points are free again, and the deputy is told."""
    row = lock(redemption)
    refuse_if(why_not_expire_hold(row, today=today))
    row = _let_go(row, RedemptionState.EXPIRED, by=by)
    gone = row.purse.good_until < today
    next_step = "额度也已经到期。" if gone else "兑换分已退回，可以重新预留。"
    _tell(row, "expired", f"您预留的“{row.gift.name}”{_day(row.until)}前没有领取，{next_step}")
    return row


def _purse_locked(deputy: Deputy, today: date) -> Purse:
    """This year's purse of the deputy; whoever has none is told why."""
    purse = Purse.objects.good_on(today).filter(deputy=deputy).first()
    if purse is None:
        raise Refused(why_no_purse(deputy, today))
    return lock(purse)


def _drawn(row: Redemption) -> Redemption:
    """Saved under six figures under which nothing else waits: two that draw the same draw again."""
    for _ in range(DRAWS):
        row.code = f"{secrets.randbelow(10**FIGURES):0{FIGURES}d}"
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            row.pk = None
        else:
            return row
    raise Refused("取货码没有生成，请再点一次预留。")


def _let_go(row: Redemption, to: RedemptionState, *, by: Actor, why: str = "") -> Redemption:
    purse, gift = lock(row.purse), lock(row.gift)
    row = move(row, to, by=by, note=why, ended_by=by.user, ended_at=clock.now(), why=why)
    moved = {"available": row.price, "held": -row.price, "by": by.user}
    enter(purse, PurseLine(kind=PurseLineKind.RELEASE, redemption=row, **moved))
    promise(gift, -1)
    settle(purse, by)
    row.purse, row.gift = purse, gift
    return row


def _tell(row: Redemption, what: str, text: str) -> None:
    people: list[User | None] = [row.purse.deputy.user]
    key = f"scoring.redemption_{what}:{row.pk}"
    notices.write(people, key=key, text=text[:300], link=reverse("scoring:shop"))


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"
