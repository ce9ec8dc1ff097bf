"""大屏地址: the secret address at which one station's screen reads what is public."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.shared.models import User
from stations.models.places import Station


class ScreenTokenQuerySet(models.QuerySet["ScreenToken"]):
    def open(self) -> Self:
        """Those that show something."""
        return self.filter(ended_at=None)

    def silent(self, today: date, days: int) -> Self:
        """断线: open, and for so many days not heard of, or never since they were opened."""
        last = timezone.make_aware(datetime.combine(today - timedelta(days=days - 1), time()))
        unheard = Q(last_seen_at__lt=last) | Q(last_seen_at=None, made_at__lt=last)
        return self.open().filter(unheard)


class ScreenToken(models.Model):
    """大屏地址: kept as a digest, so that nobody reads it here; another one ends it."""

    station = models.ForeignKey(
        Station, models.PROTECT, related_name="screens", verbose_name="家站"
    )
    digest = models.CharField("地址摘要", max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="开通人")
    made_at = models.DateTimeField("开通时间")
    last_seen_at = models.DateTimeField("最近应答", null=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="停用人"
    )
    ended_at = models.DateTimeField("停用时间", null=True)
    why = models.CharField("停用原因", max_length=100, blank=True)

    objects = ScreenTokenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "大屏地址"
        ordering = ("-made_at", "-id")
        constraints = [
            models.UniqueConstraint(
                name="screen_token_one_open_per_station",
                fields=("station",),
                condition=Q(ended_at__isnull=True),
                violation_error_message="一个家站只有一个在用的大屏地址。",
            ),
            models.CheckConstraint(
                name="screen_token_ended_has_who_when_and_why",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, why="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(why="")),
                violation_error_message="停用大屏地址必须有人、时间和原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station}大屏"
