"""邀请附议: ask deputies by name, answer no, take the question back."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.models import Deputy
from proposals.actions.telling import settle_rereading, tell_asked, tell_lead
from proposals.models import Invitation, Proposal
from proposals.permissions.invitations import (
    why_not_decline,
    why_not_invite,
    why_not_withdraw_invitation,
)
from proposals.states import InvitationState


@transaction.atomic
def invite(
    proposal: Proposal, *, deputies: Sequence[Deputy], by: Actor, today: date
) -> list[Invitation]:
    """邀请附议: each of them is told, and it waits on their page until they answer."""
    proposal = lock(proposal)
    refuse_if(why_not_invite(by, proposal, today, deputies))
    asked = []
    for deputy in deputies:
        invitation = Invitation(proposal=proposal, deputy=deputy, asked_on=today)
        invitation.save(force_insert=True)
        record(invitation, "invited", by=by, note=f"邀请{deputy.name}代表附议。")
        text = f"{proposal.lead.name}代表请您附议“{proposal.title}”。愿不愿意都请答复一下。"
        tell_asked(invitation, "invited", text)
        asked.append(invitation)
    return asked


@transaction.atomic
def decline(invitation: Invitation, *, by: Actor) -> Invitation:
    """不附议: the lead learns of it; nobody asks why."""
    proposal = lock(invitation.proposal)
    invitation = lock(invitation)
    refuse_if(why_not_decline(by, invitation))
    name = invitation.deputy.name
    move(invitation, InvitationState.DECLINED, by=by, note=f"{name}代表答复不附议。")
    settle_invitation(invitation)
    step = f"declined.{invitation.pk}"
    tell_lead(proposal, step, f"{name}代表答复：这次不附议“{proposal.title}”。")
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor) -> Invitation:
    """取消邀请: nothing waits for them any more, and they are told so."""
    proposal = lock(invitation.proposal)
    invitation = lock(invitation)
    refuse_if(why_not_withdraw_invitation(by, invitation))
    deputy = invitation.deputy
    move(invitation, InvitationState.WITHDRAWN, by=by, note=f"取消邀请{deputy.name}代表附议。")
    settle_invitation(invitation)
    text = f"{proposal.lead.name}代表取消了请您附议“{proposal.title}”的邀请，不用再答复。"
    tell_asked(invitation, "uninvited", text)
    return invitation


def end_invitations(proposal: Proposal, why: str, *, by: Actor) -> None:
    """邀请终止: on a locked proposal that nobody may sign any more; who was asked reads why."""
    lead = proposal.lead.name
    for found in proposal.invitations.filter(state=InvitationState.ASKED).order_by("pk"):
        note = f"请{found.deputy.name}代表附议的邀请终止：{why}"
        invitation = move(lock(found), InvitationState.LAPSED, by=by, note=note)
        settle_invitation(invitation)
        text = f"“{proposal.title}”：{why}{lead}代表请您附议的邀请不用再答复。"
        tell_asked(invitation, "invitation_lapsed", text)
    settle_rereading(proposal)


def settle_invitation(invitation: Invitation) -> None:
    """邀请有了结果: nobody is asked for a word on it any more."""
    notices.settle_for_all(key=f"proposal.invited:{invitation.pk}", at=clock.now())
