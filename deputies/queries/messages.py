"""一码二亮 as the deputy, the office and the voter see it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from congress.shared.actors import Actor
from deputies.models import Deputy, DeputyGroup, Mandate, Message, RetiredCode
from deputies.models.messages import ALPHABET, RECEIPT
from deputies.models.people import DeputyQuerySet
from deputies.rules import MESSAGE_ANSWER_DAYS
from deputies.states import MessageState


def masked(contact: str) -> str:
    """Enough to tell one from another, not enough to reach anybody."""
    if len(contact) < 5:
        return "*" * len(contact)
    return f"{contact[:2]}{'*' * (len(contact) - 4)}{contact[-2:]}"


@dataclass(frozen=True)
class Line:
    """One message in the deputy's list: how old, and whether it is late."""

    message: Message
    days: int
    late: bool


def inbox(actor: Actor, today: date) -> list[Line]:
    """What waits, oldest first."""
    limit = MESSAGE_ANSWER_DAYS.on(today)
    rows = Message.objects.visible_to(actor, today).waiting()
    ages = [(row, (today - timezone.localdate(row.sent_at)).days) for row in rows]
    return [Line(row, days, days > limit) for row, days in ages]


def handled(actor: Actor, today: date) -> QuerySet[Message]:
    """What is answered, handed on or closed, newest first."""
    return Message.objects.visible_to(actor, today).exclude(state=MessageState.SENT)


@dataclass(frozen=True)
class Receipt:
    """What a voter reads behind the number: never the words, the name or the contact."""

    number: str
    deputy: str
    sent: str
    state: str
    answer: str
    due: str
    over: bool
    left: bool
    """Whether the office answers, because the deputy serves no more."""


def receipt(number: str, today: date) -> Receipt | None:
    """办到哪一步: by the number alone; spaces and small letters are forgiven."""
    clean = "".join(sign for sign in number.upper() if sign in ALPHABET)
    if len(clean) != RECEIPT:
        return None
    row = Message.objects.filter(receipt=clean).select_related("deputy").first()
    if row is None:
        return None
    sent = timezone.localdate(row.sent_at)
    due = sent + timedelta(days=MESSAGE_ANSWER_DAYS.on(sent))
    return Receipt(
        row.receipt,
        row.deputy.name,
        _day(sent),
        row.get_state_display(),
        row.answer,
        _day(due),
        over=row.state == MessageState.SENT and due < today,
        left=Message.objects.left_alone(today).filter(pk=row.pk).exists(),
    )


def _day(on: date) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日"


def without_pledge(today: date) -> DeputyQuerySet:
    """Serving deputies behind whose code no pledge stands."""
    people: DeputyQuerySet = Deputy.objects.serving(today)
    return people.filter(pledges=None)


def is_retired(code: str, today: date) -> bool:
    """Whether this code was printed once and leads to no serving deputy any more."""
    known = Deputy.objects.exclude(pk__in=Deputy.objects.serving(today)).filter(code=code)
    return known.exists() or RetiredCode.objects.filter(code=code).exists()


@dataclass(frozen=True)
class Answered:
    """How a year's messages were answered: of `sent`, `on_time` within the days, `late` later."""

    sent: int
    on_time: int
    late: int
    waiting: int


def answered(deputy: Deputy, year: int, today: date) -> Answered:
    """今年群众留言的答复, in one query."""
    days = timedelta(days=MESSAGE_ANSWER_DAYS.on(today))
    rows = Message.objects.filter(deputy=deputy, sent_at__year=year)
    moments = rows.exclude(state=MessageState.CLOSED).values_list("sent_at", "ended_at")
    spans = [ended and ended - sent <= days for sent, ended in moments]
    return Answered(
        len(spans), spans.count(True), spans.count(False), sum(span is None for span in spans)
    )


def groups_with_codes(today: date) -> QuerySet[DeputyGroup]:
    """Groups whose cards can be printed."""
    return DeputyGroup.objects.standing(today).with_size(today).select_related("area")


@dataclass(frozen=True)
class Card:
    """One deputy's card: name, congresses, code address."""

    name: str
    congresses: str
    group: str
    code: str


def cards(group: DeputyGroup, today: date) -> list[Card]:
    """The serving members by 姓氏笔画, each with the own code."""
    people = Deputy.objects.serving(today).filter(
        pk__in=Deputy.objects.grouped(today, membership__group=group).values("pk")
    )
    now = Mandate.objects.running(today).select_related("term__assembly__level")
    seats = Prefetch("mandates", now.order_by("term__assembly__level__rank"))
    return [
        Card(
            each.name,
            "、".join(f"{seat.term.assembly.level.name}人大代表" for seat in each.mandates.all()),
            group.name,
            each.code,
        )
        for each in people.in_name_order().prefetch_related(seats)
    ]


def overdue(today: date) -> QuerySet[Message]:
    """What waits longer than the days, oldest first: what the deputies' own lists call late."""
    first_in_time = today - timedelta(days=MESSAGE_ANSWER_DAYS.on(today))
    return Message.objects.waiting().filter(sent_at__date__lt=first_in_time)
