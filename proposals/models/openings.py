"""送达回证: who of a unit first opened what was sent to it, and when.

A receipt is its own trail: the row says who, of what and when, is written once and changed by no
right of the application's role. It has no row in 办理痕迹, for looking decides nothing.
"""

from django.db import models

from congress.shared import clock
from congress.shared.models import User
from proposals.models.assigning import Assignment
from proposals.states import Sending


class Opening(models.Model):
    """首次打开: of one sending, by the first of the unit's people; never changed."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="openings", verbose_name="交办"
    )
    sending = models.CharField("送达", max_length=10, choices=Sending)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="打开人")
    opened_at = models.DateTimeField("打开时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "首次打开"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="opening_first_one_counts", fields=("assignment", "sending")
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.get_sending_display()}"
