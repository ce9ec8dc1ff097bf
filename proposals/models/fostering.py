"""接续代表: who speaks for a proposal whose lead sits no more."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from congress.shared import clock
from congress.shared.models import User
from deputies.models import Deputy, Mandate
from proposals.models.proposal import Proposal


class FosterQuerySet(models.QuerySet["Foster"]):
    def standing(self) -> Self:
        return self.filter(until_on__isnull=True)

    def sitting(self, today: date) -> Self:
        """Who stands and sits in the proposal's congress that day: a foster may leave, too."""
        seats = Mandate.objects.running(today).filter(
            deputy=OuterRef("deputy"), term__assembly=OuterRef("proposal__session__term__assembly")
        )
        serves = Deputy.objects.serving(today).filter(pk=OuterRef("deputy"))
        return self.standing().filter(Exists(seats), Exists(serves))


class Foster(models.Model):
    """接续代表: meets, consents and rates while the lead does not sit; the reply is the lead's."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="fosters", verbose_name="建议"
    )
    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="fostered", verbose_name="接续代表"
    )
    since_on = models.DateField("从哪天起")
    until_on = models.DateField("到哪天止", null=True)
    reason = models.CharField("为什么由这位代表接续", max_length=200)
    appointed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="确定人"
    )
    """Nobody where an operator carried a year over at the server; so too below."""
    appointed_at = models.DateTimeField("确定时间", default=clock.now)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="结束登记人"
    )
    ending_words = models.CharField("为什么结束", max_length=200, blank=True)

    objects = FosterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "接续代表"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="foster_one_stands",
                fields=("proposal",),
                condition=Q(until_on__isnull=True),
                violation_error_message="这件建议已经有接续代表。",
            ),
            models.CheckConstraint(name="foster_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="foster_ended_has_words",
                condition=Q(until_on__isnull=True, ended_by__isnull=True, ending_words="")
                | Q(until_on__isnull=False) & ~Q(ending_words=""),
            ),
            models.CheckConstraint(
                name="foster_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.deputy}"
