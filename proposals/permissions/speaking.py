"""谁来表态: the lead while they sit in its congress, else the foster, else nobody."""

from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.models import Deputy
from proposals.models import Proposal


def speaks(by: Actor, proposal: Proposal) -> bool:
    """Whether this deputy meets, consents and rates for it today (decision 0043)."""
    if not by.is_a(Role.DEPUTY):
        return False
    speaker = proposal.speaker_pk
    if speaker == proposal.lead_id:
        return by.same_person(proposal.lead.user_id)
    return speaker is not None and Deputy.objects.filter(pk=speaker, user=by.user).exists()


def reads_as_lead(actor: Actor, proposal: Proposal) -> bool:
    """Who leads it, sitting or not, and who speaks for it."""
    return actor.same_person(proposal.lead.user_id) or speaks(actor, proposal)
