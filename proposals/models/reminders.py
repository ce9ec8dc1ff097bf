"""催办: who has been reminded of which part, at which distance from which last day."""

from django.db import models

from congress.shared.models import User
from proposals.models.assigning import Assignment
from proposals.states import Distance


class Reminder(models.Model):
    """催办: told once at each distance; a last day that moved is told of anew."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="reminders", verbose_name="交办"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提醒谁")
    distance = models.CharField("离期限", max_length=10, choices=Distance)
    due_on = models.DateField("答复期限")
    told_on = models.DateField("提醒日期")

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                name="reminder_once_per_person_distance_and_last_day",
                fields=("assignment", "person", "distance", "due_on"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.get_distance_display()}"
