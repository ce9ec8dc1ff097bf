"""交: of each proposal every unit's part with its own clock."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from congress.shared.models import Organisation, User
from congress.shared.workflow import Stepped
from proposals.models.asks import Ask
from proposals.models.assigned_rows import AssignmentQuerySet
from proposals.models.proposal import Proposal
from proposals.models.sheets import Sheet
from proposals.states import (
    ANSWERING,
    ENDED_ALONG,
    IN_HAND,
    OPINING,
    PART_STEPS,
    RUNNING,
    Part,
    State,
    UnitRole,
)

if TYPE_CHECKING:
    from proposals.models.meetings import Meeting
    from proposals.models.replies import Reply


class Assignment(Stepped):
    """交办: a unit, its role, its part and its own clock."""

    STEPS = PART_STEPS
    state = models.CharField("状态", max_length=20, choices=Part, default=Part.DRAFTED)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="assignments", verbose_name="建议"
    )
    sheet = models.ForeignKey(
        Sheet, models.PROTECT, null=True, related_name="lines", verbose_name="交办单"
    )
    unit = models.ForeignKey(Organisation, models.PROTECT, verbose_name="承办单位")
    role = models.CharField("方式", max_length=20, choices=UnitRole)
    position = models.PositiveSmallIntegerField("次序")
    asks = models.ManyToManyField(Ask, related_name="assignments", verbose_name="办哪几条")
    months = models.PositiveSmallIntegerField("答复月数")
    assigned_on = models.DateField("交办日期", null=True)
    due_on = models.DateField("答复期限", null=True)
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="交办人")
    received_at = models.DateTimeField("签收时间", null=True)
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="签收人"
    )
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="经办人"
    )
    reminded_on = models.DateField("最近一次催看", null=True)
    done_on = models.DateField("办结日期", null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交办"
        ordering = ("due_on", "id")
        constraints = [
            models.UniqueConstraint(
                name="assignment_once_per_unit",
                fields=("proposal", "unit"),
                condition=~Q(state=Part.REMOVED),
            ),
            models.UniqueConstraint(
                name="assignment_one_lead_unit",
                fields=("proposal",),
                condition=Q(role=UnitRole.LEAD) & ~Q(state=Part.REMOVED),
                violation_error_message="一件建议只能有一个主办单位。",
            ),
            models.UniqueConstraint(
                name="assignment_position_once_per_proposal",
                fields=("proposal", "position"),
                condition=~Q(state=Part.REMOVED),
            ),
            models.CheckConstraint(
                name="assignment_first_one_answers",
                condition=~Q(position=0) | Q(role__in=ANSWERING),
            ),
            models.CheckConstraint(
                name="assignment_lead_comes_first",
                condition=~Q(role=UnitRole.LEAD) | Q(position=0),
            ),
            models.CheckConstraint(
                name="assignment_in_hand_has_its_days",
                condition=~Q(state__in=IN_HAND)
                | Q(assigned_on__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_only_helpers_end_along",
                condition=~Q(state__in=ENDED_ALONG) | Q(role__in=OPINING),
            ),
            models.CheckConstraint(
                name="assignment_due_after_assigned", condition=Q(due_on__gt=F("assigned_on"))
            ),
            models.CheckConstraint(
                name="assignment_received_has_who_and_when",
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_at__isnull=False, received_by__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_done_has_its_day",
                condition=Q(state=Part.DONE, done_on__isnull=False)
                | (~Q(state=Part.DONE) & Q(done_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.proposal}"

    @property
    def is_handed(self) -> bool:
        """Handed over and not given back; one objected to in rehearsal has no day yet."""
        return self.assigned_on is not None and self.state != Part.REMOVED

    @property
    def is_running(self) -> bool:
        """`AssignmentQuerySet.running`, for one that is loaded with its proposal."""
        handed = self.state in RUNNING and self.assigned_on is not None
        return handed and self.proposal.state == State.ASSIGNED

    @property
    def stands_still_since(self) -> date | None:
        """暂停: the day from which its clock stands, while it does."""
        return next((each.from_on for each in self.pauses.all() if each.until_on is None), None)

    @property
    def answers(self) -> bool:
        """主办 or 分办: meets the deputy and replies."""
        return self.role in ANSWERING

    @property
    def held(self) -> "list[Meeting]":
        """The meetings that nobody has contradicted or taken back, in the order of their days."""
        rows = self.meetings.all()
        return [each for each in rows if each.denied_at is None and each.taken_back_at is None]

    @property
    def reply(self) -> "Reply | None":
        """The newest version of what this unit has answered."""
        return max(self.replies.all(), key=lambda each: each.version, default=None)

    @property
    def formers(self) -> "list[Reply]":
        """以前的答复: the versions before the newest, the newest of them first."""
        found = sorted(self.replies.all(), key=lambda each: each.version, reverse=True)
        return found[1:]

    @property
    def public_reply(self) -> "Reply | None":
        """The newest version that the office has opened."""
        opened = [each for each in self.replies.all() if each.opened_on]
        return max(opened, key=lambda each: each.version, default=None)

    @property
    def once_public(self) -> "list[Reply]":
        """以前的答复 that everybody could read, as `ReplyQuerySet.once_public` has them."""
        opened = [each for each in self.replies.all() if each.opened_on]
        opened.sort(key=lambda each: each.version, reverse=True)
        days = [each.opened_on for each in opened if each.opened_on]
        return [
            each
            for at, each in enumerate(opened)
            if at and each.opened_on and each.opened_on < min(days[:at])
        ]

    @property
    def told_reply(self) -> "Reply | None":
        """Of which everybody knows that it was given: while none is open the first one alone."""
        first = min(self.replies.all(), key=lambda each: each.version, default=None)
        return self.public_reply or first
