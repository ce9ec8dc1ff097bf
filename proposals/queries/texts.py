"""正文: what the lead may still do with the text, and how the reader's own signature stands."""

from datetime import date

from congress.shared.actors import Actor
from proposals.models import Lineage, Proposal
from proposals.permissions import why_not_hand_in, why_not_withdraw, why_not_withdraw_signature
from proposals.permissions.submission import signers_of_bill
from proposals.queries.clocks import day
from proposals.states import Kind, Signature, State


def of_the_text(proposal: Proposal, actor: Actor, today: date) -> dict[str, object]:
    """For the page of one proposal, as deputies read it."""
    leads = actor.same_person(proposal.lead.user_id)
    signing = proposal.state == State.SIGNING
    own = proposal.cosignatures.filter(deputy__user=actor.user).select_related("deputy").last()
    bill = proposal.kind == Kind.BILL
    return {
        "signing": signing,
        "sign_until": day(proposal.sign_until, today),
        "needed": signers_of_bill(proposal.session, today) if bill and signing else 0,
        "no_hand_in": why_not_hand_in(actor, proposal, today) if leads and signing else None,
        "may_withdraw": leads and not why_not_withdraw(actor, proposal, today),
        "own_signature": own if own and not why_not_withdraw_signature(actor, own) else None,
        "anew": bool(own and own.state == Signature.OUTDATED),
        "continues": Lineage.objects.filter(proposal=proposal).select_related("earlier").first(),
    }
