"""附议: who may stand behind a text, and until when they may step back."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.models import Deputy
from proposals.models import Cosignature, Proposal
from proposals.permissions.submission import sits
from proposals.states import OPEN_TO_SIGNERS, Signature, State


def why_not_cosign(
    by: Actor, proposal: Proposal, deputy: Deputy | None, today: date, digest: str | None = None
) -> str | None:
    """Another deputy of the same congress, once, on the text that they have read."""
    if deputy is None or not by.is_a(Role.DEPUTY) or not by.same_person(deputy.user_id):
        return "附议由代表本人办理，请用代表自己的账号登录。"
    if proposal.lead_id == deputy.pk:
        return "这件建议由您领衔，不用再附议。"
    if proposal.cosignatures.in_force(today).filter(deputy=deputy).exists():
        return "您已经附议过这件建议。"
    if proposal.state not in OPEN_TO_SIGNERS:
        return f"建议目前是“{proposal.state_to_deputies}”，附议要在受理之前。"
    last = proposal.sign_until
    if proposal.state == State.SIGNING and last and today > last:
        return f"附议已于 {last.month} 月 {last.day} 日截止，请联系领衔代表重新征集。"
    if not sits(deputy, proposal.session, today):
        return "只有同一级人大的在任代表可以附议。"
    if proposal.confidentiality_asked and not Proposal.objects.visible_to(by).contains(proposal):
        return "领衔代表请求不公开，只有受邀的代表可以附议。"
    if digest == "":
        return "这张表单没有写明看的是哪一份正文，请重新打开这件建议，看完正文再附议。"
    if digest is not None and digest != proposal.digest:
        return "正文刚刚改过，请看完新的正文再附议。"
    return None


def why_not_withdraw_signature(by: Actor, signature: Cosignature) -> str | None:
    """The signer alone, before the proposal has its number."""
    if not by.is_a(Role.DEPUTY) or not by.same_person(signature.deputy.user_id):
        return "附议由本人撤回。"
    if signature.state != Signature.STANDING:
        return f"这次附议目前是“{signature.get_state_display()}”，不用再撤回。"
    if signature.proposal.state not in (*OPEN_TO_SIGNERS, State.RETURNED):
        state = signature.proposal.state_to_deputies
        return f"建议目前是“{state}”，附议要在受理之前撤回。"
    return None
