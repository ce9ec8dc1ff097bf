"""附议: who stands behind which text, and who no longer does."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from proposals.states import SIGNATURE_STEPS, Signature

if TYPE_CHECKING:
    from proposals.models.proposal import Proposal


class CosignatureQuerySet(models.QuerySet["Cosignature"]):
    def standing(self) -> Self:
        """Neither taken back, nor run out, nor left behind by a changed text."""
        return self.filter(state=Signature.STANDING)

    def behind(self, proposal: "Proposal") -> Self:
        """Those that stand behind this text, by its digest."""
        return self.standing().filter(proposal=proposal, digest=proposal.digest)

    def left_behind(self, proposal: "Proposal") -> Self:
        """By a changed text, and not signed anew."""
        anew = self.standing().filter(proposal=proposal)
        left = self.filter(proposal=proposal, state=Signature.OUTDATED)
        return left.exclude(deputy__in=anew.values("deputy"))

    def run_out(self, today: date) -> Self:
        """Standing, though their last day is over: only possible before 提出."""
        return self.standing().filter(expires_on__lt=today)


class Cosignature(Stepped):
    """附议: bound to the text by its digest; a changed text is signed anew, in a new row."""

    STEPS = SIGNATURE_STEPS
    state = models.CharField("状态", max_length=20, choices=Signature, default=Signature.STANDING)
    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, related_name="cosignatures", verbose_name="建议"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, verbose_name="代表")
    digest = models.CharField("正文摘要", max_length=64)
    signed_at = models.DateTimeField("附议时间", default=clock.now)
    expires_on = models.DateField("有效期至")

    objects = CosignatureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附议"
        ordering = ("signed_at", "id")
        constraints = [
            models.UniqueConstraint(
                name="cosignature_once_per_deputy",
                fields=("proposal", "deputy"),
                condition=Q(state=Signature.STANDING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.proposal}"
