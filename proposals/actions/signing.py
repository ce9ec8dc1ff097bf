"""附议: stand behind a text, and step back from it."""

from datetime import date, timedelta

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, move_all, record, refuse_if
from deputies.models import Deputy
from proposals.actions.invitations import settle_invitation
from proposals.actions.telling import settle_rereading, tell_lead
from proposals.models import Cosignature, Proposal
from proposals.permissions.signing import why_not_cosign, why_not_withdraw_signature
from proposals.rules import SIGNED_DAYS
from proposals.states import InvitationState, Signature

ANSWERED_BY_SIGNING = (InvitationState.ASKED, InvitationState.DECLINED)


@transaction.atomic
def cosign(
    proposal: Proposal, *, deputy: Deputy, by: Actor, today: date, digest: str | None = None
) -> Cosignature:
    """附议: a second deputy stands behind the text. `digest` is of the text they have read.

    Whoever was asked by name has answered with it; a signature of theirs that has run out ends.
    """
    proposal = lock(proposal)
    refuse_if(why_not_cosign(by, proposal, deputy, today, digest))
    old = proposal.cosignatures.run_out(today).filter(deputy=deputy)
    move_all(old.select_for_update(of=("self",)), Signature.EXPIRED, by=by)
    signature = Cosignature(
        proposal=proposal,
        deputy=deputy,
        digest=proposal.digest,
        expires_on=today + timedelta(days=SIGNED_DAYS.on(today)),
    )
    signature.save(force_insert=True)
    record(signature, "cosigned", by=by, note=f"{deputy.name}代表附议。")
    asked = proposal.invitations.filter(deputy=deputy, state__in=ANSWERED_BY_SIGNING)
    for invitation in move_all(asked.select_for_update(), InvitationState.SIGNED, by=by):
        settle_invitation(invitation)
    settle_rereading(proposal, [deputy.user])
    return signature


@transaction.atomic
def withdraw_signature(signature: Cosignature, *, by: Actor) -> Cosignature:
    """撤回附议: they stand behind the text no more, and the lead learns of it."""
    proposal = lock(signature.proposal)
    signature = lock(signature)
    refuse_if(why_not_withdraw_signature(by, signature))
    name = signature.deputy.name
    move(signature, Signature.WITHDRAWN, by=by, note=f"{name}代表撤回附议。")
    step = f"signature_withdrawn.{signature.pk}"
    tell_lead(proposal, step, f"{name}代表撤回了对“{proposal.title}”的附议。")
    return signature
