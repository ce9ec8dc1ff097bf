"""劝辞程序: material, notice, reply and hearing, what was considered; each step a person's."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse as address
from django.utils import timezone

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days
from congress.shared.errors import Refused
from congress.shared.models import User, Workday
from congress.shared.names import says_something
from congress.shared.workflow import lock, move, record, refuse_if
from scoring.consequence_states import AdviceState
from scoring.models import (
    AdviceDecision,
    AdviceHearing,
    AdviceInvitation,
    AdviceReply,
    Resignation,
    ResignationAdvice,
    Talk,
)
from scoring.permissions.advice import (
    accepted_resignation,
    awaited,
    why_not_conclude_advice,
    why_not_invite_hearing,
    why_not_open_advice,
    why_not_record_hearing,
    why_not_record_resignation,
    why_not_reply_advice,
    why_not_serve_advice,
    why_not_withdraw_advice,
)
from scoring.permissions.grounds import Past
from scoring.permissions.involved import why_not_named
from scoring.rules import ADVICE_REPLY_DAYS, HEARING_NOTICE_DAYS


@dataclass(frozen=True)
class Hearing:
    """When and where the deputy was heard, who was there and what was said."""

    held_at: datetime
    place: str
    present: str
    came: bool
    words: str


@dataclass(frozen=True)
class Considered:
    """What the meeting decided, on which day, by how many."""

    advised: bool
    minute: str
    decided_on: date
    in_favour: int
    against: int
    abstained: int
    reason: str


@transaction.atomic
def open_advice(
    talk: Talk, *, facts: str, leader: User, handler: User, by: Actor, today: date
) -> ResignationAdvice:
    """启动劝辞程序: the two talks it rests on are named; the material is looked through first."""
    talk = lock(talk)  # a second click waits here
    refuse_if(why_not_open_advice(by, talk, today))
    refuse_if(None if says_something(facts) else "请写事实摘要。")
    refuse_if(why_not_named(talk.deputy, leader, handler, today))
    deputy = talk.grading.deputy_id
    before = {"earlier": Past(talk.grading.cycle, [deputy]).talk_before(deputy)}
    advice = ResignationAdvice.objects.create(
        **before,
        later=talk,
        facts=facts.strip(),
        leader=leader,
        handler=handler,
        **_hand("opened", by),
    )
    record(advice, AdviceState.OPEN, by=by)
    _tell([leader, handler], advice, "opened", "有一件由您负责或者经办的事，请打开看。")
    return advice


@transaction.atomic
def serve_advice(advice: ResignationAdvice, *, by: Actor, today: date) -> ResignationAdvice:
    """告知本人: the deputy reads the whole pack, and may reply until the last of the days."""
    advice = lock(advice)
    refuse_if(why_not_serve_advice(by, advice))
    until = add_working_days(today, ADVICE_REPLY_DAYS.on(today), Workday.objects.works())
    days: dict[str, Any] = {"served_on": today, "reply_until": until}
    advice = move(advice, AdviceState.HEARING, by=by, **days)
    _tell_deputy(advice, "served", "有一份给您本人的告知书，请打开看，可以陈述申辩。")
    return advice


@transaction.atomic
def reply_advice(
    advice: ResignationAdvice, *, words: str, by: Actor, today: date, wants_hearing: bool = False
) -> AdviceReply:
    """陈述申辩: what the deputy says stands in the pack, word for word."""
    advice = lock(advice)
    refuse_if(why_not_reply_advice(by, advice, today))
    refuse_if(None if says_something(words) else "请写要陈述、申辩的话。")
    reply = AdviceReply.objects.create(
        advice=advice, words=words.strip(), wants_hearing=wants_hearing, said_at=clock.now()
    )
    record(advice, "advice_replied", by=by)
    what = f"replied-{reply.pk}"
    _tell([advice.handler, advice.leader], advice, what, "您经办的一件事，本人有陈述申辩。")
    return reply


@transaction.atomic
def invite_hearing(
    advice: ResignationAdvice, *, meets_at: datetime, place: str, by: Actor, today: date
) -> AdviceInvitation:
    """约定听取意见: the deputy is told when and where, some days before; the last one counts."""
    advice = lock(advice)
    refuse_if(why_not_invite_hearing(by, advice))
    refuse_if(None if says_something(place) else "请写明地点。")
    days = HEARING_NOTICE_DAYS.on(today)
    earliest = add_working_days(today, days, Workday.objects.works()) if days else today
    if timezone.localdate(meets_at) < earliest or meets_at <= clock.now():
        raise Refused(
            f"听取意见至少提前 {days} 个工作日通知，最早 {earliest.month} 月 {earliest.day} 日。"
        )
    invitation = AdviceInvitation.objects.create(
        advice=advice, meets_at=meets_at, place=place.strip(), **_hand("invited", by)
    )
    record(advice, "advice_invited", by=by)
    text = "当面听取您意见的时间、地点已经约定，请打开看。"
    _tell_deputy(advice, f"invited-{invitation.pk}", text)
    return invitation


@transaction.atomic
def record_hearing(advice: ResignationAdvice, *, heard: Hearing, by: Actor) -> ResignationAdvice:
    """记听取意见: what the deputy said there, or that they were invited and did not come."""
    advice = lock(advice)
    refuse_if(why_not_record_hearing(by, advice))
    for words, what in (
        (heard.place, "地点"),
        (heard.present, "在场的人"),
        (heard.words, "听取意见的情况"),
    ):
        refuse_if(None if says_something(words) else f"请写明{what}。")
    if heard.held_at > clock.now():
        raise Refused("时间还没有到，听取以后再登记。")
    invitation = awaited(advice)
    assert invitation is not None  # noqa: S101  # told to mypy: refused above without one
    if timezone.localdate(heard.held_at) < timezone.localdate(invitation.meets_at):
        raise Refused("听取意见的日期早于约定的那一天，请先改约。")
    hearing = AdviceHearing.objects.create(
        advice=advice,
        held_at=heard.held_at,
        place=heard.place.strip(),
        present=heard.present.strip(),
        came=heard.came,
        words=heard.words.strip(),
        **_hand("recorded", by),
    )
    record(advice, "advice_heard", by=by)
    _tell_deputy(advice, f"heard-{hearing.pk}", "听取意见的记录已经写好，请打开看。")
    return advice


@transaction.atomic
def conclude_advice(
    advice: ResignationAdvice, *, considered: Considered, by: Actor, today: date
) -> ResignationAdvice:
    """录入研究情况: advice or no advice. Neither ends the seat; only the deputy may resign."""
    advice = lock(advice)
    refuse_if(why_not_conclude_advice(by, advice, today))
    attended = _refuse_votes(advice, considered, today)
    AdviceDecision.objects.create(
        advice=advice,
        advised=considered.advised,
        minute=considered.minute.strip(),
        decided_on=considered.decided_on,
        attended=attended,
        in_favour=considered.in_favour,
        against=considered.against,
        abstained=considered.abstained,
        reason=considered.reason.strip(),
        **_hand("recorded", by),
    )
    to = AdviceState.ADVISED if considered.advised else AdviceState.NOT_ADVISED
    advice = move(advice, to, by=by)
    _tell_deputy(advice, "concluded", "有一份给您本人的文书，请打开看。")
    return advice


@transaction.atomic
def withdraw_advice(advice: ResignationAdvice, *, reason: str, by: Actor) -> ResignationAdvice:
    """撤回劝辞程序: it has no ground, or is not gone on with; who knew of it is told so."""
    advice = lock(advice)
    refuse_if(why_not_withdraw_advice(by, advice))
    refuse_if(None if says_something(reason) else "请写明理由。")
    advice = move(advice, AdviceState.WITHDRAWN, by=by, end_reason=reason.strip())
    text = "您负责或者经办的一件事已经撤回，请打开看。"
    _tell([advice.leader, advice.handler], advice, "withdrawn", text)
    if advice.served_on:
        _tell_deputy(advice, "withdrawn", "给您本人的告知书已经撤回，请打开看。")
    return advice


@transaction.atomic
def record_resignation(advice: ResignationAdvice, *, by: Actor) -> ResignationAdvice:
    """登记辞职: the roster's own end of the seat is named, and nothing goes on after it."""
    advice = lock(advice)
    refuse_if(why_not_record_resignation(by, advice))
    change: dict[str, Any] = {"change": accepted_resignation(advice)}
    Resignation.objects.create(advice=advice, **change, **_hand("recorded", by))
    return move(advice, AdviceState.RESIGNED, by=by)


def _hand(deed: str, by: Actor) -> dict[str, Any]:
    """Who did it, and when."""
    return {f"{deed}_by": by.user, f"{deed}_at": clock.now()}


def _refuse_votes(advice: ResignationAdvice, said: Considered, today: date) -> int:
    refuse_if(None if says_something(said.minute) else "请填写会议纪要号。")
    refuse_if(None if says_something(said.reason) else "请写明研究意见。")
    attended = said.in_favour + said.against + said.abstained
    if not attended:
        raise Refused("请填写到会的人怎样表决。")
    if advice.reply_until and not advice.reply_until < said.decided_on <= today:
        raise Refused("研究的日期要在陈述申辩期以后，不能晚于今天。")
    if said.advised and said.in_favour * 2 <= attended:
        raise Refused("赞成的没有超过到会人数的一半，不能作出劝辞。")
    return attended


def _tell(people: list[User], advice: ResignationAdvice, what: str, text: str) -> None:
    """A mail says nothing of what it is about: who may know opens the page."""
    page = address("scoring:advice", args=[advice.pk])
    notices.write(people, key=f"kept:advice:{advice.pk}:{what}", text=text, link=page)


def _tell_deputy(advice: ResignationAdvice, what: str, text: str) -> None:
    page = address("scoring:own_advice", args=[advice.pk])
    key = f"kept:advice:{advice.pk}:{what}"
    notices.write([advice.deputy.user], key=key, text=text, link=page)
