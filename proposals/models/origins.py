"""代评线索: from where ratings came, as keyed digests that lead back to nobody and age out."""

from django.db import models

from proposals.models.evaluation import Rating
from proposals.rating_states import Trace


class RatingOrigin(models.Model):
    """来处: the device or the address of one rating; only told alike from unlike.

    One row for each key in use, so that what came before a new key and after it can be compared.
    """

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="origins", verbose_name="评价")
    trace = models.CharField("线索", max_length=10, choices=Trace)
    digest = models.CharField("摘要", max_length=64)
    seen_on = models.DateField("日期")

    class Meta:
        verbose_name = verbose_name_plural = "评价来处"
        ordering = ("id",)
        indexes = [models.Index(fields=("digest", "seen_on"), name="rating_origin_alike")]
        constraints = [
            models.UniqueConstraint(name="rating_origin_once", fields=("rating", "trace", "digest"))
        ]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.get_trace_display()}"
