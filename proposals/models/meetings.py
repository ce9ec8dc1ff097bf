"""三见面: what one side wrote down and the other bore out, or what was waived."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared import clock
from congress.shared.models import User
from proposals.models.assigning import Assignment
from proposals.states import Side, Stage


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def held(self) -> Self:
        """Neither contradicted by the other side nor taken back by its writer."""
        return self.filter(denied_at=None, taken_back_at=None)


class Meeting(models.Model):
    """见面: one of the three, written down by one side and confirmed by the other."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="meetings", verbose_name="交办"
    )
    stage = models.CharField("阶段", max_length=10, choices=Stage)
    side = models.CharField("登记方", max_length=10, choices=Side, default=Side.UNIT)
    met_on = models.DateField("见面日期")
    place = models.CharField("地点", max_length=60)
    people = models.CharField("参加人", max_length=120)
    said = models.TextField("谈了什么", max_length=1000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间", default=clock.now)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True)
    denied_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="否认人"
    )
    denied_at = models.DateTimeField("否认时间", null=True)
    denial = models.CharField("实际情况", max_length=200, blank=True)
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="撤销登记的人"
    )
    taken_back_at = models.DateTimeField("撤销登记时间", null=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "见面"
        ordering = ("met_on", "id")
        constraints = [
            models.UniqueConstraint(
                name="meeting_once_per_stage",
                fields=("assignment", "stage"),
                condition=Q(denied_at=None, taken_back_at=None),
                violation_error_message="这次见面已经记录过。",
            ),
            models.CheckConstraint(
                name="meeting_confirmed_has_who_and_when",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_denied_has_who_when_and_words",
                condition=Q(denied_by__isnull=True, denied_at__isnull=True, denial="")
                | Q(denied_by__isnull=False, denied_at__isnull=False) & ~Q(denial=""),
            ),
            models.CheckConstraint(
                name="meeting_confirmed_or_denied",
                condition=Q(confirmed_at__isnull=True) | Q(denied_at__isnull=True),
            ),
            models.CheckConstraint(
                name="meeting_taken_back_has_who_and_when",
                condition=Q(taken_back_by__isnull=True, taken_back_at__isnull=True)
                | Q(taken_back_by__isnull=False, taken_back_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_answered_or_taken_back",
                condition=Q(taken_back_at__isnull=True)
                | Q(confirmed_at__isnull=True, denied_at__isnull=True),
                violation_error_message="对方已经回答的见面不能撤销登记。",
            ),
            models.CheckConstraint(
                name="meeting_confirmed_by_somebody_else",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                violation_error_message="登记见面的人不能再确认这次见面。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.met_on}"


class Waiver(models.Model):
    """免见面: the deputy says that one of the three is not needed, and why.

    `office` stands where an office said so, of one that the deputy does not bear out.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="waivers", verbose_name="交办"
    )
    stage = models.CharField("阶段", max_length=10, choices=Stage)
    reason = models.CharField("原因", max_length=200)
    waived_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="免见面人")
    waived_at = models.DateTimeField("时间", default=clock.now)
    office = models.CharField("免去的机关", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "免见面"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(name="waiver_once_per_stage", fields=("assignment", "stage")),
            models.CheckConstraint(name="waiver_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.get_stage_display()}"
