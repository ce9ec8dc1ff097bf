"""制度上墙: what hangs on the walls of homes and stations, a version at a time."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import Combinable

from congress.shared.models import User


class WallDocumentQuerySet(models.QuerySet["WallDocument"]):
    def running(self, day: date | Combinable) -> Self:
        """What hangs on that day."""
        return self.filter(Q(to_on=None) | Q(to_on__gt=day))


class WallDocument(models.Model):
    """上墙制度: one that every place of its kind hangs up; its words stand in its versions."""

    title = models.CharField("名称", max_length=30, unique=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    to_on = models.DateField("不再张贴之日", null=True, blank=True)

    objects = WallDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "上墙制度"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title


class WallVersion(models.Model):
    """制度的一版: published once and never changed; the last one is in force."""

    document = models.ForeignKey(
        WallDocument, models.PROTECT, related_name="versions", verbose_name="制度"
    )
    number = models.PositiveSmallIntegerField("第几版")
    text = models.TextField("正文", max_length=3000)
    basis = models.CharField("依据", max_length=80)
    published_on = models.DateField("发布日期")
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="发布人")
    published_at = models.DateTimeField("发布时间")

    class Meta:
        verbose_name = verbose_name_plural = "制度版本"
        ordering = ("document__position", "-number")
        constraints = [
            models.UniqueConstraint(
                name="wall_version_numbered_once",
                fields=("document", "number"),
                violation_error_message="这项制度已有这一版。",
            ),
            models.CheckConstraint(
                name="wall_version_says_something_on_some_ground",
                condition=~Q(text="") & ~Q(basis=""),
                violation_error_message="正文和依据都要写。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}第 {self.number} 版"
