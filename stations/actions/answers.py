"""报名、请假: what each who was called says, and what is decided on a leave."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.workflow import lock, move, refuse_if
from stations.actions.calls import ASKED_AGAIN, CALLED, LEAVE_ASKED
from stations.models import Invitee
from stations.permissions.calls import (
    why_not_ask_activity_leave,
    why_not_grant_activity_leave,
    why_not_refuse_activity_leave,
    why_not_sign_up,
)
from stations.permissions.swaps import is_own
from stations.states import InviteeState

NOTHING: dict[str, Any] = {"reason": "", "words": "", "decided_by": None, "decided_at": None}


def _locked(invitee: Invitee) -> Invitee:
    """The activity first, as everywhere: it may be moved or called off just now."""
    activity = lock(invitee.activity)
    row = lock(invitee)
    row.activity = activity
    return row


@transaction.atomic
def sign_up(invitee: Invitee, *, by: Actor, today: date) -> Invitee:
    """报名: the organiser counts on the deputy; a leave that was asked for is asked no more."""
    row = _locked(invitee)
    refuse_if(why_not_sign_up(by, row, today=today))
    row = move(row, InviteeState.COMING, by=by, answered_at=clock.now(), **NOTHING)
    _answered(row, by, "报名参加")
    return row


@transaction.atomic
def ask_activity_leave(invitee: Invitee, *, reason: str, by: Actor, today: date) -> Invitee:
    """活动请假: it waits for whoever runs the activity."""
    row = _locked(invitee)
    refuse_if(why_not_ask_activity_leave(by, row, reason=reason, today=today))
    facts = {**NOTHING, "reason": reason, "answered_at": clock.now()}
    row = move(row, InviteeState.LEAVE_ASKED, by=by, note=reason, **facts)
    _answered(row, by, f"请假（{reason}），等组织方批")
    if is_own(by, row.deputy):
        notices.write(
            [row.activity.called_by],
            key=_leave_key(row),
            text=f"{row.deputy.name}请假：“{row.activity.title}”，{reason}，请批。",
            link=reverse("stations:activity", args=[row.activity_id]),
        )
    return row


def _leave_key(row: Invitee) -> str:
    """Each asking has its own notice."""
    return f"{LEAVE_ASKED}{row.pk}:{_moment(row.answered_at)}"


def _moment(at: datetime | None) -> int:
    """The same number of an instant in whatever zone it is told."""
    return int(at.timestamp() * 1_000_000) if at else 0


def _answered(row: Invitee, by: Actor, said: str) -> None:
    """Neither call nor new date asks any more, and no leave that was asked for before waits.

    Who was answered for by somebody else reads it.
    """
    user, now = row.deputy.user, clock.now()
    notices.settle([user], key=f"{CALLED}{row.activity_id}", at=now)
    if user:
        notices.settle_under(f"{ASKED_AGAIN}{row.activity_id}:", at=now, person=user)
    notices.settle_under(f"{LEAVE_ASKED}{row.pk}:", at=now)
    if is_own(by, row.deputy):
        return
    notices.write(
        [user],
        key=f"stations.answered_for:{row.pk}:{_moment(now)}",
        text=f"{by.name}替您答复了“{row.activity.title}”：{said}。不对的请自己改。",
        link=_mine(row),
    )


def _mine(row: Invitee) -> str:
    return f"{reverse('stations:my_activities')}#activity-{row.activity_id}"


@transaction.atomic
def grant_activity_leave(invitee: Invitee, *, words: str = "", by: Actor) -> Invitee:
    """准假: the deputy is told; on the roll they are on leave, granted by this person."""
    row = _locked(invitee)
    refuse_if(why_not_grant_activity_leave(by, row))
    return _decide(row, InviteeState.LEAVE_GRANTED, words, by)


@transaction.atomic
def refuse_activity_leave(invitee: Invitee, *, words: str, by: Actor) -> Invitee:
    """不准假: the deputy is told why, and is expected."""
    row = _locked(invitee)
    refuse_if(why_not_refuse_activity_leave(by, row, words=words))
    return _decide(row, InviteeState.LEAVE_REFUSED, words, by)


def _decide(row: Invitee, to: InviteeState, words: str, by: Actor) -> Invitee:
    if by.user is None:
        raise Refused("假须由人来批。")
    now = clock.now()
    notices.settle_under(f"{LEAVE_ASKED}{row.pk}:", at=now)
    row = move(row, to, by=by, note=words, words=words, decided_by=by.user, decided_at=now)
    said = f"：{words}" if words else ""
    notices.write(
        [row.deputy.user],
        key=f"stations.leave_decided:{row.pk}:{_moment(now)}",
        text=f"“{row.activity.title}”的请假，{by.name}{to.label}{said}。",
        link=_mine(row),
    )
    return row
