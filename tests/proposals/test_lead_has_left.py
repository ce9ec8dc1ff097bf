"""退回以后领衔代表不在任了: the office has the pen again, and decides on the text as it stands."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from congress.home.queries import office_queues
from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import Workday
from proposals.actions import drafting, review
from proposals.models import Draft, Proposal, RefusalGround
from proposals.queries import office
from proposals.states import State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db
LEFT_ON = date(2026, 1, 20)


@pytest.fixture(autouse=True)
def _after_that():
    with clock.at(datetime(2026, 1, 22, 2, tzinfo=UTC)):
        yield


def left():
    row = walk.proposal(State.RETURNED)
    make.leaves(row.lead, LEFT_ON)
    return row


DECIDES = {
    State.ACCEPTED: lambda row, by: review.accept(row, by=by, today=date(2026, 1, 22)),
    State.REFUSED: lambda row, by: review.refuse(
        row, ground=RefusalGround.objects.first(), words="不属于本级事权", by=by
    ),
    State.LETTER: lambda row, by: review.treat_as_letter(row, words="转县信访局", by=by),
}


@pytest.mark.parametrize("state", DECIDES)
def test_the_office_decides_what_its_lead_can_mend_no_more(state):
    row = left()
    assert DECIDES[state](row, make.actor()).state == state
    assert not Proposal.objects.to_review().exists()


@pytest.mark.parametrize("state", DECIDES)
def test_while_the_lead_serves_it_is_theirs(state):
    row = walk.proposal(State.RETURNED)
    with pytest.raises(Refused, match="退回修改"):
        DECIDES[state](row, make.actor())
    assert not Proposal.objects.to_review().exists()


def test_what_the_lead_was_changing_goes_with_it():
    row = walk.proposal(State.RETURNED)
    lead = make.as_deputy(row.lead)
    typed = drafting.Typed(title="改了一半")
    drafting.save_draft(deputy=row.lead, token=row.token, typed=typed, by=lead, mends=row)
    make.leaves(row.lead, LEFT_ON)
    review.treat_as_letter(row, words="转县信访局", by=make.actor())
    assert not Draft.objects.exists()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED])
def test_nothing_is_sent_back_to_whoever_can_mend_nothing(state):
    row = walk.proposal(state)
    make.leaves(row.lead, LEFT_ON)
    with pytest.raises(Refused, match="没有人能改"):
        review.send_back(row, reason="再改改", by=make.actor())


def test_it_waits_on_the_desk_and_its_page_says_why(client):
    row = left()
    by = make.actor()
    queue = office.queues(by, clock.today())[0]
    assert (queue.title, [each.proposal for each in queue.rows]) == ("待审查", [row])
    client.force_login(by.user)
    page = client.get(reverse("proposals:accept", args=[row.pk])).content.decode()
    assert "请按现在的正文决定" in page
    assert (
        reverse("proposals:accept", args=[row.pk])
        in client.get(reverse("proposals:dossier", args=[row.pk])).content.decode()
    )
    listed = client.get(reverse("proposals:to_review")).content.decode()
    assert row.title in listed
    waits = office_queues.queues(by, clock.today(), Workday.objects.works())
    assert {each.title: each.count for each in waits}["建议待审查"] == 1
