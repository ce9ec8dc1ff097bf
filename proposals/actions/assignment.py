"""交: hand a numbered proposal to the unit that must answer it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.calendar import add_months
from congress.shared.models import Organisation
from congress.shared.workflow import lock, move, refuse_if
from proposals.models import Assignment, Proposal
from proposals.permissions.assignment import why_not_assign
from proposals.queries.people import of_units
from proposals.rules import REPLY_MONTHS
from proposals.states import State, UnitRole


@transaction.atomic
def assign(
    proposal: Proposal,
    *,
    unit: Organisation,
    by: Actor,
    today: date,
    assisting: Sequence[Organisation] = (),
) -> Proposal:
    """交办: one unit must answer within three months (代表法第五十一条), others assist."""
    proposal = lock(proposal)
    refuse_if(why_not_assign(by, proposal, unit, assisting))
    due_on = add_months(today, REPLY_MONTHS.on(today))
    roles = [(unit, UnitRole.LEAD), *((each, UnitRole.ASSISTING) for each in assisting)]
    Assignment.objects.bulk_create(
        Assignment(
            proposal=proposal,
            unit=each,
            role=role,
            assigned_on=today,
            due_on=due_on,
            assigned_by=by.user,
        )
        for each, role in roles
    )
    helpers = f"，{'、'.join(each.name for each in assisting)}协办" if assisting else ""
    note = f"交{unit.name}主办{helpers}，{due_on.year} 年 {due_on.month} 月 {due_on.day} 日前答复。"
    move(proposal, State.ASSIGNED, by=by, note=note, due_on=due_on)
    _tell(proposal, [each for each, _ in roles], note, today)
    return proposal


def _tell(proposal: Proposal, units: Sequence[Organisation], note: str, today: date) -> None:
    """The units' people learn what to answer by when, and the lead deputy learns who answers."""
    text = f"{proposal.number}“{proposal.title}”{note}"[:300]
    key = f"proposal.assigned:{proposal.pk}"
    to_case = reverse("proposals:case", args=[proposal.pk])
    notices.write(of_units(units, today), key=key, text=text, link=to_case)
    to_detail = reverse("proposals:detail", args=[proposal.pk])
    notices.write([proposal.lead.user], key=key, text=text, link=to_detail)
