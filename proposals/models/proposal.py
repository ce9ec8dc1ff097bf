"""建议: what deputies ask for, who signs it, and its number."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Exists, OuterRef, Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Session, User
from congress.shared.roles import UNIT
from congress.shared.workflow import Stepped
from deputies.models import Delegation, Deputy, Mandate
from proposals.states import ANSWERED, HANDED_OVER, NUMBERED, STEPS, Kind, State, UnitRole

if TYPE_CHECKING:
    from proposals.models.handling import Assignment, Reply


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def to_review(self) -> Self:
        return self.filter(state=State.SUBMITTED)

    def to_assign(self) -> Self:
        return self.filter(state=State.ACCEPTED)

    def in_hand(self) -> Self:
        return self.filter(state=State.ASSIGNED)

    def overdue(self, today: date) -> Self:
        """In hand and past the date by which the lead unit must answer."""
        return self.in_hand().filter(due_on__lt=today)

    def answered(self) -> Self:
        return self.filter(state__in=ANSWERED)

    def open_to_public(self) -> Self:
        """Numbered and not withheld: progress is public, the reply only once published."""
        return self.filter(state__in=NUMBERED, withheld_reason="")

    def to_publish(self) -> Self:
        """Answered, and neither published yet nor withheld."""
        return self.filter(state=State.ANSWERED, withheld_reason="")

    def with_progress(self) -> Self:
        """Everything a progress line shows, in a fixed number of queries."""
        return self.select_related("lead", "delegation", "session__term").prefetch_related(
            "assignments__unit", "assignments__meetings", "assignments__replies__outcome"
        )

    def by_deadline(self) -> Self:
        """Waiting work first: by deadline, what has none at the end, newest number first."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "-number", "-id")

    def to_cosign(self, actor: Actor) -> Self:
        """Under review, led by others of the deputy's congress, and not yet signed by them."""
        if not actor.user:
            return self.none()
        signed = Cosignature.objects.filter(proposal=OuterRef("pk"), deputy__user=actor.user)
        open_ones = self.to_review().filter(_of_my_congress(actor)).exclude(Exists(signed))
        return open_ones.exclude(lead__user=actor.user)

    def mine(self, actor: Actor) -> Self:
        """What the deputy leads or has signed."""
        return self.filter(_led_or_signed(actor)) if actor.user else self.none()

    def led_by(self, actor: Actor) -> Self:
        """What this deputy leads: only they rate its reply."""
        return self.filter(lead__user=actor.user) if actor.user else self.none()

    def visible_to(self, actor: Actor) -> Self:
        """The office sees all, a unit its own, a deputy what they lead or sign or may sign."""
        if actor.at_the_desk:
            return self
        if actor.role in UNIT:
            own = Q(assignments__unit=actor.organisation_id)  # assignment_once_per_unit: no doubles
            return self.filter(own, state__in=HANDED_OVER)
        if not actor.user:
            return self.none()
        may_sign = Q(state=State.SUBMITTED) & _of_my_congress(actor)
        return self.filter(_led_or_signed(actor) | may_sign)


def _led_or_signed(actor: Actor) -> Q:
    signed = Cosignature.objects.filter(proposal=OuterRef("pk"), deputy__user=actor.user)
    return Q(lead__user=actor.user) | Q(Exists(signed))


def _of_my_congress(actor: Actor) -> Q:
    """Proposals of a congress in which this person holds a seat that has not ended."""
    seats = Mandate.objects.running(clock.today()).filter(
        term=OuterRef("session__term"), deputy__user=actor.user
    )
    return Q(Exists(seats))


class Proposal(Stepped):
    """代表建议: led by one deputy, answered by one lead unit."""

    STEPS = STEPS
    state = models.CharField("状态", max_length=20, choices=State, default=State.SUBMITTED)
    kind = models.CharField("类别", max_length=20, choices=Kind)
    session = models.ForeignKey(Session, models.PROTECT, verbose_name="会次")
    number = models.CharField("编号", max_length=10, blank=True)
    title = models.CharField("标题", max_length=60)
    facts = models.TextField("情况和问题", max_length=4000)
    request = models.TextField("具体建议", max_length=4000)
    lead = models.ForeignKey(Deputy, models.PROTECT, related_name="led", verbose_name="领衔代表")
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, verbose_name="代表团")
    submitted_on = models.DateField("提出日期")
    return_reason = models.CharField("退回原因", max_length=200, blank=True)
    withheld_reason = models.CharField("不公开的理由", max_length=120, blank=True)
    accepted_on = models.DateField("受理日期", null=True)
    due_on = models.DateField("答复期限", null=True)
    answered_on = models.DateField("答复日期", null=True)
    published_on = models.DateField("公开日期", null=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="公开人"
    )
    token = models.UUIDField("提交凭据", unique=True, editable=False, db_default=RandomUUID())

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "建议"
        ordering = ("-session__opens_on", "number", "id")
        indexes = [
            models.Index(fields=("state", "due_on"), name="proposal_by_deadline"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="proposal_number_is_unique",
                fields=("number",),
                condition=~Q(number=""),
            ),
            models.CheckConstraint(
                name="proposal_accepted_has_number",
                condition=Q(state__in=NUMBERED) & ~Q(number="")
                | ~Q(state__in=NUMBERED) & Q(number=""),
                violation_error_message="受理后的建议必须有编号。",
            ),
            models.CheckConstraint(
                name="proposal_number_comes_with_its_day",
                condition=Q(number="", accepted_on__isnull=True)
                | (~Q(number="") & Q(accepted_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="proposal_in_hand_has_due_date",
                condition=~Q(state__in=HANDED_OVER) | Q(due_on__isnull=False),
                violation_error_message="交办后的建议必须有答复期限。",
            ),
            models.CheckConstraint(
                name="proposal_answered_has_date",
                condition=Q(state__in=ANSWERED, answered_on__isnull=False)
                | (~Q(state__in=ANSWERED) & Q(answered_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="proposal_published_has_who_and_when",
                condition=Q(
                    state=State.PUBLISHED, published_on__isnull=False, published_by__isnull=False
                )
                | (
                    ~Q(state=State.PUBLISHED)
                    & Q(published_on__isnull=True, published_by__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="proposal_returned_says_why",
                condition=~Q(state=State.RETURNED) | ~Q(return_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def lead_assignment(self) -> "Assignment | None":
        """主办: the unit that must answer."""
        return next((each for each in self.assignments.all() if each.role == UnitRole.LEAD), None)

    @property
    def reply(self) -> "Reply | None":
        """The newest version of the lead unit's reply."""
        replies = self.lead_assignment.replies.all() if self.lead_assignment else []
        return max(replies, key=lambda each: each.version, default=None)


class Cosignature(models.Model):
    """附议: a second deputy stands behind the text."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="cosignatures", verbose_name="建议"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, verbose_name="代表")
    signed_at = models.DateTimeField("附议时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "附议"
        ordering = ("signed_at", "id")
        constraints = [
            models.UniqueConstraint(
                name="cosignature_once_per_deputy", fields=("proposal", "deputy")
            )
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.proposal}"


class NumberSeries(models.Model):
    """编号: gap-free within a session, like 1902089 = term 19, session 02, serial 089."""

    session = models.OneToOneField(Session, models.PROTECT, verbose_name="会次")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号"

    def __str__(self) -> str:
        return f"{self.session} {self.last}"
