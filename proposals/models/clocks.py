"""时限: what stops a clock and what lengthens it."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import UNIT
from congress.shared.workflow import Stepped
from proposals.models.assigning import Assignment
from proposals.models.proposal import Proposal
from proposals.states import ANSWERABLE, EXTENSION_STEPS, ExtensionState, Part, State


class DateRange(Func):
    """daterange in the database's words."""

    function = "DATERANGE"
    output_field = DateRangeField()


class PauseQuerySet(models.QuerySet["Pause"]):
    def open(self) -> Self:
        """Begun and not ended."""
        return self.filter(until_on=None)


class Pause(models.Model):
    """暂停: the clock stands still in [from, until), with who agreed.

    One that was registered by mistake ends on the day it began, and has stopped nothing.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="pauses", verbose_name="交办"
    )
    from_on = models.DateField("自")
    until_on = models.DateField("至", null=True)
    reason = models.CharField("原因", max_length=200)
    agreed_with = models.CharField("经谁同意", max_length=60)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "暂停"
        ordering = ("from_on", "id")
        constraints = [
            models.CheckConstraint(
                name="pause_ends_no_sooner_than_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            ExclusionConstraint(
                name="pause_one_at_a_time",
                expressions=[
                    ("assignment", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这段时间已经暂停过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.from_on}"

    @property
    def stood(self) -> int:
        """Calendar days, once it has ended; 0 of one that was a mistake."""
        return (self.until_on - self.from_on).days if self.until_on else 0

    @property
    def why_ended(self) -> str:
        """What its unit has done, or need not do any more, of one that nobody resumed."""
        part = self.assignment
        if part.state == Part.DONE:
            return "已经答复" if part.answers else "已经送来意见"
        return "不再承办" if part.state == Part.REMOVED else "不用再送意见"


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def waiting(self) -> Self:
        """Wait for the office's word, on a part whose clock still runs."""
        return self.filter(
            state=ExtensionState.ASKED,
            assignment__state__in=ANSWERABLE,
            assignment__proposal__state=State.ASSIGNED,
        )

    def visible_to(self, actor: Actor) -> Self:
        """The office sees all, a unit its own, the lead deputy those of their proposal."""
        if actor.at_the_desk:
            return self
        if actor.role in UNIT:
            return self.filter(assignment__unit=actor.organisation_id)
        led = Proposal.objects.led_or_fostered_by(actor)
        return self.filter(assignment__proposal__in=led)

    def with_case(self) -> Self:
        """Everything a line shows."""
        rows = self.select_related("assignment__unit", "assignment__proposal__lead", "asked_by")
        return rows.prefetch_related("assignment__pauses", "assignment__extensions")


class Extension(Stepped):
    """延期: once, with a reason; granted by the office, with the deputy's consent where set.

    One that lapsed was decided by nobody: `words` say what it was overtaken by.
    """

    STEPS = EXTENSION_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=ExtensionState, default=ExtensionState.ASKED
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="extensions", verbose_name="交办"
    )
    months = models.PositiveSmallIntegerField("延长月数")
    reason = models.CharField("理由", max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_on = models.DateField("申请日期")
    consented_at = models.DateTimeField("代表同意时间", null=True)
    declined_at = models.DateTimeField("代表不同意时间", null=True)
    words = models.CharField("批复", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="批复人"
    )
    decided_on = models.DateField("批复日期", null=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "延期"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                name="extension_once_per_assignment",
                fields=("assignment",),
                condition=Q(state__in=(ExtensionState.ASKED, ExtensionState.GRANTED)),
                violation_error_message="一件建议只能延期一次。",
            ),
            models.CheckConstraint(
                name="extension_decided_has_who_and_when",
                condition=Q(
                    state=ExtensionState.ASKED, decided_by__isnull=True, decided_on__isnull=True
                )
                | Q(
                    state__in=(ExtensionState.GRANTED, ExtensionState.REFUSED),
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                )
                | Q(state=ExtensionState.LAPSED, decided_by__isnull=True, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="extension_lapsed_says_why",
                condition=~Q(state=ExtensionState.LAPSED) | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="extension_consented_or_declined",
                condition=Q(consented_at__isnull=True) | Q(declined_at__isnull=True),
            ),
            models.CheckConstraint(name="extension_lengthens", condition=Q(months__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.get_state_display()}"

    @property
    def waits_for_deputy(self) -> bool:
        """The lead deputy has said neither yes nor no, and may still."""
        said = self.consented_at or self.declined_at
        return self.waits and not said and not self.by_lead

    @property
    def by_lead(self) -> bool:
        """The lead deputy, who speaks and has a post in the unit as well, asked for it there."""
        proposal = self.assignment.proposal
        own = self.asked_by_id == proposal.lead.user_id
        return own and proposal.speaker_pk == proposal.lead_id

    @property
    def waits(self) -> bool:
        """`ExtensionQuerySet.waiting`, for one that is loaded with its part and its proposal."""
        part = self.assignment
        in_hand = part.state in ANSWERABLE and part.proposal.state == State.ASSIGNED
        return self.state == ExtensionState.ASKED and in_hand
