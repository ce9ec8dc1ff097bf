"""来龙去脉: what a proposal goes on from."""

from django.db import models
from django.db.models import F, Q

from congress.shared import clock
from congress.shared.models import User
from proposals.models.proposal import Proposal


class Lineage(models.Model):
    """接着办: the writer says that this proposal continues an earlier one."""

    proposal = models.OneToOneField(
        Proposal, models.PROTECT, related_name="continues", verbose_name="建议"
    )
    earlier = models.ForeignKey(
        Proposal, models.PROTECT, related_name="continued_by", verbose_name="以前那件"
    )
    told_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="认定人")
    told_at = models.DateTimeField("认定时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "来龙去脉"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="lineage_never_of_itself", condition=~Q(proposal=F("earlier"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} ← {self.earlier}"
