"""One order for all verbs on a unit's part: the proposal, then the part, then what is about it."""

from congress.shared.workflow import lock
from proposals.models import Assignment


def part_locked(part: Assignment) -> Assignment:
    """The proposal first, then its part, so that no two verbs wait for each other in a ring."""
    lock(part.proposal)
    return lock(part)
