"""附议和邀请 in words."""

from proposals.models import Cosignature, Invitation
from proposals.queries.steps import Told, TrailStep
from proposals.states import InvitationState, Signature


def of_signature(row: Cosignature, step: TrailStep) -> Told:
    who = f"{row.deputy.name}代表"
    words = {
        "cosigned": f"{who}附议",
        Signature.WITHDRAWN: f"{who}撤回附议",
        Signature.OUTDATED: f"正文改过，{who}的附议要重新确认",
        Signature.EXPIRED: f"{who}的附议过了有效期",
        Signature.LEFT: f"提出时{who}不在任或者暂停职务，附议不算数",
    }
    return Told(step.on, words[step.key.now])


def of_invitation(row: Invitation, step: TrailStep) -> Told:
    who, lead = f"{row.deputy.name}代表", f"{row.proposal.lead.name}代表"
    words = {
        "invited": f"{lead}请{who}附议",
        InvitationState.SIGNED: f"{who}应邀附议",
        InvitationState.DECLINED: f"{who}答复不附议",
        InvitationState.WITHDRAWN: f"{lead}取消对{who}的邀请",
        InvitationState.LAPSED: f"请{who}附议的邀请终止，不用再答复",
    }
    return Told(step.on, words[step.key.now])
