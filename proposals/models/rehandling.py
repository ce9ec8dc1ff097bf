"""重新办理: ordered in the committee's name, with a clock of its own; then both sides convened."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import UNIT
from congress.shared.workflow import Stepped
from proposals.models.assigning import Assignment
from proposals.models.proposal import Proposal
from proposals.models.replies import Reply
from proposals.rating_states import (
    CONVENING_STEPS,
    REHANDLING_STEPS,
    ConveningState,
    RehandlingState,
)
from proposals.states import State


class RehandlingQuerySet(models.QuerySet["Rehandling"]):
    def visible_to(self, actor: Actor) -> Self:
        """Of the proposals that this person reads."""
        return self.filter(assignment__proposal__in=Proposal.objects.visible_to(actor))

    def open(self) -> Self:
        """Ordered and not answered."""
        return self.filter(state=RehandlingState.ORDERED)

    def standing(self) -> Self:
        """All but those that were taken back: these are as if they had never been."""
        return self.exclude(state=RehandlingState.TAKEN_BACK)

    def told_openly(self) -> Self:
        """Of an answer that everybody may read: of no other order does the public know (0042)."""
        return self.filter(
            assignment__proposal__state=State.PUBLISHED,
            assignment__proposal__withheld_reason="",
            assignment__proposal__reply_withheld_reason="",
            reply__opened_on__isnull=False,
        )

    def running_openly(self) -> Self:
        """What everybody may know of: it runs until a further answer is before everybody."""
        opened = Reply.objects.filter(
            assignment=OuterRef("assignment"),
            version__gte=OuterRef("answer__version"),
            opened_on__isnull=False,
        )
        unread = Q(state=RehandlingState.ANSWERED) & ~Exists(opened)
        return self.told_openly().filter(Q(state=RehandlingState.ORDERED) | unread)

    def answered_openly(self) -> Self:
        """Those whose further answer is before everybody, the newest first."""
        found = self.told_openly().filter(
            state=RehandlingState.ANSWERED, answer__opened_on__isnull=False
        )
        return found.order_by("-answer__replied_on", "-pk")

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def handled_by(self, actor: Actor) -> Self:
        """What lies on the desk of the acting person's unit."""
        if actor.role not in UNIT:
            return self.none()
        return self.filter(assignment__unit=actor.organisation_id)


class Rehandling(Stepped):
    """重新办理: nothing here says why it was ordered: after a rating, or as a pick of 回头看."""

    STEPS = REHANDLING_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=RehandlingState, default=RehandlingState.ORDERED
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="rehandlings", verbose_name="交办"
    )
    reply = models.ForeignKey(
        Reply, models.PROTECT, related_name="rehandlings", verbose_name="要重新办的答复"
    )
    round = models.PositiveSmallIntegerField("第几次", default=1)
    words = models.CharField("要单位再办什么", max_length=300)
    ordered_on = models.DateField("要求日期")
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    due_on = models.DateField("答复期限")
    answer = models.OneToOneField(
        Reply, models.PROTECT, null=True, related_name="answers_order", verbose_name="再次答复"
    )
    ended_on = models.DateField("结束日期", null=True)
    prolonged_on = models.DateField("延长日期", null=True)
    prolonged_why = models.CharField("延长的原因", max_length=200, blank=True)
    taken_back_why = models.CharField("撤回的原因", max_length=200, blank=True)

    objects = RehandlingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "重新办理"
        ordering = ("due_on", "id")
        constraints = [
            models.UniqueConstraint(
                name="rehandling_one_open_per_part",
                fields=("assignment",),
                condition=Q(state=RehandlingState.ORDERED),
            ),
            models.UniqueConstraint(
                name="rehandling_round_once_per_part",
                fields=("assignment", "round"),
                condition=~Q(state=RehandlingState.TAKEN_BACK),
            ),
            models.UniqueConstraint(
                name="rehandling_once_per_reply",
                fields=("reply",),
                condition=~Q(state=RehandlingState.TAKEN_BACK),
            ),
            models.CheckConstraint(
                name="rehandling_prolonged_has_day_and_reason",
                condition=Q(prolonged_on__isnull=True, prolonged_why="")
                | Q(prolonged_on__isnull=False) & ~Q(prolonged_why=""),
            ),
            models.CheckConstraint(
                name="rehandling_taken_back_says_why",
                condition=Q(state=RehandlingState.TAKEN_BACK) & ~Q(taken_back_why="")
                | ~Q(state=RehandlingState.TAKEN_BACK) & Q(taken_back_why=""),
            ),
            models.CheckConstraint(
                name="rehandling_due_after_ordered", condition=Q(due_on__gt=F("ordered_on"))
            ),
            models.CheckConstraint(name="rehandling_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="rehandling_answered_has_its_reply",
                condition=Q(state=RehandlingState.ANSWERED, answer__isnull=False)
                | (~Q(state=RehandlingState.ANSWERED) & Q(answer__isnull=True)),
            ),
            models.CheckConstraint(
                name="rehandling_ended_has_its_day",
                condition=Q(state=RehandlingState.ORDERED, ended_on__isnull=True)
                | (~Q(state=RehandlingState.ORDERED) & Q(ended_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} 第 {self.round} 次重新办理"

    @property
    def last_convening(self) -> "Convening | None":
        """Called off or not."""
        return max(self.convenings.all(), key=lambda each: each.pk, default=None)

    @property
    def convening(self) -> "Convening | None":
        """The one that stands: what is called off does so no more."""
        last = self.last_convening
        return None if last and last.state == ConveningState.CALLED_OFF else last


class ConveningQuerySet(models.QuerySet["Convening"]):
    def called(self) -> Self:
        """To come, or not written down yet."""
        return self.filter(state=ConveningState.CALLED)

    def visible_to(self, actor: Actor) -> Self:
        """Of the proposals that this person reads."""
        return self.filter(assignment__proposal__in=Proposal.objects.visible_to(actor))


class Convening(Stepped):
    """当面协商: after a further answer that does not do, the office brings both sides together."""

    STEPS = CONVENING_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=ConveningState, default=ConveningState.CALLED
    )
    rehandling = models.ForeignKey(
        Rehandling, models.PROTECT, related_name="convenings", verbose_name="重新办理"
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="convenings", verbose_name="交办"
    )
    meets_on = models.DateField("日期")
    place = models.CharField("地点", max_length=60)
    why = models.CharField("改期、取消的原因", max_length=200, blank=True)
    called_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="召集人")
    people = models.CharField("到会的人", max_length=200, blank=True)
    agreed = models.CharField("商定了什么", max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="记录人"
    )

    objects = ConveningQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "当面协商"
        ordering = ("meets_on", "id")
        constraints = [
            models.CheckConstraint(
                name="convening_held_has_who_and_what",
                condition=(
                    ~Q(state=ConveningState.HELD) & Q(people="", agreed="", recorded_by=None)
                )
                | (
                    Q(state=ConveningState.HELD, recorded_by__isnull=False)
                    & ~Q(people="")
                    & ~Q(agreed="")
                ),
            ),
            models.CheckConstraint(
                name="convening_called_off_says_why",
                condition=~Q(state=ConveningState.CALLED_OFF) | ~Q(why=""),
            ),
            models.UniqueConstraint(
                name="convening_one_stands_per_order",
                fields=("rehandling",),
                condition=~Q(state=ConveningState.CALLED_OFF),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.meets_on}"
