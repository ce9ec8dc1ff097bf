"""改前的正文: what a signature was bound to, so that who signed it reads what became of it."""

from django.db import models

from congress.shared import clock
from proposals.models.proposal import Proposal


class FormerText(models.Model):
    """A text that somebody had signed when it was changed, under the digest of their signature."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="former_texts", verbose_name="建议"
    )
    digest = models.CharField("正文摘要", max_length=64)
    title = models.CharField("标题", max_length=60)
    facts = models.TextField("情况和问题", max_length=4000)
    request = models.TextField("具体建议", max_length=4000)
    replaced_at = models.DateTimeField("改动时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "改前的正文"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="former_text_once_per_proposal", fields=("proposal", "digest")
            )
        ]

    def __str__(self) -> str:
        return self.title
