"""代评人: a named account speaks in a party's stead, for one cycle, with a reason and days."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Area, Organisation, User
from congress.shared.names import says_something
from congress.shared.workflow import lock, record, refuse_if
from deputies.models import DeputyGroup
from scoring.models import ReviewCycle, StandIn
from scoring.permissions.cycle import (
    why_not_appoint_stand_in,
    why_not_end_stand_in,
)
from scoring.queries.stand_ins import where_of, why_not_speak_for
from scoring.states import Step
from scoring.timetable import said


@transaction.atomic
def appoint_stand_in(
    cycle: ReviewCycle,
    *,
    place: DeputyGroup | Area | Organisation,
    user: User,
    reason: str,
    from_on: date,
    to_on: date,
    by: Actor,
    today: date,
) -> StandIn:
    """指定代评人: on these days the account gives the opinion of the group, township or unit.

    One whose days are over is replaced; one whose days run must be taken back first.
    """
    cycle = lock(cycle)
    refuse_if(why_not_appoint_stand_in(by, cycle))
    refuse_if(None if says_something(reason) else "请写明为什么要由别人代评。")
    refuse_if(why_not_speak_for(cycle, place, user, today))
    refuse_if("结束的日子不能早于开始的日子。" if to_on < from_on else None)
    refuse_if("结束的日子已经过了。" if to_on < today else None)
    where = where_of(place)
    _replace_former(cycle, where, by, today)
    new = StandIn.objects.create(
        cycle=cycle,
        user=user,
        reason=reason.strip(),
        from_on=from_on,
        to_on=to_on,
        appointed_by=by.user,  # type: ignore[misc]  # the director has one
        appointed_at=clock.now(),
        **where,
    )
    record(cycle, "stand_in_appointed", by=by, note=f"{place}由{user.name}代：{reason}"[:300])
    notices.write(
        [user],
        key=f"scoring.stand_in:{new.pk}",
        text=f"请您代{place}提交 {cycle.year} 年度{Step(new.step).label}的意见，"
        f"{said(from_on)}至 {said(to_on)}：{new.reason}"[:300],
        link=reverse("scoring:appraise"),
    )
    return new


@transaction.atomic
def end_stand_in(stand_in: StandIn, *, by: Actor) -> StandIn:
    """收回代评: from now on they give no opinion in that stead; what they gave stands."""
    cycle = lock(stand_in.cycle)
    stand_in = lock(stand_in)
    stand_in.cycle = cycle
    refuse_if(why_not_end_stand_in(by, stand_in))
    return _end(stand_in, by)


def _end(stand_in: StandIn, by: Actor) -> StandIn:
    stand_in.ended_at = clock.now()
    stand_in.save(update_fields=["ended_at"])
    note = f"{stand_in.place}不再由{stand_in.user.name}代"
    record(stand_in.cycle, "stand_in_ended", by=by, note=note)
    return stand_in


def _replace_former(cycle: ReviewCycle, where: Mapping[str, Any], by: Actor, today: date) -> None:
    former = StandIn.objects.filter(cycle=cycle, ended_at=None, **where).first()
    if former is None:
        return
    if former.to_on >= today:
        raise Refused(f"{former.place}已经由{former.user.name}代，请先收回，再另外指定。")
    _end(former, by)
