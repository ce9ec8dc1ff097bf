"""建议: what deputies ask for, its number, and where it stands."""

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Exists, OuterRef, Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Organisation, Session, User
from congress.shared.models.places import TOWNSHIP
from congress.shared.roles import UNIT, Role
from congress.shared.workflow import Stepped
from deputies.models import Delegation, Deputy, Mandate
from proposals.models.proposal_constraints import CONSTRAINTS
from proposals.models.reference import RefusalGround
from proposals.models.signing import Cosignature
from proposals.states import (
    ANSWERED,
    HANDLED_ALONG,
    NUMBERED,
    SHOWN_TO_UNIT,
    STEPS,
    InvitationState,
    Kind,
    Signature,
    State,
)

if TYPE_CHECKING:
    from proposals.models.assigning import Assignment
    from proposals.models.replies import Reply

OF_TOWNSHIP = Q(session__term__assembly__level__code=TOWNSHIP)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def to_review(self) -> Self:
        """Handed in, or sent back to a lead who can mend it no more."""
        return self.filter(waits_for_review())

    def to_assign(self) -> Self:
        return self.filter(state=State.ACCEPTED)

    def in_hand(self) -> Self:
        return self.filter(state=State.ASSIGNED)

    def overdue(self, today: date) -> Self:
        """In hand, and one of its units is past its own day."""
        parts = apps.get_model("proposals", "Assignment")._default_manager
        late = parts.overdue(today).filter(proposal=OuterRef("pk"))
        return self.in_hand().filter(Exists(late))

    def answered(self) -> Self:
        return self.filter(state__in=ANSWERED)

    def open_to_public(self) -> Self:
        """Numbered and not withheld: progress is public, the reply only once published."""
        return self.filter(state__in=NUMBERED, withheld_reason="")

    def to_publish(self) -> Self:
        """Answered, and neither published yet nor withheld.

        What is merged goes with the other, or after it when it was withheld until then.
        """
        return self.filter(TO_PUBLISH)

    def with_progress(self) -> Self:
        """Everything a progress line shows, in a fixed number of queries."""
        return self.select_related(
            "lead",
            "delegation",
            "session__term__assembly__level",
            "session__term__assembly__area",
            "merged_into",
            "suggested_unit",
        ).prefetch_related(
            "cosignatures",
            "assignments__unit",
            "assignments__pauses",
            "assignments__extensions",
            "assignments__meetings",
            "assignments__waivers",
            "assignments__replies__outcome",
            "merged_into__assignments__unit",
            "merged_into__assignments__pauses",
            "merged_into__assignments__meetings",
            "merged_into__assignments__waivers",
            "merged_into__assignments__replies__outcome",
        )

    def by_deadline(self) -> Self:
        """Waiting work first: by deadline, what has none at the end, newest number first."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "-number", "-id")

    def to_cosign(self, actor: Actor) -> Self:
        """Open to signatures, led by others of the deputy's congress, not yet signed by them."""
        if not actor.user:
            return self.none()
        signed = Cosignature.objects.standing().filter(
            proposal=OuterRef("pk"), deputy__user=actor.user
        )
        return self.filter(_may_sign(actor)).exclude(Exists(signed)).exclude(lead__user=actor.user)

    def to_reread(self, actor: Actor) -> Self:
        """Open to signatures, and changed since the deputy signed."""
        signed = Cosignature.objects.filter(proposal=OuterRef("pk"), state=Signature.OUTDATED)
        return self.to_cosign(actor).filter(Exists(signed.filter(deputy__user=actor.user)))

    def mine(self, actor: Actor) -> Self:
        """What the deputy leads or has signed."""
        return self.filter(_led_or_signed(actor)) if actor.user else self.none()

    def led_by(self, actor: Actor) -> Self:
        """What this deputy leads: only they rate its reply."""
        return self.filter(lead__user=actor.user) if actor.user else self.none()

    def known_to(self, actor: Actor) -> Self:
        """What a deputy may be shown as an earlier one: public, their own, or open to them."""
        if not actor.user:
            return self.none()
        own = Q(number__gt="") & _led_or_signed(actor)
        others = _may_sign(actor) & ~Q(lead__user=actor.user)
        return self.filter(Q(state__in=NUMBERED, withheld_reason="") | own | others)

    def decided_by(self, actor: Actor) -> Self:
        """What the actor's office decides: a township's own, at the desk all but townships'."""
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(OF_TOWNSHIP, session__term__assembly__area=actor.area_id)
        return self.decided_at_the_desk() if actor.at_the_desk else self.none()

    def decided_at_the_desk(self) -> Self:
        """What the committee's office decides: all but what is put to a township's congress."""
        return self.exclude(OF_TOWNSHIP)

    def visible_to(self, actor: Actor) -> Self:
        """The desk sees all, a township's office its own, a unit what it has in hand.

        A deputy sees what they lead or have signed, and what they may sign.
        """
        if actor.at_the_desk:
            return self.exclude(state=State.SIGNING)
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.decided_by(actor).exclude(state=State.SIGNING)
        if actor.role in UNIT:
            return self.filter(  # assignment_once_per_unit: no doubles
                assignments__unit=actor.organisation_id, assignments__state__in=SHOWN_TO_UNIT
            )
        if not actor.user:
            return self.none()
        return self.filter(_led_or_signed(actor) | _may_sign(actor))


def waits_for_review() -> Q:
    """What the office decides today: nobody else has the pen of it."""
    today = clock.today()
    seats = Mandate.objects.running(today).filter(
        deputy=OuterRef("lead"), term=OuterRef("session__term")
    )
    serves = Deputy.objects.serving(today).filter(pk=OuterRef("lead"))
    mends = Q(Exists(seats)) & Q(Exists(serves))
    return Q(state=State.SUBMITTED) | Q(state=State.RETURNED) & ~mends


TO_PUBLISH = Q(state=State.ANSWERED, withheld_reason="", reply_withheld_reason="") & (
    Q(merged_into=None) | Q(merged_into__state=State.PUBLISHED)
)
OPEN_TO_SIGNERS = (State.SIGNING, State.SUBMITTED)


def _led_or_signed(actor: Actor) -> Q:
    signed = Cosignature.objects.standing().filter(proposal=OuterRef("pk"), deputy__user=actor.user)
    return Q(lead__user=actor.user) | Q(Exists(signed))


def _may_sign(actor: Actor) -> Q:
    """Of a congress in which this person holds a seat that has not ended.

    请求不公开: once handed in, and until that is decided, only for those asked by name or who
    signed before; a call for signatures is made to all.
    """
    seats = Mandate.objects.running(clock.today()).filter(
        term=OuterRef("session__term"), deputy__user=actor.user
    )
    own = {"proposal": OuterRef("pk"), "deputy__user": actor.user}
    invitations = apps.get_model("proposals", "Invitation")._default_manager.filter(**own)
    asked = Exists(invitations.exclude(state=InvitationState.WITHDRAWN))
    known = asked | Exists(Cosignature.objects.filter(**own))
    open_to_all = Q(state=State.SIGNING) | Q(confidentiality_asked="")
    return Q(Exists(seats), state__in=OPEN_TO_SIGNERS) & (open_to_all | Q(known))


class Proposal(Stepped):
    """代表建议: led by one deputy, answered by one unit or by several, each its part."""

    STEPS = STEPS
    state = models.CharField("状态", max_length=20, choices=State, default=State.SUBMITTED)
    kind = models.CharField("类别", max_length=20, choices=Kind)
    session = models.ForeignKey(Session, models.PROTECT, verbose_name="会次")
    number = models.CharField("编号", max_length=50, blank=True)
    title = models.CharField("标题", max_length=60)
    facts = models.TextField("情况和问题", max_length=4000)
    request = models.TextField("具体建议", max_length=4000)
    lead = models.ForeignKey(Deputy, models.PROTECT, related_name="led", verbose_name="领衔代表")
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, verbose_name="代表团")
    suggested_unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="建议由谁办"
    )
    confidentiality_asked = models.CharField("请求不公开的理由", max_length=120, blank=True)
    sign_until = models.DateField("附议截止", null=True)
    submitted_on = models.DateField("提出日期", null=True)
    return_reason = models.CharField("退回原因", max_length=200, blank=True)
    ground = models.ForeignKey(
        RefusalGround, models.PROTECT, null=True, related_name="+", verbose_name="不予受理的情形"
    )
    closing_words = models.CharField("不再办理的说明", max_length=200, blank=True)
    withheld_reason = models.CharField("不公开的理由", max_length=120, blank=True)
    reply_withheld_reason = models.CharField("答复不公开的理由", max_length=120, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", verbose_name="并入"
    )
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
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return self.title

    @property
    def digest(self) -> str:
        """The text that a signature is bound to, as 64 hexadecimal digits.

        No field holds NUL, so nothing can move from one field to the next unseen.
        """
        words = "\0".join((self.title, self.facts, self.request))
        return sha256(words.encode()).hexdigest()

    @property
    def state_to_deputies(self) -> str:
        """What a sheet rehearses is between the units and the office: deputies wait for 交办."""
        rehearsed = self.state == State.REHEARSED
        return State.ACCEPTED.label if rehearsed else State(self.state).label

    @property
    def signatures(self) -> list[Cosignature]:
        """Who stands behind the text now, in the order in which they signed."""
        return [each for each in self.cosignatures.all() if each.state == Signature.STANDING]

    @property
    def parts(self) -> "list[Assignment]":
        """The units that have it in hand, who answers first: neither planned nor given back."""
        handed = [each for each in self.assignments.all() if each.is_handed]
        return sorted(handed, key=lambda each: each.position)

    @property
    def handled_as(self) -> "Proposal":
        """并案: the proposal under which this one is handled and answered; else itself."""
        return self.merged_into or self

    @property
    def handled_publicly(self) -> "Proposal":
        """并案, as everybody may know it: itself where the other one is withheld."""
        return self if self.handled_as.withheld_reason else self.handled_as

    @property
    def along(self) -> "list[Proposal]":
        """并入的: what is handled and answered together with this one."""
        rows = self.merged.filter(state__in=HANDLED_ALONG).select_related("lead", "delegation")
        return list(rows.prefetch_related("attachments").order_by("pk"))

    @property
    def published_along(self) -> "list[Proposal]":
        """What has no reply of its own and becomes public with this one."""
        return [each for each in self.along if not each.why_withheld]

    @property
    def why_withheld(self) -> str:
        """不公开: why the public gets nothing of it, or not its reply; empty when it gets all."""
        return self.withheld_reason or self.reply_withheld_reason

    @property
    def lead_assignment(self) -> "Assignment | None":
        """The unit that answers: 主办, or of several 分办 the first."""
        return next((each for each in self.parts if each.position == 0), None)

    @property
    def replies(self) -> "list[Reply]":
        """Of each unit that has answered the newest version; 分办 units each have their own."""
        found = [each.reply for each in self.parts]
        return [each for each in found if each]

    @property
    def reply(self) -> "Reply | None":
        """The first of these."""
        return next(iter(self.replies), None)

    @property
    def silent(self) -> "list[Assignment]":
        """主办、分办 from which no reply has come yet."""
        return [each for each in self.parts if each.answers and not each.reply]
