"""导入家站表: what one confirmed sheet founded and changed, so that it can be taken back."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared.models import User


class StationImportQuerySet(models.QuerySet["StationImport"]):
    def since(self, moment: datetime) -> Self:
        return self.filter(applied_at__gte=moment)


class StationImport(models.Model):
    """家站表导入: one confirmed sheet."""

    founded = models.JSONField("新设的家站", default=list, help_text="撤回时要用")
    described = models.JSONField("更新的资料", default=list, help_text="每个家站原来和后来的资料")
    applied_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="导入人")
    applied_at = models.DateTimeField("导入时间")
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="撤回人"
    )
    undone_at = models.DateTimeField("撤回时间", null=True)
    outcome = models.CharField("撤回结果", max_length=200, blank=True)

    objects = StationImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "家站表导入"
        ordering = ("-applied_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="station_import_undone_has_who_when_and_outcome",
                condition=Q(undone_by__isnull=True, undone_at__isnull=True, outcome="")
                | (Q(undone_by__isnull=False, undone_at__isnull=False) & ~Q(outcome="")),
                violation_error_message="撤回家站表必须有人、时间和结果。",
            ),
        ]

    def __str__(self) -> str:
        updated = [pk for pk, *_ in self.described if pk not in self.founded]
        return f"新设 {len(self.founded)} 个，更新 {len(updated)} 个"
