"""兑换额度: opened by last year's grade, a ledger of its own that no rank ever reads."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import User
from deputies.models import Deputy
from scoring.models.grading import Grade, Grading


class PurseQuerySet(models.QuerySet["Purse"]):
    def visible_to(self, actor: Actor) -> Self:
        """The committee's desk sees all, a deputy their own."""
        if actor.at_the_desk:
            return self
        return self.filter(deputy__user=actor.user) if actor.user else self.none()

    def good_on(self, day: date) -> Self:
        """Those of that day's year that have not run out."""
        return self.filter(year=day.year, good_until__gte=day)


class Purse(models.Model):
    """一名代表一年的额度: `available` and `held` are kept beside the lines, never below zero."""

    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="purses", verbose_name="代表")
    year = models.PositiveSmallIntegerField("年度")
    grading = models.ForeignKey(
        Grading, models.PROTECT, related_name="purses", verbose_name="依据的评定"
    )
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="+", verbose_name="依据的等次")
    good_until = models.DateField("用到哪天")
    available = models.PositiveIntegerField("可用额度", default=0)
    held = models.PositiveIntegerField("预留中", default=0)
    opened_at = models.DateTimeField("开立时间", default=clock.now)

    objects = PurseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "兑换额度"
        ordering = ("-year", "deputy__stroke_key", "deputy_id")
        constraints = [
            models.UniqueConstraint(
                name="purse_once_per_deputy_and_year",
                fields=("deputy", "year"),
                violation_error_message="这名代表这一年的兑换额度已经开立。",
            ),
            models.CheckConstraint(
                name="purse_never_below_zero",
                condition=Q(available__gte=0, held__gte=0),
                violation_error_message="兑换额度不够。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.year} 年兑换额度"


class PurseLineKind(models.TextChoices):
    CREDIT = "credit", "开立"
    HOLD = "hold", "预留"
    RELEASE = "release", "退还预留"
    SPEND = "spend", "领取"
    REVERSAL = "reversal", "冲回"
    ADJUSTMENT = "adjustment", "等次更正"


K = PurseLineKind


class PurseLine(models.Model):
    """一笔额度: what it adds to `available` and to `held`. Inserted and read, never changed."""

    purse = models.ForeignKey(Purse, models.PROTECT, related_name="lines", verbose_name="兑换额度")
    kind = models.CharField("种类", max_length=12, choices=PurseLineKind)
    available = models.IntegerField("可用增减")
    held = models.IntegerField("预留增减")
    redemption = models.ForeignKey(
        "scoring.Redemption", models.PROTECT, null=True, related_name="lines", verbose_name="兑换"
    )
    note = models.CharField("说明", max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("记录时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "兑换额度明细"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="purse_line_moves_as_its_kind",
                condition=Q(kind=K.CREDIT, available__gt=0, held=0)
                | Q(kind=K.HOLD, available=-models.F("held"), held__gt=0)
                | Q(kind=K.RELEASE, available=-models.F("held"), held__lt=0)
                | Q(kind=K.SPEND, available=0, held__lt=0)
                | Q(kind=K.REVERSAL, available__gt=0, held=0)
                | (Q(kind=K.ADJUSTMENT, held=0) & ~Q(note="")),
                violation_error_message="这一笔的增减与种类不符。",
            ),
            models.CheckConstraint(
                name="purse_line_knows_its_redemption",
                condition=Q(kind__in=(K.CREDIT, K.ADJUSTMENT), redemption=None)
                | Q(kind__in=(K.HOLD, K.RELEASE, K.SPEND, K.REVERSAL), redemption__isnull=False),
                violation_error_message="预留、退还、领取、冲回必须对着一次兑换。",
            ),
            models.UniqueConstraint(
                name="purse_credited_once",
                fields=("purse",),
                condition=Q(kind=K.CREDIT),
                violation_error_message="兑换额度只开立一次。",
            ),
            models.UniqueConstraint(
                name="purse_line_once_per_redemption_and_kind",
                fields=("redemption", "kind"),
                condition=Q(redemption__isnull=False),
                violation_error_message="同一次兑换不能记两次。",
            ),
            models.UniqueConstraint(
                name="purse_hold_ends_once",
                fields=("redemption",),
                condition=Q(kind__in=(K.RELEASE, K.SPEND)),
                violation_error_message="一次预留只能退还或者领取一次。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purse_id} {self.get_kind_display()}"
