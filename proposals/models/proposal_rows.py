"""Which proposals: by stage, by who may see, sign, decide or publish them."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, TruncDate

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from congress.shared.models.places import TOWNSHIP
from congress.shared.roles import UNIT, Role
from deputies.models import Deputy, Mandate
from deputies.models.people import MandateQuerySet
from proposals.models.publishing import further_versions, waits_to_publish
from proposals.models.signing import Cosignature
from proposals.states import (
    ANSWERED,
    HANDLED_ALONG,
    NUMBERED,
    OPEN_TO_SIGNERS,
    SHOWN_TO_UNIT,
    InvitationState,
    Signature,
    State,
)

if TYPE_CHECKING:
    from proposals.models.proposal import Proposal  # noqa: F401 - named in a string

OF_TOWNSHIP = Q(session__term__assembly__level__code=TOWNSHIP)


MENDED = AuditEvent.objects.filter(
    subject="proposals.Proposal",
    subject_id=OuterRef("pk"),
    was=State.RETURNED,
    now=State.SUBMITTED,
)
REVIEW_OWED_SINCE = Coalesce(
    TruncDate(Subquery(MENDED.order_by("-pk").values("at")[:1])), F("submitted_on")
)
"""From which day a review is owed: while the deputy mends the text, nobody waits for the office."""


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def to_review(self) -> Self:
        """Handed in, or sent back to a lead who can mend it no more."""
        return self.filter(waits_for_review())

    def with_wait(self) -> Self:
        """`waits_since`: the day it was handed in, or mended and handed in anew."""
        return self.annotate(waits_since=REVIEW_OWED_SINCE)

    def left_signing(self, today: date) -> Self:
        """Open to signatures, and led by whoever's seat in this congress has ended."""
        return self.filter(~Exists(_seats_of_lead(today)), state=State.SIGNING)

    def with_speaker(self, today: date) -> Self:
        """`speaker_pk`: who speaks for it that day, fetched together with the rows."""
        return self.annotate(speaker_pk=_speaker(today))

    def spoken_for_by_nobody(self, today: date) -> Self:
        """Whose lead sits no more in its congress, or rests, and for which no foster speaks."""
        return self.with_speaker(today).filter(speaker_pk=None)

    def spoken_by(self, actor: Actor) -> Self:
        """What this deputy speaks for today: leads and sits, or fosters (decision 0043)."""
        if not actor.user:
            return self.none()
        rows = self.filter(led_or_fostered(actor)).with_speaker(clock.today())
        return rows.filter(speaker_pk__in=Deputy.objects.filter(user=actor.user).values("pk"))

    def to_assign(self) -> Self:
        return self.filter(state=State.ACCEPTED)

    def in_hand(self) -> Self:
        return self.filter(state=State.ASSIGNED)

    def overdue(self, today: date) -> Self:
        """One of its units is past its own day, of the answer or of what it handles anew."""
        parts = apps.get_model("proposals", "Assignment")._default_manager
        late = parts.overdue(today).filter(proposal=OuterRef("pk"))
        orders = apps.get_model("proposals", "Rehandling")._default_manager.overdue(today)
        again = orders.order_by().values("assignment__proposal")
        anew = Q(pk__in=again) | Q(merged_into__in=again)
        return self.filter(Q(Exists(late), state=State.ASSIGNED) | anew)

    def answered(self) -> Self:
        return self.filter(state__in=ANSWERED)

    def handled_along(self) -> Self:
        """并入的: handled together with another one, still or until the common reply."""
        return self.filter(state__in=HANDLED_ALONG)

    def open_to_public(self) -> Self:
        """Numbered and not withheld: progress is public, the reply only once published."""
        return self.filter(state__in=NUMBERED, withheld_reason="")

    def to_publish(self) -> Self:
        """Answered, and neither published yet nor withheld.

        What is merged goes with the other, or after it when it was withheld until then.
        """
        return self.filter(waits_to_publish())

    def kept_back(self) -> Self:
        """暂缓公开: published, and the version that came after is kept back."""
        return self.filter(further_versions(~Q(kept_back="")))

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

    def with_signed(self) -> Self:
        """`signed`: how many signatures stand."""
        standing = Q(cosignatures__state=Signature.STANDING)
        return self.annotate(signed=models.Count("cosignatures", filter=standing))

    def by_deadline(self, *within: str) -> Self:
        """Waiting work first: by deadline, what has none at the end, newest number first."""
        return self.order_by(*within, models.F("due_on").asc(nulls_last=True), "-number", "-id")

    def read_unsigned(self, actor: Actor) -> Self:
        """Open to signatures and led by another of the congress; read, and not signed."""
        if not actor.user:
            return self.none()
        own = {"proposal": OuterRef("pk"), "deputy__user": actor.user}
        signed = Exists(Cosignature.objects.standing().filter(**own))
        return self.filter(_may_sign(actor), ~signed).exclude(lead__user=actor.user)

    def to_cosign(self, actor: Actor, today: date) -> Self:
        """What this deputy may sign today: led by another, no signature of theirs in force."""
        if not actor.user:
            return self.none()
        own = {"proposal": OuterRef("pk"), "deputy__user": actor.user}
        signed = Exists(Cosignature.objects.in_force(today).filter(**own))
        rows = self.filter(_may_sign(actor), ~signed).exclude(lead__user=actor.user)
        return rows.exclude(state=State.SIGNING, sign_until__lt=today)

    def to_reread(self, actor: Actor, today: date) -> Self:
        """What they may sign, and was changed since they did."""
        signed = Cosignature.objects.filter(proposal=OuterRef("pk"), state=Signature.OUTDATED)
        return self.to_cosign(actor, today).filter(Exists(signed.filter(deputy__user=actor.user)))

    def mine(self, actor: Actor) -> Self:
        """What the deputy leads, fosters or has signed."""
        return self.filter(_led_or_signed(actor)) if actor.user else self.none()

    def led_by(self, actor: Actor) -> Self:
        """What this deputy leads: only they rate its reply."""
        return self.filter(lead__user=actor.user) if actor.user else self.none()

    def led_or_fostered_by(self, actor: Actor) -> Self:
        """What they lead, sitting or not, or foster now: of these they read as the lead does."""
        return self.filter(led_or_fostered(actor)) if actor.user else self.none()

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

    def kept_from(self, actor: Actor | None) -> Self:
        """整件不公开, of which this reader learns no more than that there is one.

        An office and a unit read all they handle; a deputy what they lead, foster or have signed.
        """
        rows = self.exclude(withheld_reason="")
        if actor is None or not actor.user:
            return rows
        if actor.in_an_office or actor.role in UNIT:
            return self.none()
        return rows.exclude(_led_or_signed(actor))

    def asking(self, actor: Actor) -> Self:
        """邀请过这位代表的: they read of that question also after it has ended."""
        if not actor.user:
            return self.none()
        rows = apps.get_model("proposals", "Invitation")._default_manager.filter(
            proposal=OuterRef("pk"), deputy__user=actor.user
        )
        kept = self.kept_from(actor).order_by().values("pk")
        return self.filter(Exists(rows)).exclude(pk__in=kept)

    def visible_to(self, actor: Actor) -> Self:
        """The desk sees all, a township's office its own, a unit what it has in hand.

        A deputy sees what they lead, foster or have signed, and what they may sign.
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


def _seats_of_lead(today: date) -> MandateQuerySet:
    """In the congress to which the proposal of the outer query is put."""
    return Mandate.objects.running(today).filter(
        deputy=OuterRef("lead"), term=OuterRef("session__term")
    )


def waits_for_review() -> Q:
    """What the office decides today: nobody else has the pen of it."""
    return Q(state=State.SUBMITTED) | Q(state=State.RETURNED) & ~_lead_acts(clock.today())


def _lead_acts(today: date) -> Q:
    serves = Deputy.objects.serving(today).filter(pk=OuterRef("lead"))
    return Q(Exists(_seats_of_lead(today))) & Q(Exists(serves))


def _led_or_signed(actor: Actor) -> Q:
    signed = Cosignature.objects.standing().filter(proposal=OuterRef("pk"), deputy__user=actor.user)
    return led_or_fostered(actor) | Q(Exists(signed))


def led_or_fostered(actor: Actor) -> Q:
    """Theirs to speak for, if only their seat lasts."""
    fosters = apps.get_model("proposals", "Foster")._default_manager.standing()
    own = fosters.filter(proposal=OuterRef("pk"), deputy__user=actor.user)
    return Q(lead__user=actor.user) | Q(Exists(own))


def _speaker(today: date) -> Case:
    """谁来表态: the lead who sits in this congress, in whatever term, and does not rest.

    Else the foster who does; else nobody, and the office goes on without.
    """
    seats = Mandate.objects.running(today).filter(
        deputy=OuterRef("lead"), term__assembly=OuterRef("session__term__assembly")
    )
    serves = Deputy.objects.serving(today).filter(pk=OuterRef("lead"))
    fosters = apps.get_model("proposals", "Foster")._default_manager.sitting(today)
    return Case(
        When(Exists(seats) & Exists(serves), then=F("lead")),
        default=Subquery(fosters.filter(proposal=OuterRef("pk")).values("deputy")[:1]),
        output_field=models.BigIntegerField(null=True),
    )


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
