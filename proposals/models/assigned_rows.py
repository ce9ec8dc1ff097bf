"""Which parts: of whom, by how far they are, by their clocks."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from congress.shared.roles import UNIT
from proposals.states import (
    ANSWERED,
    ANSWERING,
    ENDED_ALONG,
    OPINING,
    RUNNING,
    SHOWN_TO_UNIT,
    ObjectionState,
    Part,
    SheetState,
    State,
    UnitRole,
)

if TYPE_CHECKING:
    from proposals.models.assigning import Assignment  # noqa: F401 - named in a string


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, actor: Actor) -> Self:
        """The office sees all; a unit only its own, others' are 404."""
        return self if actor.at_the_desk else self.handled_by(actor)

    def handled_by(self, actor: Actor) -> Self:
        """What lies on the desk of the acting person's unit."""
        if actor.role not in UNIT:
            return self.none()
        return self.filter(unit=actor.organisation_id, state__in=SHOWN_TO_UNIT)

    def given_back(self) -> Self:
        """What its unit has seen and has no more."""
        seen = AuditEvent.objects.filter(
            subject=self.model._meta.label,
            subject_id=OuterRef("pk"),
            now__in=(Part.PLANNED, Part.HANDED),
        )
        return self.filter(Exists(seen), state=Part.REMOVED)

    def once_with(self, actor: Actor) -> Self:
        """Of these what the acting unit has had."""
        if actor.role not in UNIT:
            return self.none()
        return self.given_back().filter(unit=actor.organisation_id)

    def taken_back_from(self, actor: Actor) -> Self:
        """Of these what it has lost without an objection of its own."""
        return self.once_with(actor).exclude(objections__state=ObjectionState.UPHELD)

    def ended_in(self, year: int) -> Self:
        """Done that year, or ended with the reply of 主办; the newest first."""
        lead = self.model.objects.leading().filter(proposal=OuterRef("proposal")).order_by()
        along = Subquery(lead.values("done_on"))
        rows = self.annotate(ended_on=Coalesce("done_on", along, "proposal__answered_on"))
        ended = rows.filter(state__in=(Part.DONE, *ENDED_ALONG), ended_on__year=year)
        return ended.order_by("-ended_on", "-id")

    def standing(self) -> Self:
        """Not given back."""
        return self.exclude(state=Part.REMOVED)

    def answering(self) -> Self:
        """主办、分办: those that meet the deputy and reply."""
        return self.standing().filter(role__in=ANSWERING)

    def leading(self) -> Self:
        """主办: the one that the helpers write to."""
        return self.standing().filter(role=UnitRole.LEAD)

    def opining(self) -> Self:
        """会办、协办: those that write to the lead unit."""
        return self.standing().filter(role__in=OPINING)

    def running(self) -> Self:
        """The clock runs, an objection or not."""
        return self.filter(
            state__in=RUNNING, assigned_on__isnull=False, proposal__state=State.ASSIGNED
        )

    def answered(self) -> Self:
        return self.filter(proposal__state__in=ANSWERED)

    def owing(self) -> Self:
        """主办、分办 that still have to answer."""
        return self.answering().running()

    def moving(self) -> Self:
        """Not paused."""
        still = models.FilteredRelation("pauses", condition=Q(pauses__until_on=None))
        return self.annotate(standing_still=still).filter(standing_still=None)

    def being_heard(self, today: date) -> Self:
        """预交办: on a sheet whose units may still object."""
        return self.filter(
            state=Part.PLANNED,
            proposal__state=State.REHEARSED,
            sheet__state=SheetState.REHEARSED,
            sheet__object_until__gte=today,
        )

    def ticking(self) -> Self:
        """The clock runs and does not stand still."""
        return self.running().moving()

    def overdue(self, today: date) -> Self:
        """Past its day, with a clock that runs: a paused one is late for nothing."""
        return self.ticking().filter(due_on__lt=today)

    def with_clock(self) -> Self:
        """What the last day of a part rests on, in a fixed number of queries."""
        return self.select_related("unit", "proposal__lead").prefetch_related(
            "pauses", "extensions"
        )

    def with_case(self) -> Self:
        """Everything a line of the unit's desk shows, in a fixed number of queries."""
        return self.select_related(
            "unit", "handler", "proposal__lead", "proposal__delegation", "proposal__session__term"
        ).prefetch_related(
            "pauses",
            "extensions",
            "proposal__assignments__pauses",
            "meetings",
            "waivers",
            "asks",
            "drafts__answers",
            "replies__outcome",
            "proposal__asks",
            "proposal__merged__asks",
            "proposal__assignments__unit",
            "proposal__assignments__meetings",
            "proposal__assignments__waivers",
            "proposal__assignments__replies__outcome",
        )
