"""签收、转办: the unit has it, and somebody there handles it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.workflow import move, record, refuse_if
from proposals.actions.locking import part_locked, parts_locked
from proposals.models import Assignment
from proposals.permissions.receiving import why_not_hand_on, why_not_receive
from proposals.queries.clocks import day
from proposals.states import Part


@transaction.atomic
def receive(assignment: Assignment, *, by: Actor) -> Assignment:
    """签收: the unit has it, with who took it and when."""
    return _receive(part_locked(assignment), by)


@transaction.atomic
def receive_all(assignments: Iterable[Assignment], *, by: Actor) -> list[Assignment]:
    """签收多件: all of them, or none."""
    return [_receive(each, by) for each in parts_locked(assignments)]


def _receive(assignment: Assignment, by: Actor) -> Assignment:
    refuse_if(why_not_receive(by, assignment))
    note = f"{assignment.unit.name}签收，{by.name}。"
    now = clock.now()
    return move(assignment, Part.RECEIVED, by=by, note=note, received_at=now, received_by=by.user)


@transaction.atomic
def hand_on(assignment: Assignment, *, to: User, by: Actor, today: date) -> Assignment:
    """转给同事: from now on that colleague handles it and gets its notices."""
    assignment = part_locked(assignment)
    refuse_if(why_not_hand_on(by, assignment, to, today))
    assignment.handler = to
    assignment.save(update_fields=["handler"])
    note = f"{by.name}转给{to.name}经办。"
    record(assignment, "handed_on", by=by, note=note)
    title = assignment.proposal.title
    notices.write(
        [to],
        key=f"proposal.handed_on:{assignment.pk}.{clock.now():%Y%m%d%H%M%S}",
        text=f"{by.name}把“{title}”转给您经办，请在 {day(assignment.due_on, today)}前办好。"[:300],
        link=reverse("proposals:case", args=[assignment.proposal_id]),
    )
    return assignment
