"""换班、请假、日历: what a deputy may ask of the rota."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from deputies.models import Deputy
from stations.models import Posting, RotaLeave, RotaSlot, Swap
from stations.permissions.rota import runs_station, why_not_serve
from stations.rules import SWAP_DAYS
from stations.states import SlotState, SwapState

A_YEAR = 366


def is_own(by: Actor, deputy: Deputy) -> bool:
    """Whether the deputy acts for themselves."""
    return by.is_a(Role.DEPUTY, Role.CONVENOR) and by.same_person(deputy.user_id)


def answers_for(by: Actor, deputy: Deputy) -> bool:
    """The deputy, the office, or whoever runs the place where the deputy serves."""
    if is_own(by, deputy) or by.is_staff:
        return True
    if not by.is_a(Role.KEEPER, Role.TOWNSHIP_CLERK):
        return False
    rows = Posting.objects.open().filter(deputy=deputy).select_related("station")
    return any(runs_station(by, row.station) for row in rows)


def too_late(slot: RotaSlot, today: date, days: int | None = None) -> str | None:
    """Whether the last day for a swap of this turn is over; `days` where many are asked about."""
    days = SWAP_DAYS.on(today) if days is None else days
    if (slot.day.held_on - today).days < days:
        return f"换班最迟在接待日 {days} 天以前定下，请打家站电话，由站长安排替班。"
    return None


def why_not_ask_swap(
    by: Actor,
    slot: RotaSlot,
    asked: Deputy | None = None,
    theirs: RotaSlot | None = None,
    *,
    today: date,
) -> str | None:
    """请人换班: one's own turn to come, with somebody who can, before the last day for it."""
    if not is_own(by, slot.deputy):
        return "只能换自己的班。"
    if slot.state != SlotState.PLANNED:
        return f"这一班{slot.get_state_display()}，不能换。"
    if late := too_late(slot, today):
        return late
    if Swap.objects.waiting().filter(slot=slot).exists():
        return "这一班已经在请人换，等答复或撤回以后再提。"
    return _why_not_both(slot, asked, theirs, today=today) if asked else None


def _why_not_both(
    slot: RotaSlot, asked: Deputy, theirs: RotaSlot | None, *, today: date
) -> str | None:
    """Each must be able to take what they would get."""
    if reason := why_not_serve(asked, slot, today=today):
        return reason
    if theirs is None:
        return None
    if theirs.deputy_id != asked.pk or theirs.state != SlotState.PLANNED:
        return f"换回的班不是{asked.name}要轮的班，请重选。"
    if late := too_late(theirs, today):
        return late
    return why_not_serve(slot.deputy, theirs, today=today)


def why_not_agree_swap(by: Actor, swap: Swap, *, today: date) -> str | None:
    """同意换班: whoever was asked, while both turns still stand and both can come."""
    if not is_own(by, swap.asked):
        return "由被请的代表本人答复。"
    if reason := why_not_move(swap, SwapState.AGREED):
        return reason
    if swap.slot.state != SlotState.PLANNED:
        return f"这一班{swap.slot.get_state_display()}，不用换了。"
    late = too_late(swap.slot, today)
    return late or _why_not_both(swap.slot, swap.asked, swap.theirs, today=today)


def why_not_refuse_swap(by: Actor, swap: Swap) -> str | None:
    """不同意换班: whoever was asked."""
    if not is_own(by, swap.asked):
        return "由被请的代表本人答复。"
    return why_not_move(swap, SwapState.REFUSED)


def why_not_withdraw_swap(by: Actor, swap: Swap) -> str | None:
    """撤回换班: whoever asked, while nobody has answered."""
    if not is_own(by, swap.slot.deputy):
        return "由提出换班的代表本人撤回。"
    return why_not_move(swap, SwapState.WITHDRAWN)


def why_not_take_leave(
    by: Actor,
    deputy: Deputy,
    *,
    from_on: date | None = None,
    to_on: date | None = None,
    today: date,
) -> str | None:
    """轮值请假: the deputy, or for them the office or their station; ahead, a year at most.

    Many ring their station up instead of writing on the phone.
    """
    if not answers_for(by, deputy):
        return "由代表本人、所驻家站、乡镇人大或者代工委登记请假。"
    if from_on is None or to_on is None:
        return None
    if from_on < today:
        return "只能请今天或以后的假。"
    if to_on < from_on:
        return "最后一天不能早于第一天。"
    if (to_on - from_on).days > A_YEAR:
        return "一次请假最长一年。"
    return None


def why_not_end_leave(by: Actor, leave: RotaLeave, *, today: date) -> str | None:
    """销假: whoever may take it, of a leave that is not over."""
    if not answers_for(by, leave.deputy):
        return "由代表本人、所驻家站、乡镇人大或者代工委销假。"
    if leave.ended_at:
        return "已经销假。"
    return "这次请假已经结束，不用销假。" if leave.to_on < today else None


def why_not_renew_feed(by: Actor, deputy: Deputy) -> str | None:
    """开通轮值日历: one's own."""
    return None if is_own(by, deputy) else "只能由代表本人开通或停用自己的轮值日历。"


def why_not_end_feed(by: Actor, deputy: Deputy) -> str | None:
    """停用轮值日历: one's own."""
    return why_not_renew_feed(by, deputy)
