"""作废打不开的评价单: whose key is lost for good; asked for by one, agreed to by another."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared import clock
from congress.shared.models import User
from proposals.models.assigning import Assignment
from proposals.models.evaluation import Rating


class RatingVoidingQuerySet(models.QuerySet["RatingVoiding"]):
    def waiting(self) -> Self:
        """Neither agreed to nor refused."""
        return self.filter(voided_by=None, refused_by=None)

    def agreed(self) -> Self:
        """What these are of counts as not rated."""
        return self.filter(voided_by__isnull=False)


class RatingVoiding(models.Model):
    """作废: of one rating that does not open. Nobody knows what it said, and nothing here tells.

    The rating stays as it was given, with its commitment; it counts for nothing from then on. A row
    begins undecided, and what was decided on it stays (the triggers of migration 0073).
    """

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="voidings", verbose_name="评价")
    reason = models.CharField("作废的理由", max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间", default=clock.now)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="同意人"
    )
    voided_at = models.DateTimeField("作废时间", null=True)
    refused_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="不同意的人"
    )
    refused_at = models.DateTimeField("不同意的时间", null=True)
    refusal = models.CharField("不同意的理由", max_length=200, blank=True)

    objects = RatingVoidingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评价作废"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="rating_voiding_takes_two",
                condition=(Q(voided_by__isnull=True) | ~Q(voided_by=F("asked_by")))
                & (Q(refused_by__isnull=True) | ~Q(refused_by=F("asked_by"))),
                violation_error_message="作废评价单要两个人。",
            ),
            models.CheckConstraint(
                name="rating_voiding_has_who_and_when",
                condition=Q(voided_by__isnull=True, voided_at__isnull=True)
                | Q(voided_by__isnull=False, voided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="rating_voiding_refused_by_whom_when_and_why",
                condition=Q(refused_by__isnull=True, refused_at__isnull=True, refusal="")
                | Q(refused_by__isnull=False, refused_at__isnull=False, voided_by__isnull=True)
                & ~Q(refusal=""),
            ),
            models.UniqueConstraint(
                name="rating_voiding_one_stands",
                fields=("rating",),
                condition=Q(refused_by__isnull=True),
            ),
            models.CheckConstraint(name="rating_voiding_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.rating} 作废"

    @property
    def assignment(self) -> Assignment:
        return self.rating.assignment
