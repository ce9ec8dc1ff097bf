"""One order for all verbs on a unit's part: the proposal, then the part, then what is about it."""

from congress.shared.workflow import lock
from proposals.models import Assignment


def part_locked(part: Assignment) -> Assignment:
    """The proposal first, then its part, so that no two verbs wait for each other in a ring.

    The part comes with its locked proposal: nobody need read that again.
    """
    proposal = lock(part.proposal)
    part = lock(part)
    part.proposal = proposal
    return part
