"""关注: who is told by e-mail of what is public. A row is its own trail, and goes when it is over.

Of an address nobody but the task that writes to it reads: no page, no list of the workbench, no
export shows one, and the auditors' login has no right to the table.
"""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from congress.shared.models import Area, Organisation
from proposals.models.proposal import Proposal


class WatcherQuerySet(models.QuerySet["Watcher"]):
    def due(self, today: date, *, claims_end: datetime) -> Self:
        """Not yet looked after today, and in no worker's hands since `claims_end`."""
        confirmed = Watch.objects.confirmed().filter(watcher=OuterRef("pk"))
        rows = self.filter(Exists(confirmed)).exclude(told_on__gte=today)
        return rows.filter(Q(claimed_at=None) | Q(claimed_at__lt=claims_end))

    def without_watch(self) -> Self:
        """Of whom nothing needs to be known any more."""
        return self.exclude(Exists(Watch.objects.filter(watcher=OuterRef("pk"))))


class Watcher(models.Model):
    """关注人: an address, and up to when it has been told; gone with the last thing it follows."""

    address = models.EmailField("电子邮箱", max_length=254, unique=True)
    told_on = models.DateField("最近汇总日期", null=True)
    told_until = models.DateTimeField("已告知到", null=True)
    claimed_at = models.DateTimeField("开始写信时间", null=True)

    objects = WatcherQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "关注人"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="watcher_address_in_small_letters",
                condition=Q(address=Lower("address")),
            )
        ]

    def __str__(self) -> str:
        return f"关注人 {self.pk}"


class WatchQuerySet(models.QuerySet["Watch"]):
    def confirmed(self) -> Self:
        """Whose owner of the address said so."""
        return self.filter(confirmed_at__isnull=False)

    def to_confirm(self) -> Self:
        """Asked for, and still without the letter that asks back."""
        return self.filter(confirmed_at=None, letter_at=None)

    def unclaimed(self, claims_end: datetime) -> Self:
        """In no worker's hands since then."""
        return self.filter(Q(claimed_at=None) | Q(claimed_at__lt=claims_end))

    def unconfirmed_since(self, moment: datetime) -> Self:
        """Asked for before that moment, and nobody has said so."""
        return self.filter(confirmed_at=None, asked_at__lt=moment)


class Watch(models.Model):
    """关注: of one proposal, of a unit, of a township, or of all when none of them is named."""

    watcher = models.ForeignKey(
        Watcher, models.CASCADE, related_name="watches", verbose_name="关注人"
    )
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="+", null=True, verbose_name="建议"
    )
    unit = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, verbose_name="承办单位"
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True, verbose_name="乡镇")
    asked_at = models.DateTimeField("要求关注时间")
    claimed_at = models.DateTimeField("开始写确认信时间", null=True)
    letter_at = models.DateTimeField("确认信发出时间", null=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "关注"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="watch_is_of_one_thing",
                condition=Q(proposal=None, unit=None)
                | Q(proposal=None, area=None)
                | Q(unit=None, area=None),
            ),
            models.UniqueConstraint(
                name="watch_once_per_watcher_and_thing",
                fields=("watcher", "proposal", "unit", "area"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="watch_confirmed_after_it_was_asked_for",
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("asked_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"关注 {self.pk}"


class WatchAskQuerySet(models.QuerySet["WatchAsk"]):
    def within_an_hour(self, now: datetime) -> Self:
        """What a limit counts."""
        return self.filter(asked_at__gte=now - timedelta(hours=1))


class WatchAsk(models.Model):
    """要求关注的次数: from which place and to which address, as digests that change every day."""

    origin = models.CharField("来源", max_length=64)
    to = models.CharField("寄往", max_length=64)
    asked_at = models.DateTimeField("时间")

    objects = WatchAskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "要求关注的次数"
        ordering = ("-asked_at",)
        indexes = [
            models.Index(fields=["origin", "asked_at"], name="watch_ask_by_origin"),
            models.Index(fields=["to", "asked_at"], name="watch_ask_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
