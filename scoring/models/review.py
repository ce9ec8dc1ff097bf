"""年度评价: opinions blind to each other, the committee's grade, the stars, the sealed file."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared.actors import Actor
from congress.shared.models import Assembly, User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from scoring.states import CYCLE_STEPS, CycleState, Step


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


class Grade(models.Model):
    """等次: fixed by the standing committee; the stars only suggest it."""

    name = models.CharField("等次", max_length=10, unique=True)
    stars_from = models.PositiveSmallIntegerField("星数从")
    stars_to = models.PositiveSmallIntegerField("星数到")
    position = models.PositiveSmallIntegerField("次序", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "等次"
        ordering = ("position",)
        constraints = [
            models.CheckConstraint(
                name="grade_stars_are_a_range",
                condition=Q(stars_to__gte=F("stars_from"), stars_to__lte=10),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_best(self) -> bool:
        """优秀: what nobody gets from whom a star is withheld."""
        return self.position == 1


class ReviewCycleQuerySet(models.QuerySet["ReviewCycle"]):
    def visible_to(self, actor: Actor) -> Self:
        """The desk follows every year's review; the parties only meet their own form."""
        return self if actor.at_the_desk else self.none()

    def gathering(self) -> Self:
        """Opinions are still taken; the year that waits longest first."""
        return self.filter(state=CycleState.OPEN).order_by("year", "id")

    def sealing(self) -> Self:
        """Decided, and not every file sealed yet."""
        return self.filter(state=CycleState.DECIDED).order_by("year", "id")


class ReviewCycle(Stepped):
    """一年的评价 of one congress."""

    STEPS = CYCLE_STEPS
    state = models.CharField("阶段", max_length=20, choices=CycleState, default=CycleState.OPEN)
    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    year = models.PositiveSmallIntegerField("年度")
    seed = models.CharField("验证码种子", max_length=64, editable=False)
    opened_at = models.DateTimeField("启动时间")
    minute = models.CharField("会议纪要号", max_length=60, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="评定人"
    )
    decided_at = models.DateTimeField("评定时间", null=True)

    objects = ReviewCycleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度评价"
        ordering = ("-year", "assembly")
        constraints = [
            models.UniqueConstraint(
                name="review_once_per_assembly_and_year",
                fields=("assembly", "year"),
                violation_error_message="这一年的评价已经启动。",
            ),
            models.CheckConstraint(
                name="review_decided_has_minute_and_who_and_when",
                condition=Q(
                    state=CycleState.OPEN,
                    minute="",
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                )
                | (
                    ~Q(state=CycleState.OPEN)
                    & ~Q(minute="")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                violation_error_message="评定必须有会议纪要号、评定人和时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度评价"

    @property
    def last_day(self) -> date:
        """Who holds a seat on this day is reviewed: 一年度 is the civil year."""
        return date(self.year, 12, 31)


class AppraisalQuerySet(models.QuerySet["Appraisal"]):
    def visible_to(self, actor: Actor) -> Self:
        """背靠背: until decided only one's own opinion, and all of them to the one who decides.

        Afterwards the deputy-affairs office sees all, a deputy what was said of them.
        """
        if actor.is_a(Role.STAFF_DIRECTOR):
            return self
        own = Q(given_by=actor.user) if actor.user else Q(pk__in=())
        of_me = Q(deputy__user=actor.user) if actor.user else Q(pk__in=())
        known = ~Q(cycle__state=CycleState.OPEN) & (Q() if actor.is_staff else of_me)
        return self.filter(own | known)


class Appraisal(models.Model):
    """一方意见: a score and words, given once, unseen by the other parties until decided."""

    cycle = models.ForeignKey(ReviewCycle, models.PROTECT, verbose_name="年度评价")
    deputy = models.ForeignKey(Deputy, models.PROTECT, verbose_name="代表")
    step = models.CharField("哪一方", max_length=10, choices=Step)
    score = models.DecimalField("评分", max_digits=4, decimal_places=1)
    words = models.CharField("意见", max_length=300, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="评价人")
    given_at = models.DateTimeField("评价时间")

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


class GradingQuerySet(models.QuerySet["Grading"]):
    def unsealed(self) -> Self:
        """Decided, and the file not yet made; in the order of the names."""
        return self.filter(archive__isnull=True).order_by("deputy__stroke_key", "pk")

    def sealed(self) -> Self:
        return self.filter(archive__isnull=False)


class Grading(models.Model):
    """评定: one deputy's result in one year, decided by the committee."""

    cycle = models.ForeignKey(
        ReviewCycle, models.PROTECT, related_name="gradings", verbose_name="年度评价"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="gradings", verbose_name="代表")
    suggestion = models.DecimalField("建议分", max_digits=4, decimal_places=1, null=True)
    grade = models.ForeignKey(Grade, models.PROTECT, verbose_name="等次")
    withheld_stars = models.CharField("政治星、守法星不亮的理由", max_length=120, blank=True)

    objects = GradingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评定"
        ordering = ("cycle", "deputy__stroke_key")
        constraints = [
            models.UniqueConstraint(name="grading_once_per_year", fields=("cycle", "deputy"))
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.grade}"


class StarLight(models.Model):
    """星: lit or not, with the reason either way."""

    grading = models.ForeignKey(Grading, models.PROTECT, related_name="lights", verbose_name="评定")
    star = models.ForeignKey(Star, models.PROTECT, verbose_name="星")
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
        if actor.is_staff:
            return self
        return self.filter(grading__deputy__user=actor.user) if actor.user else self.none()


class Archive(models.Model):
    """电子履职档案: 一人一档，一年一归档. Sealed: number, hash, verify code."""

    grading = models.OneToOneField(Grading, models.PROTECT, verbose_name="评定")
    number = models.CharField("档号", max_length=30, unique=True)
    code = models.CharField("验证码", max_length=20, unique=True)
    file = models.CharField("文件", max_length=120)
    sha256 = models.CharField("摘要", max_length=64)
    pages = models.PositiveSmallIntegerField("页数")
    sealed_at = models.DateTimeField("归档时间")

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履职档案"
        ordering = ("number",)

    def __str__(self) -> str:
        return self.number
