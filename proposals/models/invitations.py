"""邀请附议: whom the lead deputy asks by name to stand behind a text, and what they say."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from proposals.models.proposal import Proposal
from proposals.states import INVITATION_STEPS, OPEN_TO_SIGNERS, InvitationState, State


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self, today: date) -> Self:
        """Not answered, and the text may still be signed."""
        rows = self.filter(state=InvitationState.ASKED, proposal__state__in=OPEN_TO_SIGNERS)
        return rows.exclude(proposal__state=State.SIGNING, proposal__sign_until__lt=today)

    def of(self, actor: Actor) -> Self:
        """Those that this person was asked."""
        return self.filter(deputy__user=actor.user) if actor.user else self.none()

    def by_lead(self, actor: Actor) -> Self:
        """Those that this person has sent."""
        return self.filter(proposal__lead__user=actor.user) if actor.user else self.none()


class Invitation(Stepped):
    """One deputy asked by name; a signature answers it, whoever says no need not say why."""

    STEPS = INVITATION_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=InvitationState, default=InvitationState.ASKED
    )
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="invitations", verbose_name="建议"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="+", verbose_name="代表")
    asked_on = models.DateField("邀请日期")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附议邀请"
        ordering = ("asked_on", "id")
        constraints = [
            models.UniqueConstraint(
                name="invitation_once_per_deputy",
                fields=("proposal", "deputy"),
                condition=Q(state__in=(InvitationState.ASKED, InvitationState.DECLINED)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.proposal}"
