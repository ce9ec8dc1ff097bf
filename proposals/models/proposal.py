"""建议: what deputies ask for, its number, and where it stands."""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.functional import cached_property

from congress.shared import clock, personal_numbers
from congress.shared.models import Organisation, Session, User
from congress.shared.workflow import Stepped
from deputies.models import Delegation, Deputy
from proposals.models.proposal_constraints import CONSTRAINTS
from proposals.models.proposal_rows import ProposalQuerySet
from proposals.models.reference import RefusalGround
from proposals.models.signing import Cosignature
from proposals.states import (
    STEPS,
    Kind,
    Signature,
    State,
)

if TYPE_CHECKING:
    from proposals.models.assigning import Assignment
    from proposals.models.replies import Reply

KEPT_BACK = "另一件不公开的建议"
"""How another that is withheld is called to whoever is no party to it."""


class Proposal(Stepped):
    """代表建议: led by one deputy, answered by one unit or by several, each its part."""

    STEPS = STEPS
    ALSO_BEGINS = frozenset({State.SIGNING})
    LOCKED_WITH = ("session__term__assembly__level",)
    """Every reason asks of which congress it is; four statements less in each verb."""
    state = models.CharField("状态", max_length=20, choices=State, default=State.SUBMITTED)
    kind = models.CharField("类别", max_length=20, choices=Kind)
    session = models.ForeignKey(Session, models.PROTECT, verbose_name="会次")
    number = models.CharField("编号", max_length=50, blank=True)
    title = models.CharField("标题", max_length=60)
    facts = models.TextField("情况和问题", max_length=4000)
    request = models.TextField("具体建议", max_length=4000)
    lead = models.ForeignKey(Deputy, models.PROTECT, related_name="led", verbose_name="领衔代表")
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, verbose_name="代表团")
    suggested_unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="建议由谁办"
    )
    confidentiality_asked = models.CharField("请求不公开的理由", max_length=120, blank=True)
    sign_until = models.DateField("附议截止", null=True)
    submitted_on = models.DateField("提出日期", null=True)
    return_reason = models.CharField("退回原因", max_length=200, blank=True)
    ground = models.ForeignKey(
        RefusalGround, models.PROTECT, null=True, related_name="+", verbose_name="不予受理的情形"
    )
    closing_words = models.CharField("不再办理的说明", max_length=200, blank=True)
    wish_words = models.CharField("不同意不公开的理由", max_length=120, blank=True)
    withheld_reason = models.CharField("不公开的理由", max_length=120, blank=True)
    reply_withheld_reason = models.CharField("答复不公开的理由", max_length=120, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", verbose_name="并入"
    )
    accepted_on = models.DateField("受理日期", null=True)
    due_on = models.DateField("答复期限", null=True)
    answered_on = models.DateField("答复日期", null=True)
    published_on = models.DateField("公开日期", null=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="公开人"
    )
    token = models.UUIDField("提交凭据", unique=True, editable=False, db_default=RandomUUID())
    raised_from = models.PositiveBigIntegerField(
        "由哪份草稿提出", null=True, unique=True, editable=False
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "建议"
        ordering = ("-session__opens_on", "number", "id")
        indexes = [
            models.Index(fields=("state", "due_on"), name="proposal_by_deadline"),
        ]
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return self.title

    @property
    def public_title(self) -> str:
        """Wherever the public reads of it."""
        return personal_numbers.masked(self.title)

    @property
    def personal_numbers(self) -> list[str]:
        """电话、身份证号 that the deputy wrote into the text: the public reads none of them."""
        return personal_numbers.numbers_in(self.title, self.facts, self.request)

    @property
    def text(self) -> tuple[str, str, str]:
        """正文: what is signed."""
        return (self.title, self.facts, self.request)

    @property
    def digest(self) -> str:
        """The text that a signature is bound to, as 64 hexadecimal digits.

        No field holds NUL, so nothing can move from one field to the next unseen.
        """
        return sha256("\0".join(self.text).encode()).hexdigest()

    @cached_property
    def speaker_pk(self) -> int | None:
        """谁来表态: the deputy who speaks for it today; `with_speaker` fetches it for many."""
        rows: Any = Proposal.objects.filter(pk=self.pk).with_speaker(clock.today())
        found: int | None = rows.order_by().values_list("speaker_pk", flat=True).first()
        return found

    @property
    def state_to_deputies(self) -> str:
        """What a sheet rehearses is between the units and the office: deputies wait for 交办."""
        rehearsed = self.state == State.REHEARSED
        return State.ACCEPTED.label if rehearsed else State(self.state).label

    @property
    def signatures(self) -> list[Cosignature]:
        """Who stands behind the text now, in the order in which they signed."""
        return [each for each in self.cosignatures.all() if each.state == Signature.STANDING]

    @property
    def parts(self) -> "list[Assignment]":
        """The units that have it in hand, who answers first: neither planned nor given back."""
        handed = [each for each in self.assignments.all() if each.is_handed]
        return sorted(handed, key=lambda each: each.position)

    @property
    def handled_as(self) -> "Proposal":
        """并案: the proposal under which this one is handled and answered; else itself."""
        return self.merged_into or self

    @property
    def handled_publicly(self) -> "Proposal":
        """并案, as everybody may know it: itself where the other one is withheld."""
        return self if self.handled_as.withheld_reason else self.handled_as

    @property
    def along(self) -> "list[Proposal]":
        """并入的: what is handled and answered together with this one."""
        rows = self.merged.handled_along().select_related("lead", "delegation")
        return list(rows.prefetch_related("attachments").order_by("pk"))

    @property
    def published_along(self) -> "list[Proposal]":
        """What has no reply of its own and becomes public with this one."""
        return [each for each in self.along if not each.why_withheld]

    @property
    def why_withheld(self) -> str:
        """不公开: why the public gets nothing of it, or not its reply; empty when it gets all."""
        return self.withheld_reason or self.reply_withheld_reason

    @property
    def wish_answer(self) -> str:
        """请求不公开: what was decided about it; empty where nothing was asked or decided."""
        if not (self.confidentiality_asked and self.accepted_on):
            return ""
        if self.wish_words:
            return f"没有同意，受理后公开：{self.wish_words}"
        return f"同意，不公开：{self.withheld_reason}" if self.withheld_reason else "现在公开。"

    @property
    def lead_assignment(self) -> "Assignment | None":
        """The unit that answers: 主办, or of several 分办 the first."""
        return next((each for each in self.parts if each.position == 0), None)

    @property
    def replies(self) -> "list[Reply]":
        """Of each unit that has answered the newest version; 分办 units each have their own."""
        found = [each.reply for each in self.parts]
        return [each for each in found if each]

    @property
    def reply(self) -> "Reply | None":
        """The first of these."""
        return next(iter(self.replies), None)

    @property
    def public_replies(self) -> "list[Reply]":
        """Of each unit the newest version that the office has opened."""
        found = [each.public_reply for each in self.parts]
        return [each for each in found if each]

    @property
    def unopened(self) -> "list[Reply]":
        """又作的一版: of what is published the versions that the office has yet to look at."""
        if self.state != State.PUBLISHED or self.merged_into_id:
            return []
        return [each for each in self.replies if each.waits_to_open]

    @property
    def kept_back(self) -> "list[Reply]":
        """暂缓公开: of what is published the newest versions that stay off the public page."""
        if self.state != State.PUBLISHED or self.merged_into_id:
            return []
        return [each for each in self.replies if each.kept_back and not each.opened_on]

    @property
    def silent(self) -> "list[Assignment]":
        """主办、分办 from which no reply has come yet."""
        return [each for each in self.parts if each.answers and not each.reply]
