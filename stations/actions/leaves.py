"""轮值请假、轮值日历: when a deputy cannot come, and where their turns can be read."""

import secrets
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.names import says_something
from congress.shared.workflow import in_turn, lock, record, refuse_if
from deputies.models import Deputy
from stations.actions.rota import ROTA, give_up
from stations.models import RotaFeed, RotaLeave, RotaSlot
from stations.permissions.swaps import (
    is_own,
    why_not_end_feed,
    why_not_end_leave,
    why_not_renew_feed,
    why_not_take_leave,
)
from stations.states import SlotState
from stations.wording import day_words


@transaction.atomic
def take_leave(
    deputy: Deputy, *, from_on: date, to_on: date, reason: str, by: Actor, today: date
) -> RotaLeave:
    """轮值请假: no turn falls on these days; those that did are given up, and keepers are told.

    The same leave again is the one that stands.
    """
    in_turn(ROTA)
    deputy = lock(deputy)
    refuse_if(why_not_take_leave(by, deputy, from_on=from_on, to_on=to_on, today=today))
    refuse_if(None if says_something(reason) else "请写明请假原因。")
    if by.user is None:
        raise Refused("请假须由人来登记。")
    same = RotaLeave.objects.standing().filter(deputy=deputy, from_on=from_on, to_on=to_on).first()
    if same:
        return same
    leave = RotaLeave.objects.create(
        deputy=deputy,
        from_on=from_on,
        to_on=to_on,
        reason=reason.strip(),
        taken_by=by.user,
        taken_at=clock.now(),
    )
    record(leave, "leave_taken", by=by, note=f"{from_on}—{to_on}：{leave.reason}")
    if not is_own(by, deputy):
        _tell(leave, by)
    turns = RotaSlot.objects.ahead(today).of_deputy(deputy)
    for slot in turns.filter(day__held_on__range=(from_on, to_on)).order_by("pk"):
        slot = lock(slot)
        if slot.state == SlotState.PLANNED:
            _vacate(give_up(slot, why=f"请假：{leave.reason}", by=by))
    return leave


def _tell(leave: RotaLeave, by: Actor) -> None:
    """The deputy reads of a leave that somebody else entered."""
    notices.write(
        [leave.deputy.user],
        key=f"stations.leave:{leave.pk}",
        text=f"{by.name}给您登记了轮值请假：{day_words(leave.from_on)}到{day_words(leave.to_on)}，"
        f"{leave.reason}。不对的请自己销假。",
        link=reverse("stations:my_rota"),
    )


def _vacate(slot: RotaSlot) -> None:
    """The keeper is asked to find somebody."""
    day = slot.day
    notices.write(
        [day.station.keeper],
        key=f"stations.vacant:{slot.pk}",
        text=f"{day.station}{day_words(day.held_on)}的接待，{slot.deputy.name}请假，请安排替班。",
        link=reverse("stations:station_rota", args=[day.station_id]),
    )


@transaction.atomic
def end_leave(leave: RotaLeave, *, by: Actor, today: date) -> RotaLeave:
    """销假: turns may fall on these days again; those given up stay with whoever took them."""
    leave = lock(leave)
    refuse_if(why_not_end_leave(by, leave, today=today))
    leave.ended_by, leave.ended_at = by.user, clock.now()
    leave.save(update_fields=["ended_by", "ended_at"])
    record(leave, "leave_ended", by=by)
    return leave


@transaction.atomic
def renew_feed(deputy: Deputy, *, by: Actor) -> RotaFeed:
    """开通轮值日历: a new secret address; the one there was shows nothing any more."""
    deputy = lock(deputy)
    refuse_if(why_not_renew_feed(by, deputy))
    RotaFeed.objects.open().filter(deputy=deputy).update(ended_at=clock.now())
    feed = RotaFeed.objects.create(
        deputy=deputy, token=secrets.token_urlsafe(32), made_at=clock.now()
    )
    record(feed, "feed_renewed", by=by)
    return feed


@transaction.atomic
def end_feed(deputy: Deputy, *, by: Actor) -> int:
    """停用轮值日历: the address shows nothing any more; how many were open."""
    deputy = lock(deputy)
    refuse_if(why_not_end_feed(by, deputy))
    feeds = list(RotaFeed.objects.open().filter(deputy=deputy))
    for feed in feeds:
        feed.ended_at = clock.now()
        feed.save(update_fields=["ended_at"])
        record(feed, "feed_ended", by=by)
    return len(feeds)
