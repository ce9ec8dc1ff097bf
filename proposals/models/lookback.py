"""回头看: what a missed step, a year of a later class or the office has looked at again."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import UNIT, Role
from congress.shared.workflow import Stepped
from proposals.follow_states import LOOK_BACK_ENDS, LOOK_BACK_STEPS, Cause, LookBackState
from proposals.models.assigning import Assignment
from proposals.models.promises import Promise
from proposals.models.proposal import Proposal
from proposals.models.replies import Reply
from proposals.states import SHOWN_TO_UNIT, State


class LookBackQuerySet(models.QuerySet["LookBack"]):
    def open(self) -> Self:
        """Not settled, of proposals that nobody has taken back."""
        rows = self.exclude(state__in=LOOK_BACK_ENDS)
        return rows.exclude(reply__assignment__proposal__state=State.WITHDRAWN)

    def for_the_office(self, today: date) -> Self:
        """The unit has reported, or has let its day go by."""
        late = Q(state=LookBackState.OPEN, report_by__lt=today)
        return self.open().filter(Q(state=LookBackState.REPORTED) | late)

    def visible_to(self, actor: Actor) -> Self:
        """The desk and a township's office, the unit its own, the lead deputy theirs."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(reply__assignment__proposal__in=Proposal.objects.decided_by(actor))
        if actor.role in UNIT:
            return self.filter(
                reply__assignment__unit=actor.organisation_id,
                reply__assignment__state__in=SHOWN_TO_UNIT,
            )
        led = Proposal.objects.led_or_fostered_by(actor)
        return self.filter(reply__assignment__proposal__in=led)

    def with_case(self) -> Self:
        """Everything a line shows."""
        return self.select_related(
            *("promise", "reply__assignment__unit", "reply__assignment__proposal__lead"),
            "reply__assignment__proposal__session__term__assembly__level",
            "reply__assignment__proposal__session__term__assembly__area",
        )


class LookBack(Stepped):
    """回头看: the unit reports by a day, the office settles it.

    `for_on` is the day that called for it: of a step its own, of the yearly one the day of that
    year, so that whoever looks twice opens one.
    """

    STEPS = LOOK_BACK_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=LookBackState, default=LookBackState.OPEN
    )
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="look_backs", verbose_name="答复")
    promise = models.ForeignKey(
        Promise, models.PROTECT, null=True, related_name="look_backs", verbose_name="承诺"
    )
    cause = models.CharField("缘由", max_length=20, choices=Cause)
    for_on = models.DateField("为哪一天")
    reason = models.CharField("理由", max_length=200, blank=True)
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    opened_on = models.DateField("提出日期")
    report_by = models.DateField("报告期限")
    report = models.CharField("单位报告", max_length=500, blank=True)
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="报告人"
    )
    reported_on = models.DateField("报告日期", null=True)
    words = models.CharField("了结的话", max_length=300, blank=True)
    next_on = models.DateField("新的日期", null=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="了结人"
    )
    decided_on = models.DateField("了结日期", null=True)

    objects = LookBackQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回头看"
        ordering = ("report_by", "id")
        constraints = [
            models.UniqueConstraint(
                name="look_back_once_per_step_and_day",
                fields=("promise", "for_on"),
                condition=Q(cause=Cause.MISSED),
            ),
            models.UniqueConstraint(
                name="look_back_once_per_year",
                fields=("reply", "for_on"),
                condition=Q(cause=Cause.YEARLY),
            ),
            models.UniqueConstraint(
                name="look_back_one_by_hand",
                fields=("reply",),
                condition=Q(cause=Cause.BY_HAND)
                & Q(state__in=(LookBackState.OPEN, LookBackState.REPORTED)),
            ),
            models.CheckConstraint(
                name="look_back_has_its_cause",
                condition=Q(cause=Cause.MISSED, promise__isnull=False, opened_by__isnull=True)
                | Q(cause=Cause.YEARLY, promise__isnull=True, opened_by__isnull=True)
                | (Q(cause=Cause.BY_HAND, opened_by__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="look_back_reported_has_who_when_and_words",
                condition=Q(report="", reported_by__isnull=True, reported_on__isnull=True)
                | (Q(reported_by__isnull=False, reported_on__isnull=False) & ~Q(report="")),
            ),
            models.CheckConstraint(
                name="look_back_settled_has_its_day",
                condition=Q(state__in=LOOK_BACK_ENDS, decided_on__isnull=False)
                | (~Q(state__in=LOOK_BACK_ENDS) & Q(decided_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="look_back_kept_has_a_new_day_and_why",
                condition=~Q(state=LookBackState.KEPT) | (Q(next_on__isnull=False) & ~Q(words="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply} {self.get_cause_display()}"

    @property
    def assignment(self) -> Assignment:
        return self.reply.assignment

    @property
    def is_open(self) -> bool:
        return self.state not in LOOK_BACK_ENDS

    def late(self, today: date) -> bool:
        """The unit has not reported by its day."""
        return self.state == LookBackState.OPEN and self.report_by < today
