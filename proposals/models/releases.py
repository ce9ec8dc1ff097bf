"""公布满意度: one frozen snapshot for each batch; what stands here is all that anybody is told."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared import clock
from congress.shared.models import Assembly, Organisation, User
from proposals.models.replies import Reply
from proposals.rating_states import Measure


class RatingReleaseQuerySet(models.QuerySet["RatingRelease"]):
    def with_figures(self) -> Self:
        return self.filter(round__isnull=False)


class RatingRelease(models.Model):
    """一批: a congress, a year, and which time; never counted anew, never changed.

    One of nothing but what is withheld as a whole has no table and no number, so that nobody
    misses one; any other has both (the trigger of migration 0070).
    """

    assembly = models.ForeignKey(Assembly, models.PROTECT, related_name="+", verbose_name="人大")
    year = models.PositiveSmallIntegerField("年度")
    round = models.PositiveSmallIntegerField("批次", null=True)
    least_replies = models.PositiveSmallIntegerField("至少几份答复")
    least_raters = models.PositiveSmallIntegerField("至少几位代表")
    alike_below = models.PositiveSmallIntegerField("全部相同时至少几份")
    released_on = models.DateField("公布日期")
    released_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="公布人")
    released_at = models.DateTimeField("公布时间", default=clock.now)

    objects = RatingReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "满意度公布"
        ordering = ("-year", "-round")
        constraints = [
            models.UniqueConstraint(
                name="release_once_per_batch", fields=("assembly", "year", "round")
            ),
            models.CheckConstraint(name="release_counts_from_one", condition=Q(round__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年第 {self.round} 批" if self.round else f"{self.year} 年不列表的一批"


class ReleasedReply(models.Model):
    """批里的一份答复: in one batch for ever and in no other, so that no two can be subtracted."""

    release = models.ForeignKey(
        RatingRelease, models.PROTECT, related_name="replies", verbose_name="公布"
    )
    reply = models.OneToOneField(
        Reply, models.PROTECT, related_name="released_in", verbose_name="答复"
    )

    class Meta:
        verbose_name = verbose_name_plural = "列入公布的答复"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.release} {self.reply_id}"


class ReleasedCountQuerySet(models.QuerySet["ReleasedCount"]):
    def totals(self) -> Self:
        return self.filter(unit=None)

    def of_units(self) -> Self:
        return self.exclude(unit=None)

    def open(self) -> Self:
        """Those with figures; of the others nothing but the number of forms sent is kept."""
        return self.filter(best__isnull=False)


class ReleasedCount(models.Model):
    """一格: a unit's year, or all units together (no unit); without figures 不足以公开.

    What is held back is not kept here either: the table holds only what may be read.
    """

    release = models.ForeignKey(
        RatingRelease, models.PROTECT, related_name="counts", verbose_name="公布"
    )
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="承办单位"
    )
    measure = models.CharField("评什么", max_length=20, choices=Measure)
    sent = models.PositiveIntegerField("发出")
    best = models.PositiveIntegerField("满意（办成了）", null=True)
    middle = models.PositiveIntegerField("基本满意（办一半）", null=True)
    worst = models.PositiveIntegerField("不满意（没办）", null=True)
    unrated = models.PositiveIntegerField("未评价", null=True)

    objects = ReleasedCountQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公布的满意度"
        ordering = ("release", "unit", "id")
        constraints = [
            models.UniqueConstraint(
                name="released_count_once_per_cell",
                fields=("release", "unit", "measure"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="released_count_is_whole_or_held_back",
                condition=Q(
                    best__isnull=True,
                    middle__isnull=True,
                    worst__isnull=True,
                    unrated__isnull=True,
                )
                | Q(
                    best__isnull=False,
                    middle__isnull=False,
                    worst__isnull=False,
                    unrated__isnull=False,
                    sent=F("best") + F("middle") + F("worst") + F("unrated"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or '合计'} {self.get_measure_display()}"

    @property
    def returned(self) -> int | None:
        """收回几份; None of a cell that is held back."""
        return None if self.unrated is None else self.sent - self.unrated
