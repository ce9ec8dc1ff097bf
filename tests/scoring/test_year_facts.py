"""一年的事实 that come from proposals: only the reply that stands is to be rated."""

from datetime import date

import pytest

from proposals.models import Proposal
from proposals.rating_states import Satisfaction
from proposals.states import State
from scoring.models import ReviewCycle
from scoring.queries.year_facts import year_facts
from tests import make
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
YEAR_END = date(2026, 12, 31)


def of_replies(lead, day=YEAR_END):
    cycle = ReviewCycle(year=2026, assembly=make.assembly())
    found = year_facts(cycle, [lead.pk], day=day, withheld={})[lead.pk]
    return found.answered, found.followed


def rated(reply, day=walk.REPLIED_ON):
    by = make.as_deputy(reply.assignment.proposal.lead)
    given = {"process": Satisfaction.FAIR, "result": Satisfaction.FAIR, "words": ""}
    with on(day):
        return walk.rate(reply, by=by, today=day, **given)


def test_a_reply_that_a_newer_one_has_replaced_is_owed_no_rating():
    row = walk.proposal(State.ANSWERED)
    assert of_replies(row.lead) == (1, 0)
    again = walk.answered(Proposal.objects.get(pk=row.pk).lead_assignment, text="再答一次。")
    assert of_replies(row.lead) == (1, 0)
    rated(again)
    assert of_replies(row.lead) == (1, 1)


def test_a_day_before_the_newer_reply_knows_the_older_alone():
    row = walk.proposal(State.ANSWERED)
    rated(row.reply)
    later = date(2026, 7, 1)
    walk.answered(Proposal.objects.get(pk=row.pk).lead_assignment, text="再答。", today=later)
    assert of_replies(row.lead, date(2026, 6, 30)) == (1, 1)
    assert of_replies(row.lead, later) == (0, 0)
    assert of_replies(row.lead) == (1, 0)
