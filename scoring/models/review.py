"""年度评价: opinions blind to each other, the stars, the sealed file."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import Term, User
from congress.shared.roles import Role
from deputies.models import Deputy, DeputyGroup, Membership
from scoring.models.cycle import ReviewCycle, StandIn
from scoring.models.grading import Grading
from scoring.states import TOLD, CycleState, Step

ARCHIVED = "archived"
"""The trail's word for a file that was sealed: its time is the worker's, the file's own is not."""


class Star(models.Model):
    """一颗星: one aspect of a deputy's year. Names are the county's to edit."""

    code = models.SlugField("代码", unique=True)
    name = models.CharField("星名", max_length=10, unique=True)
    aspect = models.CharField("看什么", max_length=40)
    condition = models.CharField("点亮条件", max_length=80)
    position = models.PositiveSmallIntegerField("次序", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "十星"
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class AppraisalQuerySet(models.QuerySet["Appraisal"]):
    def visible_to(self, actor: Actor) -> Self:
        """背靠背: while opinions are gathered only one's own, whoever asks.

        From 待评定 the deputy-affairs office sees all; once the result is told, the committee's
        leaders do, and a deputy what was said of them.
        """
        own = Q(given_by=actor.user) | Q(step=Step.SELF, deputy__user=actor.user)
        if actor.user is None:
            return self.none()
        if actor.at_deputy_office:
            return self.filter(own | ~Q(cycle__state=CycleState.OPEN))
        if actor.is_a(Role.LEADER):
            return self.filter(own | Q(cycle__state__in=TOLD))
        return self.filter(own | Q(deputy__user=actor.user, cycle__state__in=TOLD))


class Appraisal(models.Model):
    """一方意见: a score and words, given once, unseen by the other parties until decided."""

    cycle = models.ForeignKey(ReviewCycle, models.PROTECT, verbose_name="年度评价")
    deputy = models.ForeignKey(Deputy, models.PROTECT, verbose_name="代表")
    step = models.CharField("哪一方", max_length=10, choices=Step)
    score = models.DecimalField("评分", max_digits=4, decimal_places=1)
    words = models.CharField("意见", max_length=300, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="评价人")
    given_at = models.DateTimeField("评价时间")
    stand_in = models.ForeignKey(
        StandIn, models.PROTECT, null=True, blank=True, verbose_name="代为评价"
    )

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评价意见"
        constraints = [
            models.UniqueConstraint(
                name="appraisal_once_per_step",
                fields=("cycle", "deputy", "step"),
                violation_error_message="这一方的意见已经提交。",
            ),
            models.CheckConstraint(
                name="appraisal_score_is_0_to_100", condition=Q(score__gte=0, score__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.score}"


class OnBehalf(models.Model):
    """代录: a self review that was written on paper, entered by the convenor or the office."""

    appraisal = models.OneToOneField(
        Appraisal, models.PROTECT, related_name="on_behalf", verbose_name="自评"
    )
    reason = models.CharField("代录原因", max_length=120, blank=True)
    file = models.FileField("纸质自评照片", upload_to="self-reviews/%Y", max_length=120, blank=True)
    sha256 = models.CharField("照片摘要", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代录的自评"
        constraints = [
            models.CheckConstraint(
                name="on_behalf_has_a_reason_or_a_photo",
                condition=~Q(reason="") | ~Q(file=""),
                violation_error_message="代录要附纸质自评的照片，或者写明原因。",
            ),
            models.CheckConstraint(
                name="on_behalf_photo_has_its_digest",
                condition=Q(file="", sha256="") | (~Q(file="") & ~Q(sha256="")),
                violation_error_message="照片和它的摘要必须同时保存。",
            ),
        ]

    def __str__(self) -> str:
        return self.reason or "附纸质自评照片"


class StarLight(models.Model):
    """星: lit or not at the decision, with the reason either way; others than the deputy
    and the office read it once the year is sealed."""

    grading = models.ForeignKey(Grading, models.PROTECT, related_name="lights", verbose_name="评定")
    star = models.ForeignKey(Star, models.PROTECT, verbose_name="星")
    name = models.CharField("当年的星名", max_length=10)
    lit = models.BooleanField("点亮")
    reason = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "点亮的星"
        ordering = ("grading", "star__position")
        constraints = [
            models.UniqueConstraint(name="star_once_per_grading", fields=("grading", "star"))
        ]

    def __str__(self) -> str:
        return f"{self.star} {self.lit}"


class ArchiveQuerySet(models.QuerySet["Archive"]):
    def visible_to(self, actor: Actor) -> Self:
        """The deputy-affairs office sees every file, a deputy their own, nobody else any."""
        if actor.at_deputy_office:
            return self
        return self.filter(grading__deputy__user=actor.user) if actor.user else self.none()

    def of_term(self, deputy: Deputy, term: Term) -> Self:
        """A deputy's files of the years that ended within one term, the oldest first."""
        rows = self.filter(grading__deputy=deputy, grading__cycle__assembly=term.assembly_id)
        rows = rows.filter(grading__cycle__year__gte=term.from_on.year)
        if term.to_on:  # its last day
            rows = rows.filter(grading__cycle__year__lt=(term.to_on + timedelta(days=1)).year)
        return rows.order_by("grading__cycle__year")

    def of_group(self, group: DeputyGroup, cycle: ReviewCycle) -> Self:
        """The files of a year of those who belonged to the group on its last day."""
        members = Membership.objects.running(cycle.last_day).filter(group=group)
        rows = self.filter(grading__cycle=cycle, grading__deputy__in=members.values("deputy"))
        return rows.order_by("grading__deputy__stroke_key", "pk")


class Archive(models.Model):
    """电子履职档案: 一人一档，一年一归档. Sealed: number, hash, verify code."""

    grading = models.OneToOneField(Grading, models.PROTECT, verbose_name="评定")
    number = models.CharField("档号", max_length=60, unique=True)
    code = models.CharField("验证码", max_length=20, unique=True)
    file = models.CharField("文件", max_length=120)
    sha256 = models.CharField("摘要", max_length=64)
    data = models.CharField("数据文件", max_length=120, blank=True)
    data_sha256 = models.CharField("数据摘要", max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField("页数")
    sealed_at = models.DateTimeField("归档时间")

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履职档案"
        ordering = ("number",)
        constraints = [
            models.CheckConstraint(
                name="archive_has_data_and_its_digest_or_neither",
                condition=Q(data="", data_sha256="") | (~Q(data="") & ~Q(data_sha256="")),
            ),
            models.UniqueConstraint(
                name="archive_file_is_of_one_deputy",
                fields=("file",),
                violation_error_message="这个文件已经是另一份档案的。",
            ),
            models.UniqueConstraint(
                name="archive_data_are_of_one_deputy",
                fields=("data",),
                condition=~Q(data=""),
                violation_error_message="这个数据文件已经是另一份档案的。",
            ),
        ]

    def __str__(self) -> str:
        return self.number
