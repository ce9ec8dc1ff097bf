"""积分兑换: who reserves, hands out, cancels and takes a hand-out back."""

from datetime import date, datetime, timedelta

from congress.shared.actors import Actor
from congress.shared.workflow import why_not_move
from deputies.models import Deputy
from scoring.models import Gift, Purse, Redemption, Reversal, WrongPickup
from scoring.permissions.shop import runs_shop, why_not_on_offer, why_not_run
from scoring.shop_states import TAKEN, RedemptionState
from stations.models import Station

TRIES = 10
AN_HOUR = timedelta(hours=1)
TOO_MANY = (
    "取货码输错次数太多，这个账号一小时以后再试；"
    "代表等着领的，请所在乡镇人大或代工委的人在兑换台发放。"
)


def why_not_reserve(
    by: Actor, deputy: Deputy, gift: Gift, purse: Purse | None = None, *, today: date
) -> str | None:
    """预留: by the deputy, or by whoever runs the counter for them; never more than there is."""
    if not by.same_person(deputy.user_id) and not runs_shop(by, gift.station):
        return "奖品由代表本人预留，或者由家站站长代为预留。"
    taken = purse.redemptions.filter(gift=gift, state__in=TAKEN).count() if purse else 0
    return why_not_serving(deputy, today) or why_not_have(gift, purse, taken, today)


def why_not_serving(deputy: Deputy, today: date) -> str | None:
    """在任: whose seat has ended or rests fetches what waits, and reserves no more."""
    if Deputy.objects.serving(today).filter(pk=deputy.pk).exists():
        return None
    return f"{deputy.name}现在没有履行代表职务，不能预留奖品。"


def why_not_have(gift: Gift, purse: Purse | None, taken: int, today: date) -> str | None:
    """The gift's days and number, the purse, the limit: no row is asked for."""
    if no := why_not_on_offer(gift, today):
        return no
    if gift.left < 1:
        return "已经预留完了，请换一样，或者等家站进货。"
    if purse and purse.available < gift.price:
        return f"要 {gift.price} 兑换分，现在可用 {purse.available} 分，不够。"
    if purse and taken >= gift.limit:
        return f"每人每年最多 {gift.limit} 件，已经预留或者领取 {taken} 件。"
    return None


def why_not_check_code(by: Actor, station: Station, *, now: datetime) -> str | None:
    """核对取货码: at one's own counter, and not by guessing."""
    if no := why_not_run(by, station):
        return no
    tries = WrongPickup.objects.filter(user=by.user, asked_at__gt=now - AN_HOUR).count()
    return TOO_MANY if tries >= TRIES else None


def why_not_hand_out(
    by: Actor, redemption: Redemption, station: Station, *, today: date
) -> str | None:
    """发放: of this station, within its days, to somebody else than oneself."""
    if redemption.gift.station_id != station.pk:
        return f"这个取货码是{redemption.gift.station.name}的，请到那里领取。"
    if no := why_not_run(by, station) or why_not_move(redemption, RedemptionState.HANDED_OUT):
        return no
    if today > redemption.until:
        return f"这次预留到 {redemption.until:%-m 月 %-d 日}为止，已经过期，额度退回。"
    if by.same_person(redemption.purse.deputy.user_id):
        return "自己的奖品不能自己发放，请本站另一位办理的人发放。"
    if by.same_person(redemption.reserved_by_id):
        return (
            "这是您代为预留的，要另一个人发放：请所在乡镇人大或代工委的人，或本站另一位办理的人。"
        )
    return None


def why_not_cancel_hold(by: Actor, redemption: Redemption) -> str | None:
    """取消预留: by the deputy, or by whoever runs the counter, before it is fetched."""
    own = by.same_person(redemption.purse.deputy.user_id)
    if not own and not runs_shop(by, redemption.gift.station):
        return "预留由代表本人或者家站站长取消。"
    if redemption.state == RedemptionState.CANCELLED:
        return f"已经取消了，{redemption.price} 兑换分已退回。"
    return why_not_move(redemption, RedemptionState.CANCELLED)


def why_not_expire_hold(redemption: Redemption, *, today: date) -> str | None:
    """过期: when its last day is over."""
    if today <= redemption.until:
        return f"还可以领取到 {redemption.until:%-m 月 %-d 日}。"
    return why_not_move(redemption, RedemptionState.EXPIRED)


def why_not_ask_reversal(by: Actor, redemption: Redemption) -> str | None:
    """提出冲回: of what was handed out, once at a time."""
    if no := why_not_run(by, redemption.gift.station):
        return no
    if redemption.reversals.waiting().exists():
        return "已经有人提出冲回，等另一位复核。"
    return why_not_move(redemption, RedemptionState.REVERSED)


def why_not_reverse_hand_out(by: Actor, row: Reversal, redemption: Redemption) -> str | None:
    """复核冲回: by another person than who asked, and never in one's own purse."""
    if no := why_not_run(by, redemption.gift.station) or _why_ended(row):
        return no
    if by.same_person(row.asked_by_id):
        return "冲回要两个人：您提出的，请另一位办理的人复核。"
    if by.same_person(redemption.purse.deputy.user_id):
        return "冲回会退还您自己的额度，请另一位办理的人复核。"
    return why_not_move(redemption, RedemptionState.REVERSED)


def why_not_drop_reversal(by: Actor, row: Reversal) -> str | None:
    """不冲回了: whoever asked takes it back, or the other does not agree."""
    return why_not_run(by, row.redemption.gift.station) or _why_ended(row)


def _why_ended(row: Reversal) -> str | None:
    if row.confirmed_at:
        return "这次冲回已经复核。"
    return "这次冲回已经撤下。" if row.dropped_at else None
