"""交: who may hand a proposal to a unit, and to which."""

from collections.abc import Sequence

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from congress.shared.models.places import OrganisationKind
from proposals.models import Proposal
from proposals.states import State


def why_not_assign(
    by: Actor,
    proposal: Proposal,
    unit: Organisation | None = None,
    assisting: Sequence[Organisation] = (),
) -> str | None:
    """The deputy-affairs office, once the proposal is numbered; each unit in one role."""
    if not by.is_staff:
        return "只有代工委可以交办建议。"
    if proposal.state != State.ACCEPTED:
        return f"建议目前是“{proposal.get_state_display()}”，不需要交办。"
    units = [*([unit] if unit else []), *assisting]
    if any(each.kind != OrganisationKind.UNIT for each in units):
        return "只能交给承办单位办理。"
    if len({each.pk for each in units}) < len(units):
        return "同一个单位不能既主办又协办。"
    return None
