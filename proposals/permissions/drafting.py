"""草稿: only their writer saves, throws away, and adds pictures to them."""

from uuid import UUID

from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.models import Deputy
from proposals.models import Attachment, Draft, Proposal
from proposals.states import State

MOST_PICTURES = 9


def why_not_save_draft(
    by: Actor, deputy: Deputy, token: UUID | None = None, mends: Proposal | None = None
) -> str | None:
    """The writer, until the draft is raised; of a proposal only while it is with them to mend."""
    if not by.is_a(Role.DEPUTY) or not by.same_person(deputy.user_id):
        return "草稿由代表本人保存，请用代表自己的账号登录。"
    if mends is not None and (mends.lead_id != deputy.pk or mends.state != State.RETURNED):
        return "这件建议现在不用修改，草稿没有存。"
    if mends is None and token and Proposal.objects.filter(token=token).exists():
        return "这份草稿已经提出，改动没有存。在“我的建议”里看提出的那件。"
    if mends is None and token and Draft.objects.filter(token=token).exclude(deputy=deputy):
        return "这份表单已经用过，请重新打开“提建议”再写。"
    return None


def why_not_discard_draft(by: Actor, draft: Draft) -> str | None:
    return _why_not_write(by, draft)


def why_not_attach(by: Actor, draft: Draft, count: int = 0) -> str | None:
    """The writer, up to so many pictures in one draft."""
    if refusal := _why_not_write(by, draft):
        return refusal
    if (there := draft.attachments.count()) + count > MOST_PICTURES:
        return f"照片最多 {MOST_PICTURES} 张，已经有 {there} 张。"
    return None


def why_not_detach(by: Actor, attachment: Attachment) -> str | None:
    """The writer, while it is still a draft's."""
    if attachment.draft is None:
        return "建议已经提出，照片不能再删。"
    return _why_not_write(by, attachment.draft)


def _why_not_write(by: Actor, draft: Draft) -> str | None:
    if not by.is_a(Role.DEPUTY) or not by.same_person(draft.deputy.user_id):
        return "草稿只有写的人自己能改。"
    return None
