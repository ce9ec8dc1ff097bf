"""发放、冲回: a code opens one hold once; what went to the wrong person takes two to undo."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.workflow import in_turn, lock, move, record, refuse_if
from scoring.actions.shop_books import enter, move_stock, settle
from scoring.models import (
    Gift,
    Purse,
    PurseLine,
    PurseLineKind,
    Redemption,
    Reversal,
    StockKind,
    StockMove,
    WrongPickup,
)
from scoring.permissions.redeeming import (
    AN_HOUR,
    why_not_ask_reversal,
    why_not_check_code,
    why_not_drop_reversal,
    why_not_hand_out,
    why_not_reverse_hand_out,
)
from scoring.permissions.shop import why_no_reason
from scoring.queries.shop_people import others_who_run
from scoring.shop_states import RedemptionState
from stations.models import Station


@transaction.atomic
def check_code(station: Station, *, code: str, by: Actor, today: date) -> Redemption | None:
    """核对取货码: whose it is and what waits; None when nothing does, and that is counted."""
    _one_guess_at_a_time(by)
    station = lock(station)
    refuse_if(why_not_check_code(by, station, now=clock.now()))
    row = _waiting_under(code)
    if row is None:
        refuse_if(_why_used(station, code))
        _count_miss(by)
        return None
    refuse_if(why_not_hand_out(by, row, station, today=today))
    return row


@transaction.atomic
def hand_out(station: Station, *, code: str, by: Actor, today: date) -> Redemption | None:
    """发放: the piece is gone and its points are spent; the code opens nothing any more.

    None when nothing ever waited here under the code: a guess, which is counted.
    """
    _one_guess_at_a_time(by)
    station = lock(station)
    refuse_if(why_not_check_code(by, station, now=clock.now()))
    found = _waiting_under(code)
    if found is None:
        refuse_if(_why_used(station, code))
        _count_miss(by)
        return None
    row = lock(found)
    refuse_if(why_not_hand_out(by, row, station, today=today))
    purse, gift = lock(row.purse), lock(row.gift)
    at = clock.now()
    row = move(row, RedemptionState.HANDED_OUT, by=by, handed_by=by.user, handed_at=at)
    spent = {"available": 0, "held": -row.price, "redemption": row, "by": by.user}
    enter(purse, PurseLine(kind=PurseLineKind.SPEND, **spent))
    gift.held -= 1
    gone = {"count": 1, "on": today, "redemption": row, "by": by.user}
    move_stock(gift, StockMove(kind=StockKind.HANDED_OUT, **gone))
    notices.write(
        [purse.deputy.user],
        key=f"scoring.redemption_handed_out:{row.pk}",
        text=f"您在{station.name}领取了“{gift.name}”，用了 {row.price} 兑换分，"
        f"还有 {purse.available} 分。不是您领的，请马上告诉代工委。",
        link=reverse("scoring:shop"),
    )
    return row


@transaction.atomic
def ask_reversal(
    redemption: Redemption, *, came_back: bool, reason: str, by: Actor, today: date
) -> Reversal:
    """提出冲回: nothing moves yet; whoever else runs the counter is asked to look."""
    row = lock(redemption)
    refuse_if(why_not_ask_reversal(by, row))
    refuse_if(why_no_reason(reason, "请写明为什么冲回，例如：发错了人。"))
    said = {"came_back": came_back, "reason": reason.strip(), "asked_by": by.user}
    asked = Reversal.objects.create(redemption=row, **said)
    record(asked, "reversal_asked", by=by, note=reason.strip())
    station = row.gift.station
    notices.write(
        others_who_run(station, by, today),
        key=_asked(asked),
        text=f"{by.name}提出冲回{station.name}发给{row.purse.deputy.name}的“{row.gift.name}”，"
        "请您复核。",
        link=reverse("scoring:counter", args=[station.pk]),
    )
    return asked


@transaction.atomic
def reverse_hand_out(reversal: Reversal, *, by: Actor, today: date) -> Redemption:
    """复核冲回: the points are back in the purse, the piece is on the shelf or written off."""
    asked = lock(reversal)
    row = lock(asked.redemption)
    refuse_if(why_not_reverse_hand_out(by, asked, row))
    purse, gift = lock(row.purse), lock(row.gift)
    asked.confirmed_by, asked.confirmed_at = by.user, clock.now()
    asked.save(update_fields=["confirmed_by", "confirmed_at"])
    facts = {"ended_by": by.user, "ended_at": clock.now(), "why": asked.reason}
    row = move(row, RedemptionState.REVERSED, by=by, note=asked.reason, **facts)
    _give_back(row, asked, purse, gift, by=by, today=today)
    notices.settle_for_all(key=_asked(asked), at=clock.now())
    notices.write(
        [purse.deputy.user],
        key=f"scoring.redemption_reversed:{row.pk}",
        text=f"“{gift.name}”的发放已冲回，退给您 {row.price} 兑换分，"
        f"现在可用 {purse.available} 分。"
        f"原因：{asked.reason}"[:300],
        link=reverse("scoring:shop"),
    )
    return row


@transaction.atomic
def drop_reversal(reversal: Reversal, *, by: Actor) -> Reversal:
    """不冲回了: the hand-out stands; it may be asked for again."""
    asked = lock(reversal)
    refuse_if(why_not_drop_reversal(by, asked))
    asked.dropped_by, asked.dropped_at = by.user, clock.now()
    asked.save(update_fields=["dropped_by", "dropped_at"])
    record(asked, "reversal_dropped", by=by)
    notices.settle_for_all(key=_asked(asked), at=clock.now())
    return asked


def _give_back(
    row: Redemption, asked: Reversal, purse: Purse, gift: Gift, *, by: Actor, today: date
) -> None:
    """Both books, on the word of both people; what did not come back is written off at once."""
    back = {"available": row.price, "held": 0, "by": asked.confirmed_by, "note": asked.reason}
    enter(purse, PurseLine(kind=PurseLineKind.REVERSAL, redemption=row, **back))
    settle(purse, by)
    two = {"by": asked.asked_by, "second": asked.confirmed_by, "note": asked.reason}
    piece = {"count": 1, "on": today, "redemption": row, **two}
    move_stock(gift, StockMove(kind=StockKind.RETURNED, **piece))
    if not asked.came_back:
        move_stock(gift, StockMove(kind=StockKind.WRITTEN_OFF, **piece))


def _why_used(station: Station, code: str) -> str | None:
    """What became of a code that opened something here before; a second click meets this."""
    rows = Redemption.objects.filter(gift__station=station, code=code).select_related("gift")
    last = rows.order_by("-pk").first()
    return f"这个取货码的“{last.gift.name}”{last.get_state_display()}，不能再用。" if last else None


def _waiting_under(code: str) -> Redemption | None:
    rows = Redemption.objects.held().filter(code=code)
    return rows.select_related("gift__station", "purse__deputy").first()


def _one_guess_at_a_time(by: Actor) -> None:
    """Of two guesses of one account, at whatever counters, the second sees the first counted."""
    in_turn(f"scoring.pickup:{by.user.pk if by.user else 0}")


def _count_miss(by: Actor) -> None:
    WrongPickup.objects.filter(asked_at__lt=clock.now() - AN_HOUR).delete()
    assert by.user, "why_not_check_code let nobody by who is nobody"  # noqa: S101  # a slip of ours
    WrongPickup.objects.create(user=by.user, asked_at=clock.now())


def _asked(row: Reversal) -> str:
    return f"scoring.reversal:{row.pk}"
