"""交与办: to whom, by when; the three meetings; the reply."""

from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Organisation, User
from congress.shared.roles import UNIT
from proposals.models.proposal import Proposal
from proposals.states import ANSWERED, Stage, State, UnitRole


class OutcomeClass(models.Model):
    """办理结果类别: A, B, C in the policy; other places have more, so they are rows."""

    code = models.CharField("代号", max_length=4, unique=True)
    name = models.CharField("名称", max_length=20)
    meaning = models.CharField("含义", max_length=60)
    position = models.PositiveSmallIntegerField("次序", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理结果类别"
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, actor: Actor) -> Self:
        """The office sees all; a unit only its own, others' are 404."""
        return self if actor.at_the_desk else self.handled_by(actor)

    def handled_by(self, actor: Actor) -> Self:
        """What lies on the desk of the acting person's unit."""
        if actor.role not in UNIT:
            return self.none()
        return self.filter(unit=actor.organisation_id)

    def in_hand(self) -> Self:
        return self.filter(proposal__state=State.ASSIGNED)

    def answered(self) -> Self:
        return self.filter(proposal__state__in=ANSWERED)

    def with_case(self) -> Self:
        """Everything a line of the unit's desk shows, in a fixed number of queries."""
        return self.select_related(
            "unit", "proposal__lead", "proposal__delegation", "proposal__session__term"
        ).prefetch_related(
            "meetings",
            "replies__outcome",
            "proposal__assignments__unit",
            "proposal__assignments__meetings",
            "proposal__assignments__replies__outcome",
        )


class Assignment(models.Model):
    """交办: a unit, its role and its own clock."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="assignments", verbose_name="建议"
    )
    unit = models.ForeignKey(Organisation, models.PROTECT, verbose_name="承办单位")
    role = models.CharField("方式", max_length=20, choices=UnitRole)
    assigned_on = models.DateField("交办日期")
    due_on = models.DateField("答复期限")
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="交办人")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交办"
        ordering = ("due_on", "id")
        constraints = [
            models.UniqueConstraint(name="assignment_once_per_unit", fields=("proposal", "unit")),
            models.UniqueConstraint(
                name="assignment_one_lead_unit",
                fields=("proposal",),
                condition=Q(role=UnitRole.LEAD),
                violation_error_message="一件建议只能有一个主办单位。",
            ),
            models.CheckConstraint(
                name="assignment_due_after_assigned",
                condition=Q(due_on__gt=models.F("assigned_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.proposal}"


class Meeting(models.Model):
    """见面: one of the three, recorded by the unit, confirmed by the lead deputy."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="meetings", verbose_name="交办"
    )
    stage = models.CharField("阶段", max_length=10, choices=Stage)
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

    class Meta:
        verbose_name = verbose_name_plural = "见面"
        ordering = ("met_on", "id")
        constraints = [
            models.UniqueConstraint(
                name="meeting_once_per_stage",
                fields=("assignment", "stage"),
                violation_error_message="这次见面已经记录过。",
            ),
            models.CheckConstraint(
                name="meeting_confirmed_has_who_and_when",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.met_on}"


class Reply(models.Model):
    """答复: the unit's answer with its class; later versions come beside it, never over it."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="replies", verbose_name="交办"
    )
    version = models.PositiveSmallIntegerField("版本", default=1)
    outcome = models.ForeignKey(OutcomeClass, models.PROTECT, verbose_name="结果类别")
    text = models.TextField("答复内容", max_length=8000)
    file_number = models.CharField("文号", max_length=40)
    signer = models.CharField("签发人", max_length=40)
    replied_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="答复人")
    replied_on = models.DateField("答复日期")
    rate_until = models.DateField("评价截止")

    class Meta:
        verbose_name = verbose_name_plural = "答复"
        ordering = ("assignment", "version")
        constraints = [
            models.UniqueConstraint(name="reply_version_once", fields=("assignment", "version")),
        ]

    def __str__(self) -> str:
        return f"{self.file_number} {self.outcome}"
