import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from proposals.actions import publication
from proposals.models import Proposal
from proposals.states import State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def test_publish_opens_the_reply_with_who_and_when():
    office = make.actor()
    proposal = walk.proposal(State.ANSWERED)
    proposal = publication.publish(proposal, by=office, today=make.TODAY)
    assert (proposal.state, proposal.published_on) == (State.PUBLISHED, make.TODAY)
    assert proposal.published_by == office.user
    assert AuditEvent.objects.get(now="published").note == "答复全文公开。"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ASSIGNED, State.PUBLISHED])
def test_publish_is_refused_out_of_turn(state):
    with pytest.raises(Refused, match="还不能公开或已经公开"):
        publication.publish(walk.proposal(state), by=make.actor(), today=make.TODAY)


def test_publish_is_refused_for_what_is_withheld():
    proposal = walk.proposal(State.ANSWERED, withheld="涉及个人隐私")
    with pytest.raises(Refused, match="不公开：涉及个人隐私"):
        publication.publish(proposal, by=make.actor(), today=make.TODAY)


def test_the_database_wants_to_know_who_published():
    proposal = walk.proposal(State.ANSWERED)
    with pytest.raises(IntegrityError, match="published_has_who_and_when"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state=State.PUBLISHED)
