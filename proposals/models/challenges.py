"""又被提出: a matter that was called solved is raised again, and people look at it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import UNIT, Role
from congress.shared.workflow import Stepped
from proposals.follow_states import CHALLENGE_STEPS, RAISED_AGAIN, ChallengeState
from proposals.models.assigning import Assignment
from proposals.models.proposal import Proposal
from proposals.models.replies import Reply
from proposals.states import SHOWN_TO_UNIT, State

OPEN = (ChallengeState.FOUND, ChallengeState.CONFIRMED, ChallengeState.EXPLAINED)
SETTLED = (ChallengeState.STANDS, ChallengeState.REVOKED)


class Ground(models.TextChoices):
    """Why the two were put side by side."""

    LINEAGE = "lineage", "代表说明接着以前那件"
    KNOWN = "known", "已认定是反复提出"
    ALIKE = "alike", "标题和内容相近"
    NAMED = "named", "人大提请对照"


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def open(self) -> Self:
        """Wait for somebody, while the later proposal stands."""
        return self.filter(state__in=OPEN).exclude(proposal__state=State.WITHDRAWN)

    def for_the_office(self, today: date) -> Self:
        """To be confirmed, or explained, or past the day on which it should have been."""
        late = Q(state=ChallengeState.CONFIRMED, explain_by__lt=today)
        waits = Q(state__in=(ChallengeState.FOUND, ChallengeState.EXPLAINED))
        return self.open().filter(waits | late)

    def raised_again(self) -> Self:
        """又被提出: confirmed by people, whatever came of it."""
        return self.filter(state__in=RAISED_AGAIN)

    def answered_openly(self) -> Self:
        """The earlier answer is public, and with it that it called the matter solved."""
        earlier = "reply__assignment__proposal"
        shown = {f"{earlier}__state": State.PUBLISHED, f"{earlier}__withheld_reason": ""}
        rows = self.filter(**shown, reply__opened_on__isnull=False)
        return rows.filter(**{f"{earlier}__reply_withheld_reason": ""})

    def visible_to(self, actor: Actor) -> Self:
        """The desk all, a township's office its own; the unit once people have confirmed it."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(reply__assignment__proposal__in=Proposal.objects.decided_by(actor))
        if actor.role in UNIT:
            return self.raised_again().filter(
                reply__assignment__unit=actor.organisation_id,
                reply__assignment__state__in=SHOWN_TO_UNIT,
            )
        own = Proposal.objects.led_or_fostered_by(actor).values("pk")
        led = Q(reply__assignment__proposal__in=own)
        return self.raised_again().filter(led | Q(proposal__in=own))

    def with_case(self) -> Self:
        """Everything a line shows."""
        return self.select_related(
            *("proposal__lead", "reply__outcome", "reply__assignment__unit"),
            "reply__assignment__proposal__lead",
            "reply__assignment__proposal__session__term__assembly__level",
            "reply__assignment__proposal__session__term__assembly__area",
            "proposal__session__term__assembly__level",
            "proposal__session__term__assembly__area",
        )


class Challenge(Stepped):
    """又被提出: a later proposal beside the answer that called its matter solved."""

    STEPS = CHALLENGE_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=ChallengeState, default=ChallengeState.FOUND
    )
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="challenges", verbose_name="又提出的"
    )
    reply = models.ForeignKey(
        Reply, models.PROTECT, related_name="challenges", verbose_name="原来的答复"
    )
    ground = models.CharField("缘由", max_length=20, choices=Ground)
    found_at = models.DateTimeField("发现时间", default=clock.now)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="认定人"
    )
    confirmed_on = models.DateField("认定日期", null=True)
    explain_by = models.DateField("说明期限", null=True)
    explanation = models.CharField("单位说明", max_length=800, blank=True)
    explained_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="说明人"
    )
    explained_on = models.DateField("说明日期", null=True)
    explanation_shown = models.BooleanField("单位说明公开", default=False)
    words = models.CharField("了结的话", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="了结人"
    )
    decided_on = models.DateField("了结日期", null=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "又被提出"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(name="challenge_once", fields=("proposal", "reply")),
            models.CheckConstraint(
                name="challenge_confirmed_has_who_when_and_until",
                condition=(
                    ~Q(state__in=RAISED_AGAIN)
                    & Q(confirmed_by__isnull=True, confirmed_on__isnull=True)
                    & Q(explain_by__isnull=True)
                )
                | Q(state__in=RAISED_AGAIN, confirmed_by__isnull=False)
                & Q(confirmed_on__isnull=False, explain_by__isnull=False),
            ),
            models.CheckConstraint(
                name="challenge_explained_has_who_when_and_words",
                condition=Q(explanation="", explained_by__isnull=True, explained_on__isnull=True)
                | (Q(explained_by__isnull=False, explained_on__isnull=False) & ~Q(explanation="")),
            ),
            models.CheckConstraint(
                name="challenge_explanation_is_shown_once_settled",
                condition=Q(explanation_shown=False) | (Q(state__in=SETTLED) & ~Q(explanation="")),
            ),
            models.CheckConstraint(
                name="challenge_decided_has_who_when_and_words",
                condition=Q(
                    state__in=OPEN, decided_by__isnull=True, decided_on__isnull=True, words=""
                )
                | (
                    Q(state__in=(ChallengeState.DISMISSED, *SETTLED))
                    & Q(decided_by__isnull=False, decided_on__isnull=False)
                    & ~Q(words="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} ← {self.reply}"

    @property
    def assignment(self) -> Assignment:
        return self.reply.assignment

    @property
    def earlier(self) -> Proposal:
        return self.reply.assignment.proposal

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def late(self, today: date) -> bool:
        """The unit has not explained itself by its day."""
        waits = self.state == ChallengeState.CONFIRMED
        return waits and self.explain_by is not None and self.explain_by < today


class Comparison(models.Model):
    """比对过: an accepted proposal has been compared with what was called solved before it."""

    proposal = models.OneToOneField(
        Proposal, models.PROTECT, related_name="comparison", verbose_name="建议"
    )
    compared_at = models.DateTimeField("比对时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "比对记录"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.proposal} {self.compared_at:%Y-%m-%d}"
