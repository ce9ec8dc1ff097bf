"""草稿: only their writer saves, throws away, and adds files to them."""

from collections.abc import Collection
from uuid import UUID

from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.models import Deputy
from proposals.models import Attachment, Draft, Proposal
from proposals.states import State

MOST_FILES = 9


def why_not_save_draft(
    by: Actor, deputy: Deputy, token: UUID | None = None, mends: Proposal | None = None
) -> str | None:
    """The writer, until the draft is raised; of a proposal only while it is with them to mend."""
    if not by.is_a(Role.DEPUTY) or not by.same_person(deputy.user_id):
        return "草稿由代表本人保存，请用代表自己的账号登录。"
    if mends is not None and (mends.lead_id != deputy.pk or mends.state != State.RETURNED):
        return "这件建议现在不用修改，草稿没有存。"
    if mends is None and token and Proposal.objects.filter(token=token, lead=deputy).exists():
        return "这份草稿已经提出，改动没有存。在“我的建议”里看提出的那件。"
    return why_not_token(deputy, token) if mends is None else None


def why_not_token(deputy: Deputy, token: UUID | None) -> str | None:
    """What somebody else has begun to write or has raised is nobody's to write on."""
    if token is None:
        return None
    drafts = Draft.objects.filter(token=token).exclude(deputy=deputy)
    raised = Proposal.objects.filter(token=token).exclude(lead=deputy)
    if drafts.exists() or raised.exists():
        return "这份表单已经用过，请重新打开“提建议”再写。"
    return None


def why_not_discard_draft(by: Actor, draft: Draft) -> str | None:
    return _why_not_write(by, draft)


def why_not_attach(by: Actor, draft: Draft, count: int = 0) -> str | None:
    """The writer, up to so many files in one draft."""
    if refusal := _why_not_write(by, draft):
        return refusal
    if (there := _there(draft)) + count > MOST_FILES:
        return f"照片和 PDF 一共最多 {MOST_FILES} 个，已经有 {there} 个。"
    return None


def why_not_bring_more(proposal: Proposal, digests: Collection[str]) -> str | None:
    """The form of a proposal that is raised, sent again: with the files that it came with."""
    there = set(proposal.attachments.values_list("digest", flat=True))
    if there.issuperset(digests):
        return None
    return "这份表单已经提交过，新选的文件没有加上。提交的那件在“我的建议”里，退回时再加。"


def why_not_detach(by: Actor, attachment: Attachment) -> str | None:
    """The writer, while it is a draft's; the lead, while the proposal is with them to mend."""
    if attachment.draft:
        return _why_not_write(by, attachment.draft)
    proposal = attachment.proposal
    leads = proposal is not None and by.same_person(proposal.lead.user_id)
    if not by.is_a(Role.DEPUTY) or not leads:
        return "附件由领衔代表本人删。"
    if proposal is None or proposal.state != State.RETURNED:
        return "建议已经提出，附件不能再删。"
    return None


def _there(draft: Draft) -> int:
    """What the draft has, and what the proposal has that it mends."""
    if draft.proposal is None:
        return draft.attachments.count()
    return Attachment.objects.of_mending(draft.proposal).count()


def _why_not_write(by: Actor, draft: Draft) -> str | None:
    if not by.is_a(Role.DEPUTY) or not by.same_person(draft.deputy.user_id):
        return "草稿只有写的人自己能改。"
    return None
