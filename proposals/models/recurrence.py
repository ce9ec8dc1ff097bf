"""反复提: what a person said of two proposals that look alike, and what was only computed."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from congress.shared import clock
from congress.shared.models import User
from proposals.models.proposal import Proposal
from proposals.recurring import Likeness


class Recurrence(models.Model):
    """认定: how a later proposal stands to an earlier one; the trail keeps what was said before.

    不是同一件 is kept too, so that nobody is asked about these two again.
    """

    later = models.ForeignKey(
        Proposal, models.PROTECT, related_name="judged_earlier", verbose_name="后提的"
    )
    earlier = models.ForeignKey(
        Proposal, models.PROTECT, related_name="judged_later", verbose_name="先提的"
    )
    kind = models.CharField("认定", max_length=12, choices=Likeness)
    note = models.CharField("依据", max_length=200, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="认定人")
    confirmed_at = models.DateTimeField("认定时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "反复提认定"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                Least("later", "earlier"),
                Greatest("later", "earlier"),
                name="recurrence_once_per_pair",
                violation_error_message="这两件已经认定过。",
            ),
            models.CheckConstraint(
                name="recurrence_never_of_itself", condition=~Q(later=F("earlier"))
            ),
            models.CheckConstraint(
                name="recurrence_of_a_known_kind", condition=Q(kind__in=Likeness.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.later} ← {self.earlier}：{self.get_kind_display()}"

    @property
    def proposal(self) -> Proposal:
        """Which one's trail tells of it."""
        return self.later


class Resemblance(models.Model):
    """疑似: two texts that score as alike; computed anew whenever any text differs."""

    one = models.ForeignKey(Proposal, models.PROTECT, related_name="+", verbose_name="一件")
    other = models.ForeignKey(Proposal, models.PROTECT, related_name="+", verbose_name="另一件")
    score = models.FloatField("相近程度")

    class Meta:
        verbose_name = verbose_name_plural = "疑似反复提"
        ordering = ("-score", "id")
        constraints = [
            models.UniqueConstraint(name="resemblance_once_per_pair", fields=("one", "other")),
            models.CheckConstraint(
                name="resemblance_smaller_number_first", condition=Q(one__lt=F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"


class LikenessRun(models.Model):
    """比对: of which texts the resemblances are; one row, which the next run writes over."""

    texts = models.PositiveIntegerField("件数")
    seal = models.DecimalField("文字的印记", max_digits=30, decimal_places=0)
    made_at = models.DateTimeField("比对时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "相近比对"

    def __str__(self) -> str:
        return f"{self.texts} 件"
