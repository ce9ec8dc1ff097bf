"""签发、会签: which draft waits for whom. Desk, badge, page, notices and refusals all ask here."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from congress.shared import clock
from congress.shared.models import User
from proposals.models.assigned_rows import AssignmentQuerySet
from proposals.models.assigning import Assignment
from proposals.models.rehandling import Rehandling
from proposals.models.replies import Reply, ReplyQuerySet
from proposals.models.reply_drafts import ReplyDraft
from proposals.states import AGAIN, ANSWERABLE, DraftState, Part, State, UnitRole


class Countersignature(models.Model):
    """会签: a joint unit stands behind one edition of the lead unit's draft."""

    draft = models.ForeignKey(
        ReplyDraft, models.CASCADE, related_name="countersignatures", verbose_name="答复稿"
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="countersignatures", verbose_name="会办单位"
    )
    edition = models.PositiveIntegerField("稿次")
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="会签人")
    signed_at = models.DateTimeField("会签时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "会签"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="countersignature_once_per_edition",
                fields=("draft", "assignment", "edition"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment.unit} 第 {self.edition} 稿"


def once_more() -> Q:
    """A further version may come of these: 重新办理 asks for one of what is published too."""
    ordered = Rehandling.objects.open().filter(assignment=OuterRef("assignment"))
    state = Q(assignment__proposal__state__in=AGAIN) | Q(Exists(ordered))
    return Q(assignment__state=Part.DONE) & state


def waiting(drafts: "models.QuerySet[ReplyDraft]") -> "models.QuerySet[ReplyDraft]":
    """待签发: those that were sent to be signed, while their part may be answered, or once more."""
    first = Q(assignment__state__in=ANSWERABLE, assignment__proposal__state=State.ASSIGNED)
    return drafts.filter(first | once_more(), state=DraftState.TO_SIGN)


def to_mend() -> AssignmentQuerySet:
    """等改: answered parts whose further version the head has given back to be changed."""
    returned = ReplyDraft.objects.filter(
        once_more(), assignment=OuterRef("pk"), state=DraftState.WRITTEN
    )
    return Assignment.objects.filter(Exists(returned.exclude(return_words="")))


def to_sign() -> AssignmentQuerySet:
    """等签发: the parts whose own draft waits for their unit's head."""
    return Assignment.objects.filter(
        Exists(waiting(ReplyDraft.objects.filter(assignment=OuterRef("pk"))))
    )


def shared_with(parts: AssignmentQuerySet) -> "models.QuerySet[ReplyDraft]":
    """What 主办 writes, for those of these parts that are 会办: they sign with it.

    分办 answers for its own part alone, and nobody signs with it.
    """
    joint = parts.standing().filter(role=UnitRole.JOINT)
    return ReplyDraft.objects.filter(
        assignment__role=UnitRole.LEAD, assignment__proposal__in=joint.values("proposal")
    )


def to_countersign(draft: ReplyDraft | None = None) -> AssignmentQuerySet:
    """等会签: the 会办 parts that have yet to sign what waits; or that one draft, if it waits."""
    signed = Countersignature.objects.filter(
        draft=OuterRef("pk"), edition=OuterRef("edition"), assignment=OuterRef(OuterRef("pk"))
    )
    rows = ReplyDraft.objects.filter(pk=draft.pk) if draft else ReplyDraft.objects.all()
    lacking = waiting(rows).filter(
        ~Exists(signed), assignment__role=UnitRole.LEAD, assignment__proposal=OuterRef("proposal")
    )
    return Assignment.objects.standing().filter(Exists(lacking), role=UnitRole.JOINT)


def letters_signed(parts: AssignmentQuerySet) -> ReplyQuerySet:
    """会签过的答复: the very versions that these parts have signed; one issued draft makes each."""
    issued = ReplyDraft.objects.filter(state=DraftState.ISSUED).order_by()
    so_far = issued.filter(assignment=OuterRef("draft__assignment"), pk__lte=OuterRef("draft"))
    version = so_far.values("assignment").annotate(number=Count("pk")).values("number")
    signed = Countersignature.objects.annotate(version=Subquery(version)).filter(
        assignment__in=parts,
        edition=F("draft__edition"),
        draft__in=issued,
        draft__assignment=OuterRef("assignment"),
        version=OuterRef("version"),
    )
    return Reply.objects.get_queryset().filter(Exists(signed))
