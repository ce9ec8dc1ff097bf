"""意见期限: an opinion is due no later than the reply that it feeds, whoever took over when."""

from datetime import date

import pytest

from proposals.actions import clocks, objections
from proposals.models import Assignment
from proposals.queries.due_changes import due_changes
from proposals.queries.terms import DueDays
from proposals.states import State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def taken_over(on):
    """The helper's objection is upheld on this day: the lead's part, and the new helper's."""
    row = walk.proposal(State.ASSIGNED, assisting=[make.unit("县财政局")])
    helper = row.parts[1]
    objection = facts.objected(helper, today=date(2026, 3, 9))
    new = objections.uphold_objection(
        objection, unit=objection.better_unit, words="归水利。", by=make.actor(), today=on
    )
    return row.lead_assignment, Assignment.objects.get(pk=new.pk)


def whys(part):
    return [step.words for step in DueDays().why(Assignment.objects.get(pk=part.pk))]


def test_who_takes_over_late_is_due_with_the_reply_and_reads_why():
    lead, new = taken_over(date(2026, 5, 20))
    assert new.due_on == lead.due_on == walk.DUE_ON
    assert "主办单位答复的最后一天，意见不能比它晚" in whys(new)
    assert due_changes(date(2026, 5, 20)) == []


@pytest.mark.parametrize(
    ("on", "last"),
    [(walk.DUE_ON, date(2026, 6, 9)), (date(2026, 6, 18), date(2026, 6, 22))],
)
def test_who_takes_over_when_the_reply_is_due_or_late_has_one_working_day(on, last):
    _, new = taken_over(on)
    assert new.due_on == last
    assert any("意见在下一个工作日送到" in words for words in whys(new))


def test_when_the_reply_moves_the_opinion_that_it_held_back_moves_too():
    lead, new = taken_over(date(2026, 5, 20))
    by, today = make.actor(), date(2026, 5, 21)
    clocks.pause(lead, from_on=today, reason="等设计。", agreed_with="领衔代表", by=by, today=today)
    clocks.resume(lead, until_on=date(2026, 6, 4), by=by, today=date(2026, 6, 4))
    new.refresh_from_db()
    lead.refresh_from_db()
    assert walk.DUE_ON < new.due_on <= lead.due_on
    assert due_changes(date(2026, 6, 4)) == []
