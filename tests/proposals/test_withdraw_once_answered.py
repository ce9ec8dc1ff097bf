"""撤回 of what several units handle: over, once the first of them has signed its reply."""

import pytest

from congress.shared.errors import Refused
from proposals.actions import assignment, submission
from proposals.models import Assignment, Proposal
from proposals.permissions import why_not_withdraw
from proposals.sharing import Share
from proposals.states import State, UnitRole
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def test_withdraw_is_refused_once_any_unit_has_signed_its_reply():
    row = walk.proposal(State.ACCEPTED)
    units = make.unit(), make.unit("县水利和湖泊局")
    shares = [Share(unit, UnitRole.SEPARATE) for unit in units]
    row = assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    part, lead = Assignment.objects.get(proposal=row, unit=units[0]), make.as_deputy(row.lead)
    assert not why_not_withdraw(lead, row, walk.REPLIED_ON)
    walk.gated(part)
    walk.answered(part)
    row = Proposal.objects.get(pk=row.pk)
    assert row.state == State.ASSIGNED
    with pytest.raises(Refused, match=f"{units[0].name}已经答复，不能再撤回；另有请求的请另提一件"):
        submission.withdraw(row, reason="不提了", by=lead, today=walk.REPLIED_ON)
    row.refresh_from_db()
    assert row.state == State.ASSIGNED
