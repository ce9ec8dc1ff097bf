"""交: who may hand a proposal to its units, and how it may be shared among them."""

from collections.abc import Sequence

from congress.shared.actors import Actor
from congress.shared.models.places import OrganisationKind
from proposals.models import Proposal
from proposals.sharing import Share, why_not_share
from proposals.states import State


def why_not_assign(
    by: Actor, proposal: Proposal, shares: Sequence[Share] | None = None
) -> str | None:
    """The deputy-affairs office, once the proposal is numbered; each unit in one role."""
    if not by.is_staff:
        return "只有代工委可以交办建议。"
    if proposal.state != State.ACCEPTED:
        return f"建议目前是“{proposal.get_state_display()}”，不需要交办。"
    return why_not_shares(proposal, shares) if shares is not None else None


def why_not_shares(proposal: Proposal, shares: Sequence[Share]) -> str | None:
    """Handling units alone, shared so that every ask is answered, in 3 or 6 months."""
    if any(share.unit.kind != OrganisationKind.UNIT for share in shares):
        return "只能交给承办单位办理。"
    asks = set(proposal.asks.values_list("pk", flat=True))
    if any(set(share.asks) - asks for share in shares):
        return "分工里有一条请求不属于这件建议。"
    return why_not_share(shares, asks)
