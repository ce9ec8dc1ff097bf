"""征集附议终止: what a lead who has left can neither hand in nor take back, time ends."""

from datetime import date

from django.db import transaction

from congress.shared.actors import SYSTEM
from congress.shared.workflow import lock, move
from proposals.actions.invitations import end_invitations
from proposals.actions.keeping import end_draft
from proposals.actions.telling import tell_lead, tell_signers
from proposals.models import Proposal
from proposals.states import State

GONE = "领衔代表在这一届人大的代表资格已经结束，不再征集附议。"


def end_calls(today: date) -> int:
    """No text stays open to signatures once its lead holds the seat no more; how many ended."""
    return sum(_end(each, today) for each in Proposal.objects.left_signing(today))


@transaction.atomic
def _end(proposal: Proposal, today: date) -> bool:
    """Who signed, who was asked and has not answered, and the lead are told, once."""
    proposal = lock(proposal)
    if not Proposal.objects.left_signing(today).contains(proposal):
        return False
    move(proposal, State.WITHDRAWN, by=SYSTEM, note=GONE, closing_words=GONE)
    end_draft(proposal.pk)
    text = f"“{proposal.title}”：{GONE}要继续的，请另提一件。"
    tell_signers(proposal, proposal.signatures, "call_ended", text)
    end_invitations(proposal, GONE, by=SYSTEM)
    tell_lead(proposal, "call_ended", f"您领衔的“{proposal.title}”：{GONE}")
    return True
