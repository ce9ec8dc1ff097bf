"""答复稿: what a unit's people still write, ask by ask, and their own blocks of text."""

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.models import Organisation, User
from congress.shared.workflow import Stepped
from proposals.models.asks import Ask, in_order
from proposals.models.assigning import Assignment
from proposals.models.reference import OutcomeClass, Result
from proposals.states import DRAFT_STEPS, DraftState


class ReplyDraft(Stepped):
    """答复稿: written by the unit's people, signed by its head; nobody else reads it."""

    STEPS = DRAFT_STEPS
    state = models.CharField("状态", max_length=20, choices=DraftState, default=DraftState.WRITTEN)
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="drafts", verbose_name="交办"
    )
    edition = models.PositiveIntegerField("稿次", default=1)
    outcome = models.ForeignKey(OutcomeClass, models.PROTECT, null=True, verbose_name="结果类别")
    text = models.TextField("答复内容", max_length=8000, blank=True)
    file_number = models.CharField("文号", max_length=40, blank=True)
    return_words = models.CharField("退改意见", max_length=200, blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="保存人")
    saved_at = models.DateTimeField("保存时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "答复稿"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                name="reply_draft_one_open_per_assignment",
                fields=("assignment",),
                condition=~Q(state=DraftState.ISSUED),
            ),
            models.CheckConstraint(
                name="reply_draft_to_sign_is_whole",
                condition=Q(state=DraftState.WRITTEN)
                | (Q(outcome__isnull=False) & ~Q(text="") & ~Q(file_number="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} 第 {self.edition} 稿"

    @property
    def in_order(self) -> "list[DraftAnswer]":
        """逐条答复, those of merged proposals behind."""
        return in_order(self.answers.all(), self.assignment.proposal_id)


class DraftAnswer(models.Model):
    """逐条答复的稿子."""

    draft = models.ForeignKey(
        ReplyDraft, models.CASCADE, related_name="answers", verbose_name="答复稿"
    )
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="+", verbose_name="请求")
    outcome = models.ForeignKey(OutcomeClass, models.PROTECT, null=True, verbose_name="结果类别")
    text = models.TextField("怎么办的", max_length=1000, blank=True)
    evidence = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "逐条答复的稿子"
        ordering = ("draft", "ask__position")
        constraints = [
            models.UniqueConstraint(name="draft_answer_once_per_ask", fields=("draft", "ask"))
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.ask}"

    @property
    def result(self) -> Result | None:
        """As it is called now; none until it is chosen."""
        return self.outcome.result if self.outcome else None

    @property
    def label(self) -> str:
        return self.ask.called_in(self.draft.assignment.proposal_id)


class ReplyTemplate(models.Model):
    """常用语: a unit's own blocks of text for its replies."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="单位")
    name = models.CharField("名称", max_length=40)
    text = models.TextField("内容", max_length=4000)

    class Meta:
        verbose_name = verbose_name_plural = "答复常用语"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(name="reply_template_name_once", fields=("unit", "name"))
        ]

    def __str__(self) -> str:
        return self.name
