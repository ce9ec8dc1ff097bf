"""邀请附议: who may be asked by name, who says no, and who takes the question back."""

from collections.abc import Sequence
from datetime import date

from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.models import Deputy, Mandate
from deputies.models.people import DeputyQuerySet
from proposals.models import Invitation, Proposal
from proposals.permissions.submission import sits
from proposals.rules import INVITED_AT_ONCE
from proposals.states import OPEN_TO_SIGNERS, InvitationState, State


def may_sign(proposal: Proposal, today: date) -> DeputyQuerySet:
    """The sitting deputies of its congress but the lead."""
    seats = Mandate.objects.running(today).filter(term=proposal.session.term_id)
    people: DeputyQuerySet = Deputy.objects.serving(today)
    return people.filter(pk__in=seats.values("deputy")).exclude(pk=proposal.lead_id)


def why_not_invite(
    by: Actor, proposal: Proposal, today: date, deputies: Sequence[Deputy] | None = None
) -> str | None:
    """The lead, while the text may be signed; each deputy once, and nobody who has said no."""
    if not by.is_a(Role.DEPUTY) or not by.same_person(proposal.lead.user_id):
        return "附议由领衔代表本人邀请。"
    if proposal.state not in OPEN_TO_SIGNERS:
        return f"建议目前是“{proposal.state_to_deputies}”，邀请附议要在受理之前。"
    last = proposal.sign_until
    if proposal.state == State.SIGNING and last and today > last:
        return f"附议已于 {last.month} 月 {last.day} 日截止，改一改正文重新征集，再邀请。"
    if not sits(proposal.lead, proposal.session, today):
        return "您目前没有这一级人大的代表资格，或者暂停执行职务，不能再邀请。"
    return None if deputies is None else _why_not_ask(proposal, deputies, today)


def _why_not_ask(proposal: Proposal, deputies: Sequence[Deputy], today: date) -> str | None:
    if not deputies:
        return "请至少选一位代表。"
    chosen = {each.pk for each in deputies}
    if proposal.lead_id in chosen:
        return "这件建议由您领衔，不用邀请自己。"
    signed = proposal.cosignatures.in_force(today).filter(deputy__in=chosen).first()
    if signed:
        return f"{signed.deputy.name}代表已经附议过这件建议。"
    asked = proposal.invitations.filter(deputy__in=chosen)
    if open_one := asked.filter(state=InvitationState.ASKED).first():
        return f"已经邀请过{open_one.deputy.name}代表，还没有答复。"
    if declined := asked.filter(state=InvitationState.DECLINED).first():
        return f"{declined.deputy.name}代表已经答复不附议，不用再邀请。"
    able = set(may_sign(proposal, today).filter(pk__in=chosen).values_list("pk", flat=True))
    if strangers := [each.name for each in deputies if each.pk not in able]:
        return f"{strangers[0]}不是这一级人大的在任代表，不能附议。"
    if silent := [each.name for each in deputies if each.user_id is None]:
        return f"{silent[0]}代表还没有登录账号，收不到邀请，请当面联系。"
    most, waiting = INVITED_AT_ONCE.on(today), proposal.invitations.waiting(today).count()
    if waiting + len(chosen) > most:
        return f"一件建议同时最多邀请 {most} 位代表，现在有 {waiting} 位还没有答复。"
    return None


def why_not_decline(by: Actor, invitation: Invitation) -> str | None:
    """The one who was asked, while it waits; no reason is asked for."""
    if not by.is_a(Role.DEPUTY) or not by.same_person(invitation.deputy.user_id):
        return "邀请由受邀的代表本人答复。"
    return _why_no_answer(invitation)


def why_not_withdraw_invitation(by: Actor, invitation: Invitation) -> str | None:
    """The lead, while it waits for an answer."""
    if not by.is_a(Role.DEPUTY) or not by.same_person(invitation.proposal.lead.user_id):
        return "邀请由领衔代表本人取消。"
    return _why_no_answer(invitation)


def _why_no_answer(invitation: Invitation) -> str | None:
    if invitation.state != InvitationState.ASKED:
        return f"这次邀请目前是“{invitation.get_state_display()}”，不用再答复。"
    if invitation.proposal.state not in OPEN_TO_SIGNERS:
        state = invitation.proposal.state_to_deputies
        return f"建议目前是“{state}”，已经不能附议，这次邀请不用再答复。"
    return None
