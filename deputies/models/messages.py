"""一码二亮: the code that was, what the deputy promised, what voters write through the code."""

import secrets
from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.workflow import Stepped
from deputies.models.people import Deputy
from deputies.states import MESSAGE_STEPS, Measure, MessageState

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RECEIPT = 8


def new_receipt() -> str:
    """查询号: eight signs that nobody mistakes for one another, 39 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT))


class RetiredCode(models.Model):
    """停用的代表码: behind it stands one sentence, never the deputy."""

    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="+", verbose_name="代表")
    code = models.CharField("代表码", max_length=32, unique=True)
    reason = models.CharField("停用原因", max_length=80)
    retired_at = models.DateTimeField("停用时间")

    class Meta:
        verbose_name = verbose_name_plural = "停用的代表码"
        ordering = ("-retired_at",)

    def __str__(self) -> str:
        return f"{self.deputy} {timezone.localtime(self.retired_at):%Y-%m-%d}"


class Pledge(models.Model):
    """承诺: at most three, each in one line, each beside a fact where one can be counted."""

    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="pledges", verbose_name="代表")
    position = models.PositiveSmallIntegerField("第几条")
    text = models.CharField("承诺", max_length=40)
    measure = models.CharField("拿什么说明", max_length=10, choices=Measure, blank=True)
    target = models.PositiveSmallIntegerField("一年做到几次", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "承诺"
        ordering = ("deputy", "position")
        constraints = [
            models.UniqueConstraint(
                name="pledge_position_once_per_deputy", fields=("deputy", "position")
            ),
            models.CheckConstraint(
                name="pledge_is_one_of_three", condition=Q(position__gte=1, position__lte=3)
            ),
            models.CheckConstraint(name="pledge_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, actor: Actor, today: date) -> Self:
        """The serving deputy it was written to; the office sees that they are answered."""
        if actor.at_the_desk:
            return self
        own = Deputy.objects.serving(today).filter(user=actor.user)
        return self.filter(deputy__in=own) if actor.user else self.none()

    def just_sent(
        self, deputy: Deputy, words: str, origin: str, *, now: datetime
    ) -> "Message | None":
        """What came in these words from this place within the hour."""
        recent = self.filter(deputy=deputy, words=words, sent_at__gte=now - timedelta(hours=1))
        return recent.exclude(origin="").filter(origin=origin).first()

    def waiting(self) -> Self:
        """What the deputy has not answered, oldest first."""
        return self.filter(state=MessageState.SENT).order_by("sent_at")

    def left_alone(self, today: date) -> Self:
        """Waiting, and written to somebody who serves no more: the office answers."""
        return self.waiting().exclude(deputy__in=Deputy.objects.serving(today))

    def reachable(self) -> Self:
        """Still with something to reach the voter by."""
        return self.exclude(contact="", caller="")

    def over(self, *, ended: date, sent: date) -> Self:
        """Answered or closed before the one day, or never ended and sent before the other."""
        return self.filter(
            Q(ended_at__date__lt=ended) | Q(ended_at__isnull=True, sent_at__date__lt=sent)
        )


class Message(Stepped):
    """群众留言: from a voter through the code; the receipt number tells what became of it."""

    STEPS = MESSAGE_STEPS
    state = models.CharField("状态", max_length=20, choices=MessageState, default=MessageState.SENT)
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="messages", verbose_name="代表")
    receipt = models.CharField("查询号", max_length=8, unique=True, default=new_receipt)
    words = models.TextField("反映的事", max_length=600)
    place = models.CharField("村（社区）", max_length=40, blank=True)
    caller = models.CharField("称呼", max_length=20, blank=True)
    contact = models.CharField("联系方式", max_length=40, blank=True)
    origin = models.CharField("来源", max_length=64, blank=True, editable=False)
    sent_at = models.DateTimeField("留言时间")
    answer = models.TextField("答复", max_length=600, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, verbose_name="办结人", related_name="+"
    )
    ended_at = models.DateTimeField("办结时间", null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "群众留言"
        ordering = ("-sent_at", "-id")
        indexes = [models.Index(fields=("origin", "sent_at"), name="message_by_origin")]
        constraints = [
            models.CheckConstraint(
                name="message_ended_has_words_who_and_when",
                condition=(
                    Q(
                        state__in=(MessageState.ANSWERED, MessageState.CLOSED),
                        ended_by__isnull=False,
                        ended_at__isnull=False,
                    )
                    & ~Q(answer="")
                )
                | Q(
                    state__in=(MessageState.SENT, MessageState.RAISED),
                    ended_by__isnull=True,
                    ended_at__isnull=True,
                    answer="",
                ),
            )
        ]

    def __str__(self) -> str:
        return self.words[:20]


class WrongReceipt(models.Model):
    """填错的查询号: counted for an hour, so that nobody finds a number by trying."""

    origin = models.CharField("来源", max_length=64)
    asked_at = models.DateTimeField("查询时间")

    class Meta:
        verbose_name = verbose_name_plural = "填错的查询号"
        ordering = ("-asked_at",)
        indexes = [models.Index(fields=["origin", "asked_at"], name="wrong_receipt_by_origin")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.asked_at):%Y-%m-%d %H:%M}"
