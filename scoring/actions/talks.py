"""提醒约谈: decided by a person, held, put down, read and signed by the deputy, followed up."""

from collections.abc import Collection, Sequence
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
from scoring.consequence_states import TalkState
from scoring.models import Grading, Talk, TalkAcknowledgement, TalkPromise, TalkRecord
from scoring.permissions.involved import why_not_named
from scoring.permissions.talks import (
    why_not_acknowledge_talk,
    why_not_cancel_talk,
    why_not_decide_talk,
    why_not_move_talk,
    why_not_note_unsigned,
    why_not_record_talk,
    why_not_settle_promise,
    why_not_spare_talk,
)
from scoring.rules import TALK_NOTICE_DAYS

SAY_WHY = "请写明理由。"


@dataclass(frozen=True)
class Appointment:
    """When and where the talk is, who talks and who handles it."""

    meets_at: datetime
    place: str
    talker: User
    handler: User


@dataclass(frozen=True)
class Spoken:
    """What was put down of a talk, and what the deputy means to do by when."""

    held_at: datetime
    present: str
    words: str
    deputy_words: str
    promises: Sequence[tuple[str, date]] = ()


@transaction.atomic
def decide_talk(
    grading: Grading, *, reason: str, minute: str, meeting: Appointment, by: Actor, today: date
) -> Talk:
    """决定约谈: the deputy is asked to a talk; what was decided before (不约谈) gives way to it."""
    grading = lock(grading)  # a second click waits here, and then finds the first one's talk
    refuse_if(why_not_decide_talk(by, grading, today))
    _refuse_unsaid(reason, minute)
    _refuse_meeting(grading, meeting, today)
    facts = {**_facts(meeting), "reason": reason.strip(), "minute": minute.strip()}
    facts |= _hand("decided", by)
    spared = Talk.objects.standing().filter(grading=grading).first()
    if spared:
        talk = move(lock(spared), TalkState.APPOINTED, by=by, **facts)
    else:
        talk = Talk.objects.create(grading=grading, **facts)
        record(talk, TalkState.APPOINTED, by=by)
    _tell(talk, "appointed")
    return talk


@transaction.atomic
def spare_talk(grading: Grading, *, reason: str, by: Actor) -> Talk:
    """决定不约谈: with the reason, kept beside those who are talked to."""
    grading = lock(grading)
    refuse_if(why_not_spare_talk(by, grading))
    refuse_if(None if says_something(reason) else SAY_WHY)
    talk = Talk.objects.create(
        grading=grading,
        state=TalkState.SPARED,
        reason=reason.strip(),
        **_hand("decided", by),
    )
    record(talk, TalkState.SPARED, by=by)
    return talk


@transaction.atomic
def move_talk(talk: Talk, *, meeting: Appointment, by: Actor, today: date) -> Talk:
    """改约: another day, place or people; who was asked before is told so."""
    talk = lock(talk)
    refuse_if(why_not_move_talk(by, talk))
    _refuse_meeting(talk.grading, meeting, today)
    before = {talk.talker_id, talk.handler_id}
    facts = _facts(meeting)
    for name, value in facts.items():
        setattr(talk, name, value)
    talk.save(update_fields=[*facts])
    line = record(talk, "talk_moved", by=by)
    _tell(talk, f"moved-{line.pk}", besides=before)
    return talk


@transaction.atomic
def record_talk(talk: Talk, *, said: Spoken, by: Actor) -> Talk:
    """记谈话: what was said stands, and the deputy is asked to read and sign it."""
    talk = lock(talk)
    refuse_if(why_not_record_talk(by, talk))
    _refuse_record(talk, said)
    TalkRecord.objects.create(
        talk=talk,
        held_at=said.held_at,
        present=said.present.strip(),
        words=said.words.strip(),
        deputy_words=said.deputy_words.strip(),
        **_hand("recorded", by),
    )
    TalkPromise.objects.bulk_create(
        TalkPromise(talk=talk, words=words.strip(), due_on=due_on)
        for words, due_on in said.promises
    )
    talk = move(talk, TalkState.HELD, by=by)
    _tell_deputy(talk, "held", "谈话记录已经写好，请您看过以后签认，有不同意见可以写上。")
    return talk


@transaction.atomic
def acknowledge_talk(talk: Talk, *, by: Actor, reply: str = "") -> Talk:
    """签认: the deputy has read the record; what they add stands beside it."""
    talk = lock(talk)
    refuse_if(why_not_acknowledge_talk(by, talk))
    _acknowledged(talk, by, signed=True, reply=reply.strip())
    talk = move(talk, TalkState.SIGNED, by=by)
    notices.settle_under(f"kept:talk:{talk.pk}:", at=clock.now(), person=by.user)
    notices.write(
        [talk.handler],
        key=f"kept:talk:{talk.pk}:signed",
        text="您经办的一份谈话记录，本人已经签认。",
        link=address("scoring:talk", args=[talk.pk]),
    )
    return talk


@transaction.atomic
def note_unsigned(
    talk: Talk, *, words: str, witnesses: tuple[str, str], by: Actor, today: date
) -> Talk:
    """记未签认: the record stands unsigned, and two people saw so. The deputy may sign later."""
    talk = lock(talk)
    refuse_if(why_not_note_unsigned(by, talk, today))
    refuse_if(None if says_something(words) else "请写明没有签认的情况。")
    one, other = (each.strip() for each in witnesses)
    if not (says_something(one) and says_something(other)) or one == other:
        raise Refused("请写明两位见证人，两位不能是同一个人。")
    _acknowledged(talk, by, signed=False, words=words.strip(), witnesses=f"{one}、{other}")
    talk = move(talk, TalkState.UNSIGNED, by=by)
    _tell_deputy(talk, "unsigned", "有一份记录记明了您没有签认，请打开看；您以后仍然可以签认。")
    return talk


@transaction.atomic
def cancel_talk(talk: Talk, *, reason: str, by: Actor) -> Talk:
    """撤销约谈: it never was one, and everybody who was asked is told so."""
    talk = lock(talk)
    refuse_if(why_not_cancel_talk(by, talk))
    refuse_if(None if says_something(reason) else SAY_WHY)
    talk = move(talk, TalkState.CANCELLED, by=by, end_reason=reason.strip())
    _tell(talk, "cancelled")
    return talk


@transaction.atomic
def settle_promise(promise: TalkPromise, *, kept: bool, outcome: str, by: Actor) -> TalkPromise:
    """记落实情况: whether what was meant to be done was done, and how."""
    promise = lock(promise)
    refuse_if(why_not_settle_promise(by, promise))
    refuse_if(None if says_something(outcome) else "请写明落实的情况。")
    promise.kept, promise.outcome = kept, outcome.strip()
    promise.settled_by, promise.settled_at = by.user, clock.now()
    promise.save(update_fields=["kept", "outcome", "settled_by", "settled_at"])
    record(promise.talk, "promise_kept" if kept else "promise_not_kept", by=by)
    return promise


def _refuse_unsaid(reason: str, minute: str) -> None:
    refuse_if(None if says_something(reason) else SAY_WHY)
    refuse_if(None if says_something(minute) else "请填写研究决定的文号。")


def _refuse_meeting(grading: Grading, meeting: Appointment, today: date) -> None:
    refuse_if(None if says_something(meeting.place) else "请写明约谈的地点。")
    refuse_if(why_not_named(grading.deputy, meeting.talker, meeting.handler, today))
    days = TALK_NOTICE_DAYS.on(today)
    earliest = add_working_days(today, days, Workday.objects.works()) if days else today
    if timezone.localdate(meeting.meets_at) < earliest:
        raise Refused(
            f"约谈至少提前 {days} 个工作日通知，最早 {earliest.month} 月 {earliest.day} 日。"
        )


def _refuse_record(talk: Talk, said: Spoken) -> None:
    for words, what in (
        (said.present, "在场的人"),
        (said.words, "谈了什么"),
        (said.deputy_words, "本人怎么说"),
    ):
        refuse_if(None if says_something(words) else f"请写明{what}。")
    if said.held_at > clock.now():
        raise Refused("谈话的时间还没有到，谈过以后再登记。")
    held_on = timezone.localdate(said.held_at)
    if talk.meets_at and held_on < timezone.localdate(talk.meets_at):
        raise Refused("谈话的日期早于约定的那一天。要提前谈，请先改时间地点，并留足通知的天数。")
    if any(not says_something(words) or due_on <= held_on for words, due_on in said.promises):
        raise Refused("打算怎么做要写明内容，完成日期要在谈话以后。")


def _hand(deed: str, by: Actor) -> dict[str, Any]:
    """Who did it, and when."""
    return {f"{deed}_by": by.user, f"{deed}_at": clock.now()}


def _facts(meeting: Appointment) -> dict[str, Any]:
    return {
        "meets_at": meeting.meets_at,
        "place": meeting.place.strip(),
        "talker": meeting.talker,
        "handler": meeting.handler,
    }


def _acknowledged(talk: Talk, by: Actor, *, signed: bool, **said: str) -> None:
    TalkAcknowledgement.objects.create(talk=talk, signed=signed, **_hand("noted", by), **said)


def _tell(talk: Talk, what: str, *, besides: Collection[int | None] = ()) -> None:
    """The deputy, who talks and who handles it; a mail says nothing of what it is about."""
    _tell_deputy(talk, what, "有一份给您本人的通知，请打开看。")
    others = {talk.talker_id, talk.handler_id, *besides}
    notices.write(
        User.objects.filter(pk__in=[each for each in others if each]),
        key=f"kept:talk:{talk.pk}:{what}",
        text="有一件由您谈话或者经办的事，请打开看。",
        link=address("scoring:talk", args=[talk.pk]),
    )


def _tell_deputy(talk: Talk, what: str, text: str) -> None:
    notices.write(
        [talk.deputy.user],
        key=f"kept:talk:{talk.pk}:{what}",
        text=text,
        link=address("scoring:own_talk", args=[talk.pk]),
    )
