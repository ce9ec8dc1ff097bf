"""待审查: the session's peak, one by one or many at once."""

from congress.shared.actors import Actor
from proposals.models import Proposal
from proposals.permissions import (
    why_not_accept,
    why_not_merge,
    why_not_refuse,
    why_not_send_back,
    why_not_treat_as_letter,
)
from proposals.queries import likeness
from proposals.states import State


def deciding(proposal: Proposal, by: Actor) -> dict[str, object]:
    """What may be decided about one, why not, and which others look like it."""
    return {
        "no_accept": why_not_accept(by, proposal),
        "no_send_back": why_not_send_back(by, proposal),
        "no_refuse": why_not_refuse(by, proposal),
        "no_letter": why_not_treat_as_letter(by, proposal),
        "alike": likeness.like(proposal),
    }


def merging(proposal: Proposal, by: Actor) -> dict[str, object]:
    """Into which it may go: those that look like it first."""
    mergeable = (State.ACCEPTED, State.REHEARSED)
    return {
        "refusal": why_not_merge(by, proposal),
        "alike": [each for each in likeness.like(proposal) if each.state in mergeable],
    }
