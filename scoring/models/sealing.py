"""没有做成的档案: how often each file was begun, and why one could not be made."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from scoring.models.cycle import ReviewCycle
from scoring.models.grading import Grading


class SealFailureQuerySet(models.QuerySet["SealFailure"]):
    def of(self, cycle: ReviewCycle) -> Self:
        """Of one year's files, in the order of the names."""
        rows = self.filter(grading__cycle=cycle).select_related("grading__deputy")
        return rows.order_by("grading__deputy__stroke_key", "pk")

    def resting(self, now: datetime) -> Self:
        """Not tried again before their time, or before somebody says so."""
        return self.filter(again_at__gt=now)


class SealFailure(models.Model):
    """一份没有做成的档案: gone as soon as the file is sealed. The trail keeps every try."""

    grading = models.OneToOneField(
        Grading, models.PROTECT, related_name="failure", verbose_name="评定"
    )
    reason = models.CharField("原因", max_length=200)
    tries = models.PositiveSmallIntegerField("试过几次", default=1)
    failed_at = models.DateTimeField("最近一次失败")
    again_at = models.DateTimeField("什么时候再试")

    objects = SealFailureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "没有做成的档案"
        ordering = ("grading",)
        constraints = [
            models.CheckConstraint(
                name="seal_failure_has_a_reason",
                condition=~Q(reason="") & Q(tries__gte=1),
                violation_error_message="没有做成的档案必须写明原因。",
            ),
            models.CheckConstraint(
                name="seal_failure_is_tried_again_later",
                condition=Q(again_at__gte=F("failed_at")),
                violation_error_message="再试的时间不能早于失败的时间。",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def is_asked_for(self) -> bool:
        """重试: somebody has said so, and the next turn of the run takes it."""
        return self.again_at <= self.failed_at


class SealStart(models.Model):
    """开始制作: committed before the work and gone after it.

    What stands here is under way or died half way; a file that takes its worker down leaves no
    other trace.
    """

    grading = models.OneToOneField(
        Grading, models.PROTECT, related_name="start", verbose_name="评定"
    )
    tries = models.PositiveSmallIntegerField("开始过几次", default=1)
    begun_at = models.DateTimeField("最近一次开始")

    class Meta:
        verbose_name = verbose_name_plural = "开始制作的档案"
        ordering = ("grading",)
        constraints = [
            models.CheckConstraint(
                name="seal_start_is_counted_from_one",
                condition=Q(tries__gte=1),
                violation_error_message="开始制作的次数从一算起。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.grading_id} {self.tries}"
