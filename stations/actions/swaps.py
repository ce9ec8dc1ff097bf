"""换班: asked of another deputy, and done only once that deputy agrees."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import SYSTEM, Actor
from congress.shared.errors import Refused
from congress.shared.workflow import in_turn, lock, move, record, refuse_if
from deputies.models import Deputy
from stations.actions.rota import ROTA, hand_over
from stations.models import RotaSlot, Swap
from stations.permissions.swaps import (
    why_not_agree_swap,
    why_not_ask_swap,
    why_not_refuse_swap,
    why_not_withdraw_swap,
)
from stations.queries.hours import reception_words
from stations.states import SlotState, SwapState
from stations.wording import day_words

ASKED = "stations.swap:"


@transaction.atomic
def ask_swap(
    slot: RotaSlot,
    *,
    asked: Deputy,
    theirs: RotaSlot | None = None,
    words: str = "",
    by: Actor,
    today: date,
) -> Swap:
    """请人换班: the other deputy is asked, and nothing moves before they agree."""
    slot = lock(slot)
    refuse_if(why_not_ask_swap(by, slot, asked, theirs, today=today))
    if by.user is None:
        raise Refused("换班须由代表本人提出。")
    swap = Swap.objects.create(
        slot=slot,
        asked=asked,
        theirs=theirs,
        words=words.strip(),
        asked_by=by.user,
        asked_at=clock.now(),
    )
    record(swap, SwapState.ASKED, by=by)
    back = f"，换您{day_words(theirs.day.held_on)}的班" if theirs else "，请您替一次"
    on = slot.day.held_on
    when = f"{day_words(on)}{reception_words(slot.day.station, on)}"
    text = f"{slot.deputy.name}请您来{when}在{slot.day.station}的接待{back}，请答复。"
    notices.write(
        [asked.user], key=f"{ASKED}{swap.pk}", text=text, link=reverse("stations:my_rota")
    )
    return swap


@transaction.atomic
def agree_swap(swap: Swap, *, by: Actor, today: date) -> Swap:
    """同意换班: the turns change hands, and the chain keeps who gave which to whom."""
    in_turn(ROTA)
    first = sorted(filter(None, (swap.slot, swap.theirs)), key=lambda each: each.pk)
    turns = {each.pk: lock(each) for each in first}  # turns before swaps, as everywhere
    swap = lock(swap)
    swap.slot = turns[swap.slot_id]
    swap.theirs = turns[swap.theirs_id] if swap.theirs_id else None
    refuse_if(why_not_agree_swap(by, swap, today=today))
    swap = move(swap, SwapState.AGREED, by=by, settled_at=clock.now())
    hand_over(swap.slot, swap.asked, why=f"换班给{swap.asked.name}", by=by)
    if swap.theirs:
        giver = swap.slot.deputy
        hand_over(swap.theirs, giver, why=f"换班给{giver.name}", by=by)
    _answered(swap, f"{swap.asked.name}同意换班，已经换好。")
    day = swap.slot.day
    notices.write(
        [day.station.keeper],
        key=f"stations.swapped:{swap.pk}",
        text=f"{day_words(day.held_on)}的接待，{swap.slot.deputy.name}换成{swap.asked.name}。",
        link=reverse("stations:station_rota", args=[day.station_id]),
    )
    return swap


@transaction.atomic
def refuse_swap(swap: Swap, *, words: str = "", by: Actor) -> Swap:
    """不同意换班: the turns stay as they are, and whoever asked is told."""
    swap = lock(swap)
    refuse_if(why_not_refuse_swap(by, swap))
    swap = move(swap, SwapState.REFUSED, by=by, note=words.strip(), settled_at=clock.now())
    said = f"：{words.strip()}" if words.strip() else ""
    _answered(swap, f"{swap.asked.name}不能换班{said}。这一班还是您的。")
    return swap


@transaction.atomic
def withdraw_swap(swap: Swap, *, by: Actor) -> Swap:
    """撤回换班: nobody is asked any more."""
    swap = lock(swap)
    refuse_if(why_not_withdraw_swap(by, swap))
    notices.settle([swap.asked.user], key=f"{ASKED}{swap.pk}", at=clock.now())
    return move(swap, SwapState.WITHDRAWN, by=by, settled_at=clock.now())


def _answered(swap: Swap, words: str) -> None:
    """Whoever asked reads the answer; whoever was asked is asked no more."""
    notices.settle([swap.asked.user], key=f"{ASKED}{swap.pk}", at=clock.now())
    text = f"{day_words(swap.slot.day.held_on)}的接待：{words}"
    link = reverse("stations:my_rota")
    key = f"stations.swap_answered:{swap.pk}"
    notices.write([swap.slot.deputy.user], key=key, text=text, link=link)


def lapse(last: date) -> int:
    """What nobody answered by then is void, and whoever asked is told; how many."""
    found = 0
    for swap in Swap.objects.waiting().filter(slot__day__held_on__lt=last):
        found += _lapse(swap)
    return found


@transaction.atomic
def _lapse(swap: Swap) -> bool:
    swap = lock(swap)
    if swap.state != SwapState.ASKED:
        return False
    swap = move(swap, SwapState.LAPSED, by=SYSTEM, settled_at=clock.now())
    if swap.slot.state == SlotState.PLANNED:
        _answered(swap, f"{swap.asked.name}没有答复，没有换成。这一班还是您的。")
    return True
