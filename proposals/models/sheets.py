"""交办单: proposals that go to their units together, and the days in which units are heard."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared.models import Session, User
from congress.shared.workflow import Stepped
from proposals.states import SHEET_STEPS, SheetState


class SheetQuerySet(models.QuerySet["Sheet"]):
    def in_the_offices_hands(self, today: date) -> Self:
        """Not yet seen by the units, or seen and their days for objections are over."""
        return self.filter(
            Q(state=SheetState.DRAFTED) | Q(state=SheetState.REHEARSED, object_until__lt=today)
        )


class Sheet(Stepped):
    """交办单: proposals that go to their units together, after the units have been heard."""

    STEPS = SHEET_STEPS
    state = models.CharField("状态", max_length=20, choices=SheetState, default=SheetState.DRAFTED)
    session = models.ForeignKey(Session, models.PROTECT, verbose_name="会次")
    name = models.CharField("名称", max_length=60)
    drawn_up_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟单人")
    drawn_up_on = models.DateField("拟单日期")
    heard_from = models.DateField("征求意见起", null=True)
    object_until = models.DateField("异议截止", null=True)
    settled_on = models.DateField("交办日期", null=True)
    drop_reason = models.CharField("收回原因", max_length=200, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交办单"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                name="sheet_rehearsed_has_its_window",
                condition=~Q(state=SheetState.REHEARSED) | Q(object_until__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_window_begins_and_ends",
                condition=Q(heard_from__isnull=True, object_until__isnull=True)
                | Q(heard_from__isnull=False, object_until__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_settled_has_its_day",
                condition=Q(state=SheetState.SETTLED, settled_on__isnull=False)
                | (~Q(state=SheetState.SETTLED) & Q(settled_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="sheet_dropped_after_units_saw_it_says_why",
                condition=Q(state=SheetState.DROPPED)
                & (Q(object_until__isnull=True) | ~Q(drop_reason=""))
                | (~Q(state=SheetState.DROPPED) & Q(drop_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
