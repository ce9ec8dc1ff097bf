"""承诺: the dated steps of an answer, what the unit reports of each, and what is still a draft."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.names import says_something
from congress.shared.roles import UNIT, Role
from congress.shared.workflow import Stepped
from proposals.follow_states import OPEN_STEPS, PROMISE_STEPS, PromiseState
from proposals.models.asks import Ask
from proposals.models.assigning import Assignment
from proposals.models.drafts import LONGEST_NAME
from proposals.models.proposal import Proposal
from proposals.models.replies import Reply
from proposals.models.reply_drafts import ReplyDraft
from proposals.states import SHOWN_TO_UNIT, State

LONGEST_STEP = 120
MOST_STEPS = 8
"""Of one ask: what needs more is two asks, or no plan."""


class Step(NamedTuple):
    """What is to be done and by when, as it is typed: either may still be missing."""

    due_on: date | None
    words: str = ""

    @property
    def is_whole(self) -> bool:
        return self.due_on is not None and says_something(self.words)


def typed(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Those that say anything at all, by their days, what has none behind."""
    kept = [Step(each.due_on, each.words.strip()) for each in steps]
    said = [each for each in kept if each.due_on or each.words]
    return tuple(sorted(said, key=lambda each: each.due_on or date.max))


class DraftPromise(models.Model):
    """承诺的稿子: one step of one ask of a draft, whole or not."""

    draft = models.ForeignKey(
        ReplyDraft, models.CASCADE, related_name="promises", verbose_name="答复稿"
    )
    ask = models.ForeignKey(Ask, models.PROTECT, null=True, related_name="+", verbose_name="请求")
    position = models.PositiveSmallIntegerField("次序")
    due_on = models.DateField("哪天办到", null=True)
    words = models.CharField("办到什么", max_length=LONGEST_STEP, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "承诺的稿子"
        ordering = ("draft", "position")
        constraints = [
            models.UniqueConstraint(
                name="draft_promise_position_once", fields=("draft", "position")
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft} 第 {self.position} 步"

    @property
    def step(self) -> Step:
        return Step(self.due_on, self.words)


def plan_of(draft: ReplyDraft) -> dict[int | None, tuple[Step, ...]]:
    """The steps of a draft by their ask; under None those of a draft that has none."""
    found: dict[int | None, list[Step]] = {}
    for each in draft.promises.all():
        found.setdefault(each.ask_id, []).append(each.step)
    return {ask: tuple(steps) for ask, steps in found.items()}


class PromiseQuerySet(models.QuerySet["Promise"]):
    def standing(self) -> Self:
        """Of proposals that nobody has taken back, and of the answer that counts."""
        rows = self.exclude(state=PromiseState.REPLACED)
        return rows.exclude(reply__assignment__proposal__state=State.WITHDRAWN)

    def open(self) -> Self:
        return self.standing().filter(state__in=OPEN_STEPS)

    def to_confirm(self) -> Self:
        """Reported, and waiting for the office."""
        return self.standing().filter(state=PromiseState.REPORTED)

    def missed_by(self, today: date) -> Self:
        """Due before today and not even reported: to be looked at, whenever the day was."""
        return self.standing().filter(state=PromiseState.DUE, due_on__lt=today)

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
            *("ask", "reply__assignment__unit", "reply__assignment__proposal__lead"),
            "reply__assignment__proposal__session__term__assembly__level",
            "reply__assignment__proposal__session__term__assembly__area",
        ).prefetch_related("reports")


class Promise(Stepped):
    """承诺: one dated, checkable step of a signed answer.

    `signed_due_on` is what the letter says for ever; `due_on` what a look-back has made of it.
    """

    STEPS = PROMISE_STEPS
    state = models.CharField("状态", max_length=20, choices=PromiseState, default=PromiseState.DUE)
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="promises", verbose_name="答复")
    ask = models.ForeignKey(
        Ask, models.PROTECT, null=True, related_name="promises", verbose_name="请求"
    )
    position = models.PositiveSmallIntegerField("次序")
    words = models.CharField("办到什么", max_length=LONGEST_STEP)
    signed_due_on = models.DateField("签发时的日期")
    due_on = models.DateField("哪天办到")
    done_on = models.DateField("兑现日期", null=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "承诺"
        ordering = ("reply", "position")
        indexes = [models.Index(fields=("state", "due_on"), name="promise_by_day")]
        constraints = [
            models.UniqueConstraint(name="promise_position_once", fields=("reply", "position")),
            models.CheckConstraint(name="promise_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="promise_kept_has_its_day",
                condition=Q(state=PromiseState.CONFIRMED, done_on__isnull=False)
                | (~Q(state=PromiseState.CONFIRMED) & Q(done_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply} 第 {self.position} 步"

    @property
    def assignment(self) -> Assignment:
        return self.reply.assignment

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STEPS

    @property
    def last_report(self) -> "StepReport | None":
        return max(self.reports.all(), key=lambda each: each.pk, default=None)


class StepReport(models.Model):
    """兑现报告: what the unit says of a step, with a picture; what the office said to it."""

    promise = models.ForeignKey(
        Promise, models.PROTECT, related_name="reports", verbose_name="承诺"
    )
    words = models.CharField("怎么兑现的", max_length=300)
    name = models.CharField("照片名称", max_length=LONGEST_NAME, blank=True)
    file = models.FileField("照片", upload_to="promises/%Y/%m", blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="报告人")
    reported_on = models.DateField("报告日期")
    return_words = models.CharField("退回意见", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="核实人"
    )
    decided_on = models.DateField("核实日期", null=True)
    reported_at = models.DateTimeField("报告时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "兑现报告"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="step_report_one_waits",
                fields=("promise",),
                condition=Q(decided_on__isnull=True),
            ),
            models.CheckConstraint(name="step_report_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="step_report_decided_has_who_and_when",
                condition=Q(decided_by__isnull=True, decided_on__isnull=True, return_words="")
                | Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise} {self.reported_on}"
