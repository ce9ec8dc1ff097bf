"""依据材料: pictures that show what an answer says, a draft's until it is signed."""

from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import UNIT
from proposals.models.asks import Ask
from proposals.models.assigning import Assignment
from proposals.models.countersigning import shared_with, waiting
from proposals.models.drafts import LONGEST_NAME
from proposals.models.replies import Answer
from proposals.models.reply_drafts import ReplyDraft


class DraftExhibitQuerySet(models.QuerySet["DraftExhibit"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit that writes; a joint unit while the draft waits for its signature too."""
        if actor.role not in UNIT:
            return self.none()
        parts = Assignment.objects.handled_by(actor)
        shared = waiting(shared_with(parts))
        return self.filter(Q(draft__assignment__in=parts) | Q(draft__in=shared))


class DraftExhibit(models.Model):
    """依据材料的稿子: belongs to one ask of a draft, whatever edition it is in."""

    draft = models.ForeignKey(
        ReplyDraft, models.PROTECT, related_name="exhibits", verbose_name="答复稿"
    )
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="+", verbose_name="请求")
    name = models.CharField("名称", max_length=LONGEST_NAME)
    file = models.FileField("文件", upload_to="replies/%Y/%m")
    digest = models.CharField("摘要", max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="添加人")
    added_at = models.DateTimeField("添加时间", default=clock.now)

    objects = DraftExhibitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "依据材料的稿子"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="draft_exhibit_once_per_ask", fields=("draft", "ask", "digest")
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.ask.called_in(self.draft.assignment.proposal_id)


class Exhibit(models.Model):
    """依据材料: issued with its answer, and never changed or taken away."""

    answer = models.ForeignKey(
        Answer, models.PROTECT, related_name="exhibits", verbose_name="逐条答复"
    )
    name = models.CharField("名称", max_length=LONGEST_NAME)
    file = models.FileField("文件", upload_to="replies/%Y/%m")
    digest = models.CharField("摘要", max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="添加人")
    added_at = models.DateTimeField("添加时间")

    class Meta:
        verbose_name = verbose_name_plural = "依据材料"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(name="exhibit_once_per_answer", fields=("answer", "digest"))
        ]

    def __str__(self) -> str:
        return self.name
