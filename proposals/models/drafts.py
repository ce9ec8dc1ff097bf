"""草稿与附件: what a deputy is still writing, and the files that go with a proposal."""

from typing import Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Assembly, Organisation
from congress.shared.roles import UNIT
from deputies.models import Deputy
from proposals.models.proposal import Proposal
from proposals.states import HANDLED_ALONG, Kind

LONGEST_NAME = 80
"""Of a file; what is longer is cut off."""
PDF = ".pdf"
MEGABYTE = 1024 * 1024


class Draft(models.Model):
    """草稿: saved as typed, read by its writer alone; it ends when the proposal is raised."""

    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="drafts", verbose_name="代表")
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, related_name="draft", verbose_name="修改哪一件"
    )
    continues = models.ForeignKey(
        Proposal, models.PROTECT, null=True, related_name="+", verbose_name="接着哪一件"
    )
    assembly = models.ForeignKey(
        Assembly, models.PROTECT, null=True, related_name="+", verbose_name="向哪一级人大提"
    )
    kind = models.CharField("类别", max_length=20, choices=Kind, blank=True)
    title = models.CharField("标题", max_length=60, blank=True)
    facts = models.TextField("情况和问题", max_length=4000, blank=True)
    request = models.TextField("具体建议", max_length=4000, blank=True)
    suggested_unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="建议由谁办"
    )
    confidentiality_asked = models.CharField("请求不公开的理由", max_length=120, blank=True)
    token = models.UUIDField("提交凭据", unique=True, editable=False, db_default=RandomUUID())
    saved_at = models.DateTimeField("保存时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "建议草稿"
        ordering = ("-saved_at",)

    def __str__(self) -> str:
        return self.title or "还没有写标题的草稿"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, actor: Actor) -> Self:
        """A draft's by its writer alone, a proposal's by whoever may read that proposal.

        并案: a unit reads those of what is merged into its own, for it answers them too.
        """
        if not actor.user:
            return self.none()
        read = Proposal.objects.visible_to(actor)
        found = Q(draft__deputy__user=actor.user) | Q(proposal__in=read)
        if actor.role in UNIT:
            found |= Q(proposal__state__in=HANDLED_ALONG, proposal__merged_into__in=read)
        return self.filter(found)

    def own(self, actor: Actor) -> Self:
        """Those of one's drafts, and of the proposals that one leads."""
        if not actor.user:
            return self.none()
        return self.filter(Q(draft__deputy__user=actor.user) | Q(proposal__lead__user=actor.user))

    def of_mending(self, proposal: Proposal) -> Self:
        """What a returned proposal has, and what its draft adds to it."""
        return self.filter(Q(proposal=proposal) | Q(draft__proposal=proposal))


class Attachment(models.Model):
    """附件: a re-encoded picture or a cleaned PDF, of a draft until it is raised."""

    draft = models.ForeignKey(
        Draft, models.PROTECT, null=True, related_name="attachments", verbose_name="草稿"
    )
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, related_name="attachments", verbose_name="建议"
    )
    name = models.CharField("名称", max_length=LONGEST_NAME)
    file = models.FileField("文件", upload_to="proposals/%Y/%m")
    digest = models.CharField("摘要", max_length=64)
    pages = models.PositiveSmallIntegerField("页数", null=True)
    size = models.PositiveIntegerField("字节数", null=True)
    added_at = models.DateTimeField("添加时间", default=clock.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "建议附件"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="attachment_of_a_draft_or_of_a_proposal",
                condition=Q(draft__isnull=False, proposal__isnull=True)
                | Q(draft__isnull=True, proposal__isnull=False),
            ),
            models.CheckConstraint(
                name="attachment_of_pages_has_its_size",
                condition=Q(pages__isnull=True, size__isnull=True)
                | Q(pages__isnull=False, size__isnull=False, pages__gte=1, size__gte=1),
            ),
            models.UniqueConstraint(name="attachment_once_per_draft", fields=("draft", "digest")),
            models.UniqueConstraint(
                name="attachment_once_per_proposal", fields=("proposal", "digest")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mends(self) -> Proposal | None:
        """The returned proposal on whose page it is changed; None while a new one is written."""
        return self.proposal or (self.draft.proposal if self.draft else None)

    @property
    def is_pdf(self) -> bool:
        """A paper to keep, of so many pages; all others are pictures to look at."""
        return self.pages is not None

    @property
    def extent(self) -> str:
        """How long a paper is and how much it takes to fetch."""
        size = self.size or 0
        if size >= MEGABYTE:
            return f"{self.pages} 页，{size / MEGABYTE:.1f} MB"
        return f"{self.pages} 页，{max(1, round(size / 1024))} KB"

    @property
    def download_name(self) -> str:
        """A paper's name ends as papers do, whatever it was sent under."""
        return f"{self.name.removesuffix(PDF)}{PDF}"
