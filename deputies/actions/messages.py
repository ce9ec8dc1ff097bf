"""一码二亮: the code, the pledges, and a voter's message from the first word to the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.workflow import in_turn, lock, move, record, refuse_if
from deputies.models import Deputy, Message, Pledge, RetiredCode, WrongReceipt
from deputies.models.people import new_code
from deputies.permissions.messages import (
    why_not_answer_message,
    why_not_close_message,
    why_not_look_up,
    why_not_pledge,
    why_not_raise_message,
    why_not_renew_code,
    why_not_reveal_contact,
    why_not_send_message,
)
from deputies.queries.messages import Receipt, receipt
from deputies.rules import MESSAGE_KEEP_DAYS, MESSAGE_OPEN_DAYS
from deputies.states import Measure, MessageState


@dataclass(frozen=True)
class Promise:
    """One pledge as it was typed."""

    text: str
    measure: Measure = Measure.NONE
    target: int | None = None


@dataclass(frozen=True)
class Letter:
    """What a voter wrote."""

    words: str
    place: str = ""
    caller: str = ""
    contact: str = ""


@transaction.atomic
def renew_code(deputy: Deputy, *, reason: str, by: Actor) -> Deputy:
    """换码: a new random code; what is printed with the old one leads to no page of a person."""
    deputy = lock(deputy)
    refuse_if(why_not_renew_code(by, deputy, now=clock.now()))
    RetiredCode.objects.create(
        deputy=deputy, code=deputy.code, reason=reason, retired_at=clock.now()
    )
    deputy.code = new_code()
    deputy.save(update_fields=["code"])
    record(deputy, "code_renewed", by=by, note=reason)
    return deputy


@transaction.atomic
def pledge(deputy: Deputy, *, promises: Sequence[Promise], by: Actor, today: date) -> list[Pledge]:
    """承诺: these stand on the public page, and no others."""
    deputy = lock(deputy)
    refuse_if(why_not_pledge(by, deputy, [each.text for each in promises], today=today))
    deputy.pledges.all().delete()
    rows = [
        Pledge(deputy=deputy, position=place, **vars(each))
        for place, each in enumerate(promises, start=1)
    ]
    Pledge.objects.bulk_create(rows)
    record(deputy, "pledged", by=by, note="；".join(each.text for each in promises)[:200])
    return rows


@transaction.atomic
def send_message(deputy: Deputy, *, letter: Letter, origin: str, by: Actor, today: date) -> Message:
    """留言: the deputy is told, and the voter has a receipt number to ask with.

    The same words sent again, by a second click, are the message that is there.
    """
    in_turn(f"message {origin}")
    deputy = lock(deputy)
    if sent := Message.objects.just_sent(deputy, letter.words, origin, now=clock.now()):
        return sent
    refuse_if(why_not_send_message(deputy, origin, now=clock.now(), today=today))
    message = Message.objects.create(
        deputy=deputy, origin=origin, sent_at=clock.now(), **vars(letter)
    )
    record(message, MessageState.SENT, by=by)
    notices.write(
        [deputy.user],
        key=_key(message),
        text="有群众给您留言，请看看怎么答复。",
        link=reverse("deputies:message", args=[message.pk]),
    )
    return message


@transaction.atomic
def look_up(number: str, *, origin: str, today: date) -> Receipt | None:
    """查询: what became of the message behind the number; a wrong number is counted."""
    in_turn(f"receipt {origin}")
    refuse_if(why_not_look_up(origin, now=clock.now(), today=today))
    found = receipt(number, today)
    if found is None:
        WrongReceipt.objects.create(origin=origin, asked_at=clock.now())
    return found


@transaction.atomic
def answer_message(message: Message, *, answer: str, by: Actor, today: date) -> Message:
    """答复: the voter reads it behind the receipt number."""
    message = lock(message)
    refuse_if(why_not_answer_message(by, message, today=today))
    return _end(message, MessageState.ANSWERED, answer, by=by)


@transaction.atomic
def close_message(message: Message, *, reason: str, by: Actor, today: date) -> Message:
    """不受理: the voter reads why, and where to turn instead."""
    message = lock(message)
    refuse_if(why_not_close_message(by, message, today=today))
    return _end(message, MessageState.CLOSED, reason, by=by)


def _key(message: Message) -> str:
    return f"deputies.message:{message.pk}"


def _end(message: Message, to: MessageState, words: str, *, by: Actor) -> Message:
    notices.settle([message.deputy.user], key=_key(message), at=clock.now())
    return move(message, to, by=by, answer=words, ended_by=by.user, ended_at=clock.now())


@transaction.atomic
def reveal_contact(message: Message, *, by: Actor, today: date) -> str:
    """看联系方式: in full, to ring back; that it was looked at stands in the trail."""
    message = lock(message)
    refuse_if(why_not_reveal_contact(by, message, today=today))
    record(message, "contact_revealed", by=by)
    return message.contact


def raised(message: Message, *, by: Actor, today: date) -> Message:
    """转家站: a part of `stations.actions.issues.raise_issue`, which makes the issue."""
    message = lock(message)
    refuse_if(why_not_raise_message(by, message, today=today))
    notices.settle([message.deputy.user], key=_key(message), at=clock.now())
    return move(message, MessageState.RAISED, by=by)


def settled(message: Message, *, result: str, by: Actor) -> Message:
    """办完: the issue's result is the answer. A part of `stations.actions.issues.settle_issue`."""
    return _end(lock(message), MessageState.ANSWERED, result, by=by)


@transaction.atomic
def purge_contacts(today: date) -> int:
    """到期删除: of messages that ended so long ago nothing is left that leads to the voter.

    Nor of one that nobody ended in a much longer time. Where requests came from is needed for
    an hour, and goes the next day.
    """
    WrongReceipt.objects.filter(asked_at__date__lt=today).delete()
    Message.objects.filter(sent_at__date__lt=today).exclude(origin="").update(origin="")
    rows = Message.objects.reachable().over(
        ended=today - timedelta(days=MESSAGE_KEEP_DAYS.on(today)),
        sent=today - timedelta(days=MESSAGE_OPEN_DAYS.on(today)),
    )
    return rows.update(contact="", caller="")
