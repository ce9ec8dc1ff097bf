"""撤销登记: which change of a seat may be taken back."""

from congress.shared.actors import Actor
from congress.shared.workflow import why_not_move
from deputies.models import SeatChange
from deputies.permissions.seats import why_not_office
from deputies.states import ChangeState


def why_not_revoke_change(by: Actor, change: SeatChange) -> str | None:
    """撤销登记: what was registered by mistake, as long as it was not announced."""
    return why_not_office(by, change.mandate.deputy) or why_not_move(change, ChangeState.REVOKED)
