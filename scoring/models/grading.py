"""评定: a deputy's grade of a year, never changed, and the amendments that stand beside it."""

from collections import Counter
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from congress.shared.models import User
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from scoring.grade_states import AMENDMENT_STEPS, AmendmentState
from scoring.models.cycle import ReviewCycle


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
        """优秀: what nobody gets from whom a star is withheld. No grade stands before it."""
        return not Grade.objects.filter(position__lt=self.position).exists()


class GradingQuerySet(models.QuerySet["Grading"]):
    def unsealed(self) -> Self:
        """Decided, and the file not yet made; in the order of the names."""
        return self.filter(archive__isnull=True).order_by("deputy__stroke_key", "pk")

    def to_seal(self, now: datetime) -> Self:
        """Those without a file but what has failed a moment ago; who was begun least comes first.

        So a file that takes its worker down holds up no other.
        """
        rows = self.unsealed().exclude(failure__again_at__gt=now)
        return rows.order_by(F("start__tries").asc(nulls_first=True), "deputy__stroke_key", "pk")

    def covering(self, day: date) -> Self:
        """Of the reviews of that day's year whose cut-off is not before it."""
        return self.filter(cycle__year=day.year, cycle__cut_off_on__gte=day)

    def sealed(self) -> Self:
        return self.filter(archive__isnull=False)

    def with_standing_id(self) -> Self:
        """`standing_id`, the grade that stands now, to filter, count and order by."""
        last = GradeAmendment.objects.confirmed().filter(grading=OuterRef("pk")).order_by("-pk")
        now = Coalesce(
            Subquery(last.values("grade")[:1]), F("grade"), output_field=models.BigIntegerField()
        )
        return self.annotate(standing_id=now)

    def graded(self) -> Self:
        """Who has a grade as it stands now: the last one is none (不定等次)."""
        last = Grade.objects.order_by("-position").values("pk")[:1]
        return self.with_standing_grade().exclude(standing_id=Subquery(last))

    def standing_from(self, position: int) -> Self:
        """Whose grade, as it stands now, is the one of that position or a lower one."""
        low = Grade.objects.filter(position__gte=position).order_by().values("pk")
        return self.with_standing_grade().filter(standing_id__in=low)

    def how_many_of_each(self) -> Counter[int]:
        """By the grade that stands now, how many; by its number."""
        ids = self.with_standing_id().order_by().values_list(*("standing_id",), flat=True)
        return Counter(ids)

    def with_standing_grade(self) -> Self:
        """The same, and `standing_grade` of each without a further query."""
        rows = self.with_standing_id().select_related("grade")
        return rows.prefetch_related("amendments__grade")


class Grading(models.Model):
    """评定: one deputy's result in one year, as the committee decided it; it is never changed."""

    cycle = models.ForeignKey(
        ReviewCycle, models.PROTECT, related_name="gradings", verbose_name="年度评价"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="gradings", verbose_name="代表")
    suggestion = models.DecimalField("参考分", max_digits=4, decimal_places=1, null=True)
    points = models.DecimalField("评定时的积分", max_digits=6, decimal_places=1, default=0)
    stars = models.PositiveSmallIntegerField("评定时的星数", default=0)
    suggested = models.ForeignKey(
        Grade, models.PROTECT, null=True, related_name="+", verbose_name="建议等次"
    )
    grade = models.ForeignKey(Grade, models.PROTECT, verbose_name="等次")
    bands_moved = models.SmallIntegerField(
        "与建议等次相差", default=0, help_text="比建议高几等为负，低几等为正"
    )
    reason = models.CharField("评定理由", max_length=300, blank=True)
    withheld_stars = models.CharField("政治星、守法星不亮的理由", max_length=120, blank=True)

    objects = GradingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评定"
        ordering = ("cycle", "deputy__stroke_key")
        constraints = [
            models.UniqueConstraint(name="grading_once_per_year", fields=("cycle", "deputy")),
            models.CheckConstraint(
                name="grading_far_from_suggested_has_reason",
                condition=Q(bands_moved__range=(-1, 1)) | ~Q(reason=""),
                violation_error_message="与建议等次相差一等以上，必须写明理由。",
            ),
            models.CheckConstraint(
                name="grading_not_moved_is_as_suggested",
                condition=~Q(bands_moved=0) | Q(suggested__isnull=True) | Q(grade=F("suggested")),
                violation_error_message="与建议等次不同，就不是没有变动。",
            ),
            models.CheckConstraint(name="grading_stars_are_up_to_ten", condition=Q(stars__lte=10)),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.grade}"

    @property
    def standing_grade(self) -> Grade:
        """现行等次: as decided, or as the last confirmed amendment says."""
        confirmed = [each for each in self.amendments.all() if each.is_confirmed]
        return max(confirmed, key=lambda each: each.pk).grade if confirmed else self.grade


class GradeAmendmentQuerySet(models.QuerySet["GradeAmendment"]):
    def confirmed(self) -> Self:
        """What stands beside the decision."""
        return self.filter(state=AmendmentState.CONFIRMED)

    def proposed(self) -> Self:
        """What waits for the second person."""
        return self.filter(state=AmendmentState.PROPOSED)


class GradeAmendment(Stepped):
    """等次更正: another grade beside the decided one, by two persons and with its minute."""

    STEPS = AMENDMENT_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=AmendmentState, default=AmendmentState.PROPOSED
    )
    grading = models.ForeignKey(
        Grading, models.PROTECT, related_name="amendments", verbose_name="评定"
    )
    objection = models.ForeignKey(
        "scoring.GradeObjection",
        models.PROTECT,
        null=True,
        related_name="amendments",
        verbose_name="由哪一条异议",
    )
    was = models.ForeignKey(Grade, models.PROTECT, related_name="+", verbose_name="原等次")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="+", verbose_name="更正为")
    reason = models.CharField("理由", max_length=300)
    minute = models.CharField("会议纪要号", max_length=60)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出的人")
    proposed_at = models.DateTimeField("提出时间")
    second_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="第二个人"
    )
    second_at = models.DateTimeField("确认时间", null=True)
    drop_reason = models.CharField("没有确认的理由", max_length=120, blank=True)

    objects = GradeAmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "等次更正"
        ordering = ("grading", "pk")
        constraints = [
            models.UniqueConstraint(
                name="grade_amendment_one_waiting_per_grading",
                fields=("grading",),
                condition=Q(state=AmendmentState.PROPOSED),
                violation_error_message="已有一项更正等待确认。",
            ),
            models.CheckConstraint(
                name="grade_amendment_changes_the_grade",
                condition=~Q(was=F("grade")),
                violation_error_message="更正后的等次和原来一样。",
            ),
            models.CheckConstraint(
                name="grade_amendment_has_reason_and_minute",
                condition=~Q(reason="") & ~Q(minute=""),
                violation_error_message="更正必须有理由和会议纪要号。",
            ),
            models.CheckConstraint(
                name="grade_amendment_closed_has_who_and_when",
                condition=Q(
                    state=AmendmentState.PROPOSED,
                    second_by__isnull=True,
                    second_at__isnull=True,
                    drop_reason="",
                )
                | Q(
                    state=AmendmentState.CONFIRMED,
                    second_by__isnull=False,
                    second_at__isnull=False,
                    drop_reason="",
                )
                | (
                    Q(
                        state=AmendmentState.DROPPED,
                        second_by__isnull=False,
                        second_at__isnull=False,
                    )
                    & ~Q(drop_reason="")
                ),
                violation_error_message="更正的结果必须有确认人和时间，没有确认的要写理由。",
            ),
            models.CheckConstraint(
                name="grade_amendment_is_confirmed_by_another",
                condition=~Q(state=AmendmentState.CONFIRMED) | ~Q(second_by=F("proposed_by")),
                violation_error_message="提出更正的人不能自己确认。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.grade}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == AmendmentState.CONFIRMED
