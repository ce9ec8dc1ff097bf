"""对口调研: what a specialist group is invited to, who comes, what they find, the report."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.workflow import Stepped
from deputies.models.people import Deputy
from deputies.models.specialists import SpecialistGroup
from deputies.states import STUDY_STEPS, Answer, StudyKind, StudyState


class StudyQuerySet(models.QuerySet["Study"]):
    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; a deputy sees what they were invited to."""
        if actor.at_the_desk:
            return self
        return self.filter(invitations__deputy__user=actor.user) if actor.user else self.none()

    def open(self) -> Self:
        return self.filter(state=StudyState.CALLED)


class Study(Stepped):
    """对口调研: an inspection, a study or a pre-study (预算审查) on one topic."""

    STEPS = STUDY_STEPS
    state = models.CharField("状态", max_length=20, choices=StudyState, default=StudyState.CALLED)
    kind = models.CharField("方式", max_length=20, choices=StudyKind)
    topic = models.CharField("题目", max_length=80)
    group = models.ForeignKey(
        SpecialistGroup, models.PROTECT, related_name="studies", verbose_name="专业代表小组"
    )
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    place = models.CharField("地点", max_length=60)
    brief = models.TextField("看什么、议什么", max_length=1000, blank=True)
    report = models.TextField("报告", max_length=5000, blank=True)
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, verbose_name="报告人", related_name="+"
    )
    reported_at = models.DateTimeField("报告时间", null=True)
    reason = models.CharField("取消原因", max_length=120, blank=True)

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "对口调研"
        ordering = ("-starts_on", "-id")
        constraints = [
            models.CheckConstraint(
                name="study_ends_after_it_begins",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="结束日期早于开始日期。",
            ),
            models.CheckConstraint(
                name="study_reported_has_words_who_and_when",
                condition=(
                    Q(state=StudyState.REPORTED, reported_by__isnull=False)
                    & Q(reported_at__isnull=False)
                    & ~Q(report="")
                )
                | (
                    ~Q(state=StudyState.REPORTED)
                    & Q(reported_by__isnull=True, reported_at__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="study_cancelled_says_why",
                condition=~Q(state=StudyState.CANCELLED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class StudyInvitationQuerySet(models.QuerySet["StudyInvitation"]):
    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; a deputy sees their own."""
        if actor.at_the_desk:
            return self
        return self.filter(deputy__user=actor.user) if actor.user else self.none()

    def unanswered(self, today: date) -> Self:
        """Open studies that have not ended, and wait for a yes or no."""
        open_ones = self.filter(study__state=StudyState.CALLED, study__ends_on__gte=today)
        return open_ones.filter(answer="").order_by("study__starts_on")


class StudyInvitation(models.Model):
    """邀请: one deputy's yes or no."""

    study = models.ForeignKey(
        Study, models.PROTECT, related_name="invitations", verbose_name="对口调研"
    )
    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="invitations", verbose_name="代表"
    )
    answer = models.CharField("回复", max_length=10, choices=Answer, blank=True)
    reason = models.CharField("不能参加的原因", max_length=80, blank=True)
    answered_at = models.DateTimeField("回复时间", null=True)

    objects = StudyInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调研邀请"
        ordering = ("study", "deputy__stroke_key")
        constraints = [
            models.UniqueConstraint(
                name="invitation_once_per_study_and_deputy", fields=("study", "deputy")
            ),
            models.CheckConstraint(
                name="invitation_answered_has_when",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="invitation_declined_says_why",
                condition=~Q(answer=Answer.NO) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.study}"


class StudyFinding(models.Model):
    """调研发现: what one deputy found on the topic, and what they ask for."""

    study = models.ForeignKey(
        Study, models.PROTECT, related_name="findings", verbose_name="对口调研"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="+", verbose_name="提出代表")
    found = models.TextField("发现的问题", max_length=600)
    advice = models.TextField("意见建议", max_length=600)
    found_at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = verbose_name_plural = "调研发现"
        ordering = ("study", "found_at", "id")
        constraints = [
            models.UniqueConstraint(
                name="finding_once_per_study_deputy_and_words",
                fields=("study", "deputy", "found"),
                violation_error_message="这一条已经写过了。",
            )
        ]

    def __str__(self) -> str:
        return self.found[:20]
