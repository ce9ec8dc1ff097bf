"""滚动办 (办理工作不换届): what of a year was open at its end and goes on in the next."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared import clock
from congress.shared.models import Assembly, Term, User
from proposals.models.proposal import Proposal
from proposals.rolling import CarryReason
from proposals.states import State


class CarryOver(models.Model):
    """结转: one congress's year goes on in the next one; the rows below say what of it."""

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="carry_overs", verbose_name="人大"
    )
    from_year = models.PositiveSmallIntegerField("哪一年的")
    to_year = models.PositiveSmallIntegerField("转入哪一年")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+", verbose_name="转入哪一届")
    carried_on = models.DateField("结转日期")
    carried_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="结转人"
    )
    """Nobody where an operator ran it at the server."""
    carried_at = models.DateTimeField("结转时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "结转"
        ordering = ("-from_year", "id")
        constraints = [
            models.UniqueConstraint(
                name="carry_over_once_per_year",
                fields=("assembly", "from_year"),
                violation_error_message="这一年已经结转过。",
            ),
            models.CheckConstraint(
                name="carry_over_goes_into_the_next_year",
                condition=Q(to_year=F("from_year") + 1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_year} 年结转"


class CarriedProposalQuerySet(models.QuerySet["CarriedProposal"]):
    def standing(self) -> Self:
        """What nobody has taken back."""
        return self.filter(taken_back_on__isnull=True)

    def of_year(self, assembly: Assembly, year: int) -> Self:
        """What stands as carried out of that year of one congress."""
        return self.standing().filter(carry_over__assembly=assembly, carry_over__from_year=year)

    def told_openly(self) -> Self:
        """What everybody may know was handed on.

        What was answered is handed on for what its answer says: before that is public, or where it
        is kept back, nobody else learns of it. 并案: the answer of the other. That both sides were
        called together tells of a rating: where nothing else is open, only they know.
        """
        shown = {"state": State.PUBLISHED, "withheld_reason": "", "reply_withheld_reason": ""}
        own = {f"proposal__{name}": value for name, value in shown.items()}
        along = {f"proposal__merged_into__{name}": value for name, value in shown.items()}
        answered = Q(proposal__merged_into=None, **own) | Q(**along)
        return self.told_apart().standing().filter(Q(reason=CarryReason.IN_HAND) | answered)

    def told_apart(self) -> Self:
        """What others than both sides may know of: a meeting of theirs is nobody else's (0042)."""
        return self.exclude(reason=CarryReason.CONVENED)

    def newest_first(self) -> Self:
        return self.select_related("carry_over").order_by("-carry_over__from_year")


class CarriedProposal(models.Model):
    """结转的建议: number, state and days stay as they are; only that it goes on is said here.

    It is accepted and of the congress that carries it (the trigger of migration 0068). What was
    taken back stays so, as it was said (that of 0070).
    """

    carry_over = models.ForeignKey(
        CarryOver, models.PROTECT, related_name="carried", verbose_name="结转"
    )
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="carried", verbose_name="建议"
    )
    reason = models.CharField("原因", max_length=20, choices=CarryReason)
    carried_on = models.DateField("结转日期")
    taken_back_on = models.DateField("撤回日期", null=True)
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="撤回人"
    )
    taken_back_why = models.CharField("撤回的原因", max_length=200, blank=True)

    objects = CarriedProposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "结转的建议"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="carried_once_per_year",
                fields=("carry_over", "proposal"),
                condition=Q(taken_back_on__isnull=True),
            ),
            models.CheckConstraint(
                name="carried_for_a_known_reason", condition=Q(reason__in=CarryReason.values)
            ),
            models.CheckConstraint(
                name="carried_taken_back_has_day_person_and_reason",
                condition=Q(
                    taken_back_on__isnull=True, taken_back_by__isnull=True, taken_back_why=""
                )
                | Q(taken_back_on__isnull=False, taken_back_by__isnull=False)
                & ~Q(taken_back_why=""),
            ),
            models.CheckConstraint(
                name="carried_taken_back_after_it_was_carried",
                condition=Q(taken_back_on__isnull=True) | Q(taken_back_on__gte=F("carried_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.carry_over}"

    @property
    def mark(self) -> str:
        """As lists and pages call it."""
        return f"滚动办理 · {self.carry_over}"
