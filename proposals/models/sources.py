"""来源: where the matter of a proposal was first heard, told by another part of the platform."""

from django.db import models
from django.db.models import Q

from proposals.models.drafts import Draft
from proposals.models.proposal import Proposal


class Source(models.Model):
    """来源: kept from the draft on; `key` names the row it came from, `words` say it to people."""

    draft = models.OneToOneField(Draft, models.PROTECT, null=True, verbose_name="草稿")
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, verbose_name="建议")
    key = models.CharField("从哪里来", max_length=40)
    words = models.CharField("来源", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "建议来源"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="source_of_a_draft_or_of_a_proposal",
                condition=Q(draft__isnull=False, proposal__isnull=True)
                | Q(draft__isnull=True, proposal__isnull=False),
            ),
            models.UniqueConstraint(
                name="source_of_one_text",
                fields=("key",),
                violation_error_message="这件事已经写成草稿或者建议。",
            ),
        ]

    def __str__(self) -> str:
        return self.words
