"""异议: what a unit says against a part that was given to it."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from congress.shared.actors import Actor
from congress.shared.models import Organisation, User
from congress.shared.roles import UNIT, Role
from congress.shared.workflow import Stepped
from proposals.models.assigning import Assignment
from proposals.models.proposal import Proposal
from proposals.states import OBJECTION_STEPS, ObjectionState, Part, SheetState


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def open(self) -> Self:
        """Wait for the office's word; one whose part was withdrawn waits for nothing."""
        return self.filter(state=ObjectionState.OPEN, assignment__state=Part.OBJECTED)

    def that_count(self) -> Self:
        """Without those to a sheet that the office took back: its sharing out began anew."""
        return self.exclude(assignment__sheet__state=SheetState.DROPPED)

    def about_place_of(self, part: Assignment) -> Self:
        """Of this place of its proposal, whichever units have held it: no other unit's count."""
        return self.filter(
            assignment__proposal=part.proposal_id, assignment__position=part.position
        )

    def moved_off_a_sheet(self) -> Self:
        """改交 once its sheet was being heard: the new unit had not all the days of the others."""
        begun = F("assignment__sheet__heard_from")
        return self.that_count().filter(state=ObjectionState.UPHELD, decided_on__gt=begun)

    def visible_to(self, actor: Actor) -> Self:
        """The office sees all, a township what is said of its own, a unit what it said."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(assignment__proposal__in=Proposal.objects.decided_by(actor))
        return (
            self.filter(assignment__unit=actor.organisation_id)
            if actor.role in UNIT
            else self.none()
        )

    def with_case(self) -> Self:
        """Everything a line shows; `asks_to_lead`: the unit that it names has a part already."""
        other = Assignment.objects.standing().filter(
            proposal=OuterRef("assignment__proposal"), unit=OuterRef("better_unit")
        )
        return self.annotate(asks_to_lead=Exists(other)).select_related(
            "assignment__unit", "assignment__proposal__lead", "better_unit", "raised_by"
        )


class Objection(Stepped):
    """异议: a unit says that the matter is not its own, why, and whose it is instead.

    One that lapsed was answered by nobody: `words` say what it was overtaken by.
    """

    STEPS = OBJECTION_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=ObjectionState, default=ObjectionState.OPEN
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="objections", verbose_name="交办"
    )
    back_to = models.CharField("提出前", max_length=20, choices=Part)
    reason = models.CharField("理由", max_length=300)
    better_unit = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="应由谁办"
    )
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    raised_on = models.DateField("提出日期")
    words = models.CharField("答复", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    decided_on = models.DateField("答复日期", null=True)

    asks_to_lead: bool

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交办异议"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                name="objection_one_open_per_assignment",
                fields=("assignment",),
                condition=Q(state=ObjectionState.OPEN),
            ),
            models.CheckConstraint(
                name="objection_decided_has_who_when_and_words",
                condition=Q(
                    state=ObjectionState.OPEN,
                    decided_by__isnull=True,
                    decided_on__isnull=True,
                    words="",
                )
                | (
                    Q(state__in=(ObjectionState.UPHELD, ObjectionState.DISMISSED))
                    & Q(decided_by__isnull=False, decided_on__isnull=False)
                    & ~Q(words="")
                )
                | (
                    Q(state=ObjectionState.LAPSED, decided_by__isnull=True)
                    & Q(decided_on__isnull=False)
                    & ~Q(words="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.get_state_display()}"
