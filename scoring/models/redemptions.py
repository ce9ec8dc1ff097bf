"""积分兑换: a hold with a code, handed out at the station, or ended otherwise, once."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.workflow import Stepped
from scoring.models.gifts import Gift
from scoring.models.purses import Purse
from scoring.shop_states import REDEMPTION_STEPS, RedemptionState
from stations.models import Station


class RedemptionQuerySet(models.QuerySet["Redemption"]):
    def visible_to(self, actor: Actor) -> Self:
        """The desk all, whoever runs a station that station's, a deputy their own."""
        run = Q(gift__station__in=Station.objects.run_by(actor))
        own = Q(purse__deputy__user=actor.user) if actor.user else Q(pk__in=())
        return self.filter(run | own)

    def held(self) -> Self:
        """Waiting to be fetched."""
        return self.filter(state=RedemptionState.HELD)

    def overdue(self, today: date) -> Self:
        """Nobody has come for these."""
        return self.held().filter(until__lt=today)

    def of_name(self, name: str) -> Self:
        """Of deputies whose name has these characters."""
        return self.filter(purse__deputy__name__contains=name)


class Redemption(Stepped):
    """一次兑换: price and days stand as when it was reserved; the code is the deputy's own."""

    STEPS = REDEMPTION_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=RedemptionState, default=RedemptionState.HELD
    )
    gift = models.ForeignKey(Gift, models.PROTECT, related_name="redemptions", verbose_name="奖品")
    purse = models.ForeignKey(
        Purse, models.PROTECT, related_name="redemptions", verbose_name="兑换额度"
    )
    price = models.PositiveSmallIntegerField("用了多少额度")
    code = models.CharField("取货码", max_length=6)
    until = models.DateField("领取到哪天")
    token = models.UUIDField("发送编号", default=uuid.uuid4)
    reserved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="预留人")
    reserved_at = models.DateTimeField("预留时间", default=clock.now)
    handed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="发放人"
    )
    handed_at = models.DateTimeField("发放时间", null=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="取消或冲回的人"
    )
    ended_at = models.DateTimeField("结束时间", null=True)
    why = models.CharField("原因", max_length=100, blank=True)

    objects = RedemptionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "积分兑换"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                name="redemption_code_waits_once",
                fields=("code",),
                condition=Q(state=RedemptionState.HELD),
                violation_error_message="这个取货码正在用。",
            ),
            models.UniqueConstraint(
                name="redemption_sent_once",
                fields=("purse", "token"),
                violation_error_message="这次兑换已经收到。",
            ),
            models.CheckConstraint(
                name="redemption_has_code_and_price",
                condition=Q(code__regex="^[0-9]{6}$", price__gt=0),
                violation_error_message="兑换必须有六位取货码和额度。",
            ),
            models.CheckConstraint(
                name="redemption_handed_out_by_whom_and_when",
                condition=Q(
                    state__in=(RedemptionState.HANDED_OUT, RedemptionState.REVERSED),
                    handed_by__isnull=False,
                    handed_at__isnull=False,
                )
                | Q(
                    state__in=(
                        RedemptionState.HELD,
                        RedemptionState.CANCELLED,
                        RedemptionState.EXPIRED,
                    ),
                    handed_by=None,
                    handed_at=None,
                ),
                violation_error_message="领取过的必须有发放人和时间，没领取的没有。",
            ),
            models.CheckConstraint(
                name="redemption_ended_by_whom_when_and_why",
                condition=Q(
                    state__in=(RedemptionState.HELD, RedemptionState.HANDED_OUT),
                    ended_by=None,
                    ended_at=None,
                    why="",
                )
                | Q(state=RedemptionState.EXPIRED, ended_by=None, ended_at__isnull=False, why="")
                | (
                    Q(
                        state__in=(RedemptionState.CANCELLED, RedemptionState.REVERSED),
                        ended_by__isnull=False,
                        ended_at__isnull=False,
                    )
                    & ~Q(why="")
                ),
                violation_error_message="取消和冲回必须有经手人、时间和原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gift} {self.get_state_display()}"

    @property
    def last_figures(self) -> str:
        """As much of the code as a sheet may print."""
        return self.code[-2:]


class ReversalQuerySet(models.QuerySet["Reversal"]):
    def waiting(self) -> Self:
        """Neither confirmed nor dropped."""
        return self.filter(confirmed_at=None, dropped_at=None)


class Reversal(models.Model):
    """冲回发放: what was handed to the wrong person; one asks for it, another confirms it."""

    redemption = models.ForeignKey(
        Redemption, models.PROTECT, related_name="reversals", verbose_name="兑换"
    )
    came_back = models.BooleanField("奖品退回来了")
    reason = models.CharField("原因", max_length=100)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间", default=clock.now)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="复核人"
    )
    confirmed_at = models.DateTimeField("复核时间", null=True)
    dropped_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="不同意或撤回的人"
    )
    dropped_at = models.DateTimeField("不同意或撤回时间", null=True)

    objects = ReversalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "冲回发放"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="reversal_says_why",
                condition=~Q(reason=""),
                violation_error_message="冲回要写原因。",
            ),
            models.CheckConstraint(
                name="reversal_takes_two",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
                violation_error_message="冲回要两个人：提出的人不能自己复核。",
            ),
            models.CheckConstraint(
                name="reversal_ends_once_by_whom_and_when",
                condition=Q(confirmed_by=None, confirmed_at=None, dropped_by=None, dropped_at=None)
                | Q(
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                    dropped_by=None,
                    dropped_at=None,
                )
                | Q(
                    confirmed_by=None,
                    confirmed_at=None,
                    dropped_by__isnull=False,
                    dropped_at__isnull=False,
                ),
                violation_error_message="冲回只能有一个结果，并有经手人和时间。",
            ),
            models.UniqueConstraint(
                name="reversal_one_stands",
                fields=("redemption",),
                condition=Q(dropped_at=None),
                violation_error_message="这次发放已经有人提出冲回。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.redemption} 冲回"


class WrongPickup(models.Model):
    """输错的取货码: counted for an hour, so that nobody tries figures until one fits."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="账号")
    asked_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "输错的取货码"
        indexes = [models.Index(fields=("user", "asked_at"), name="wrong_pickup_of_whom_and_when")]

    def __str__(self) -> str:
        return f"{self.user}"
