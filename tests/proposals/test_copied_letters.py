"""抄送: an open letter is read by the units that it is copied to, and by no others."""

from datetime import timedelta

import pytest
from django.urls import reverse

from proposals.actions import assignment
from proposals.models import Assignment, Proposal
from proposals.queries.stood import stood_of
from proposals.sharing import Share
from proposals.states import Part, State, UnitRole
from tests import make
from tests.proposals import walk
from tests.proposals.test_papers import answered, url

pytestmark = pytest.mark.django_db


def test_a_unit_that_a_letter_is_copied_to_reads_the_letter_while_it_is_open(client):
    helper, late = make.unit("县财政局"), make.unit("县教育局")
    reply = answered(assisting=[helper])
    assert helper.name in stood_of(reply).copies
    clerk, part = walk.unit_clerk(helper), reply.assignment
    case = reverse("proposals:case", args=[part.proposal_id])

    def reads(by):
        client.force_login(by.user)
        assert client.get(url("feedback", reply.pk)).status_code == 404
        return client.get(url("letter", reply.pk)).status_code

    assert (reads(clerk), reads(walk.unit_clerk(late))) == (200, 404)
    client.force_login(clerk.user)
    page = client.get(case).content.decode()
    assert "抄送本单位的答复" in page
    assert url("letter", reply.pk) in page
    later = Assignment.objects.create(
        proposal=part.proposal,
        unit=late,
        role=UnitRole.ASSISTING,
        position=9,
        months=3,
        state=Part.RECEIVED,
        assigned_on=reply.replied_on + timedelta(days=1),
        due_on=reply.replied_on + timedelta(days=9),
        assigned_by=part.assigned_by,
    )
    assert reads(walk.unit_clerk(later.unit)) == 404
    for why in ("withheld_reason", "reply_withheld_reason"):
        Proposal.objects.filter(pk=part.proposal_id).update(**{why: "涉及个人隐私"})
        assert reads(clerk) == 404
        assert "抄送本单位的答复" not in client.get(case).content.decode()
        Proposal.objects.filter(pk=part.proposal_id).update(**{why: ""})


def test_units_that_answer_apart_read_each_others_letters_and_no_opinion(client):
    apart = make.unit("县教育局")
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(make.unit(), UnitRole.SEPARATE), Share(apart, UnitRole.SEPARATE)]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    first = row.assignments.get(position=0)
    walk.gated(first)
    reply = walk.answered(first)
    client.force_login(walk.unit_clerk(apart).user)
    assert client.get(url("letter", reply.pk)).status_code == 200
    page = client.get(reverse("proposals:case", args=[row.pk])).content.decode()
    assert "抄送本单位的答复" in page
    assert f"{first.unit.name}答复" in page
