"""撤销登记: a change of a seat that was registered by mistake is taken back, the newest first."""

from datetime import date

from django.db import transaction
from django.db.models import ProtectedError

from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.workflow import lock, move, refuse_if
from deputies.actions import leaving, resuming
from deputies.actions.locks import change_locked
from deputies.models import Mandate, SeatChange, Suspension
from deputies.permissions.revoking import why_not_revoke_change
from deputies.states import ChangeKind, ChangeState


@transaction.atomic
def revoke_change(change: SeatChange, *, by: Actor, today: date) -> SeatChange:
    """撤销登记: seats, group and posts stand as they stood before it was registered.

    A rest, or its end, is taken back of all seats of the person.
    """
    change = change_locked(change)
    refuse_if(why_not_revoke_change(by, change))
    mandate = lock(change.mandate)
    for other in SeatChange.objects.registered_with(change).exclude(pk=change.pk).order_by("pk"):
        move(lock(other), ChangeState.REVOKED, by=by, note=f"撤销{other.get_kind_display()}")
    change = move(change, ChangeState.REVOKED, by=by, note=f"撤销{change.get_kind_display()}")
    UNDO[ChangeKind(change.kind)](change, mandate, by=by, today=today)
    return change


def _unend(change: SeatChange, mandate: Mandate, *, by: Actor, today: date) -> None:
    for name, value in leaving.end_of(mandate.term).items():
        setattr(mandate, name, value)
    mandate.save(update_fields=["to_on", "end_cause"])
    resuming.resume([mandate.deputy], ended_from=change.effective_on, by=by)


def _unelect(change: SeatChange, mandate: Mandate, *, by: Actor, today: date) -> None:
    """The seat was never won: it goes, and with it a person whom nothing else holds."""
    deputy = mandate.deputy
    try:
        change.delete()
        mandate.delete()
        leaving.leave([deputy], from_on=mandate.from_on, by=by, today=today)
        if not deputy.mandates.exists():
            deputy.delete()
    except ProtectedError as held:
        raise Refused(f"{deputy.name}已有履职等记录，不能撤销补选，请用“终止资格”。") from held


def _unsuspend(change: SeatChange, mandate: Mandate, *, by: Actor, today: date) -> None:
    Suspension.objects.filter(deputy=mandate.deputy, from_on=change.effective_on).delete()
    resuming.resume([mandate.deputy], ended_from=change.effective_on, by=by)


def _unreinstate(change: SeatChange, mandate: Mandate, *, by: Actor, today: date) -> None:
    rows = Suspension.objects.filter(deputy=mandate.deputy, to_on=change.effective_on)
    rows.update(to_on=leaving.day_after(mandate.deputy, change.effective_on))
    leaving.rest([mandate.deputy], from_on=change.effective_on, by=by)


UNDO = {
    ChangeKind.ELECTED: _unelect,
    ChangeKind.RESIGNED: _unend,
    ChangeKind.TERMINATED: _unend,
    ChangeKind.SUSPENDED: _unsuspend,
    ChangeKind.REINSTATED: _unreinstate,
}
"""How each kind of change is taken back."""
