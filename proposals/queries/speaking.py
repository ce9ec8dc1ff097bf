"""谁听: whose desk a proposal's news belongs on besides the units' and the office's."""

from congress.shared.models import User
from proposals.models import Proposal


def hearers(proposal: Proposal) -> list[User | None]:
    """The lead, whose proposal it stays, and whoever fosters it now."""
    fosters = proposal.fosters.standing().select_related("deputy__user")
    return [proposal.lead.user, *(each.deputy.user for each in fosters)]
