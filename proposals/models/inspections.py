"""常态查: a committee that visits a unit looks at its open proposals too."""

from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Organisation, User
from congress.shared.roles import UNIT
from congress.shared.workflow import Stepped
from proposals.models.assigning import Assignment
from proposals.supervision_states import INSPECTION_STEPS, Finding, InspectionState


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def made(self) -> Self:
        return self.filter(state=InspectionState.MADE)


class Inspection(Stepped):
    """监督检查: which organisation goes to which unit, on which day, with whom."""

    STEPS = INSPECTION_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=InspectionState, default=InspectionState.PLANNED
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="哪个委室去"
    )
    unit = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="到哪个单位"
    )
    visit_on = models.DateField("哪天去")
    occasion = models.CharField("什么活动", max_length=60)
    people = models.CharField("哪些人去", max_length=120)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    drop_reason = models.CharField("取消的原因", max_length=200, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="公开人"
    )
    published_at = models.DateTimeField("公开时间", null=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "监督检查"
        ordering = ("-visit_on", "-id")
        constraints = [
            models.UniqueConstraint(
                name="inspection_once_per_unit_and_day",
                fields=("organisation", "unit", "visit_on"),
                condition=~Q(state=InspectionState.DROPPED),
                violation_error_message="这一天到这个单位的检查已经登记过。",
            ),
            models.CheckConstraint(
                name="inspection_dropped_has_its_reason",
                condition=Q(state=InspectionState.DROPPED) & ~Q(drop_reason="")
                | ~Q(state=InspectionState.DROPPED) & Q(drop_reason=""),
            ),
            models.CheckConstraint(
                name="inspection_published_when_made_by_whom",
                condition=Q(published_by=None, published_at=None)
                | Q(
                    published_by__isnull=False,
                    published_at__isnull=False,
                    state=InspectionState.MADE,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_on} {self.organisation}到{self.unit}"


class InspectionNoteQuerySet(models.QuerySet["InspectionNote"]):
    def of_unit(self, actor: Actor) -> Self:
        """What was seen at the acting person's unit."""
        if actor.role not in UNIT:
            return self.none()
        return self.filter(inspection__unit=actor.organisation_id)


class InspectionNote(models.Model):
    """检查到的情况: of one part, never changed; the unit may answer it once."""

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="notes", verbose_name="监督检查"
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="inspection_notes", verbose_name="交办"
    )
    finding = models.CharField("看到的", max_length=10, choices=Finding)
    words = models.CharField("情况", max_length=500)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    noted_at = models.DateTimeField("记录时间", default=clock.now)
    answer = models.CharField("单位说明", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="说明人"
    )
    answered_at = models.DateTimeField("说明时间", null=True)

    objects = InspectionNoteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查到的情况"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="inspection_note_once_per_part", fields=("inspection", "assignment")
            ),
            models.CheckConstraint(
                name="inspection_note_answer_has_who_and_when",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} {self.get_finding_display()}"
