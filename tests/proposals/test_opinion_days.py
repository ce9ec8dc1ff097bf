"""意见期限: an opinion is due no later than the reply that it feeds, whoever took over when."""

from datetime import date

import pytest

from congress.shared.models import AuditEvent, Notice, Workday
from proposals.actions import clocks, objections
from proposals.models import Assignment
from proposals.queries.due_changes import due_changes, seal_of
from proposals.queries.terms import DueDays
from proposals.queries.timeline import timeline
from proposals.states import State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import stages_of_parts as stages
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


def told(helper):
    """What the helping unit's clerk is told of its day, once each, and reads on its page."""
    found = Notice.objects.filter(key__startswith="proposal.opinion_moved").order_by("pk")
    assert {each.person.posts.get().organisation for each in found} <= {helper.unit}
    lines = timeline(helper.proposal, walk.unit_clerk(helper.unit), date(2026, 6, 4))
    words = [each.words for each in lines if each.key.now == "opinion_moved"]
    assert all(f"{helper.unit.name}送意见的期限" in each for each in words)
    assert len(words) == AuditEvent.objects.filter(now="opinion_moved").count()
    return sorted({each.text for each in found})


def test_the_helper_whose_day_moves_with_the_reply_is_told_the_day_before_and_after():
    lead, new = taken_over(date(2026, 5, 20))
    walk.unit_clerk(new.unit)
    by, today = make.actor(), date(2026, 5, 21)
    clocks.pause(lead, from_on=today, reason="等设计。", agreed_with="领衔代表", by=by, today=today)
    assert told(new) == []
    clocks.resume(lead, until_on=date(2026, 6, 4), by=by, today=date(2026, 6, 4))
    new.refresh_from_db()
    (text,) = told(new)
    moved = f"由 2026 年 6 月 8 日调整为 2026 年 6 月 {new.due_on.day} 日"
    assert f"{new.unit.name}送意见的期限{moved}，因主办单位的答复期限变动" in text
    deputy = make.as_deputy(lead.proposal.lead)
    seen = timeline(lead.proposal, deputy, date(2026, 6, 4))
    assert "opinion_moved" not in [each.key.now for each in seen]


def test_the_helper_is_told_when_more_months_are_granted_and_when_another_unit_leads():
    lead, new = taken_over(date(2026, 5, 20))
    walk.unit_clerk(new.unit)
    asked = stages.asked(lead)
    clocks.consent_extension(asked, by=make.as_deputy(lead.proposal.lead))
    clocks.grant_extension(asked, by=make.actor(), today=stages.ASKED_ON)
    assert len(told(new)) == 1
    objection = facts.objected(
        Assignment.objects.get(pk=lead.pk), today=date(2026, 3, 9), to="县教育局"
    )
    given = {"unit": objection.better_unit, "words": "归教育。", "today": date(2026, 4, 10)}
    objections.uphold_objection(objection, by=make.actor(), **given)
    assert due_changes(date(2026, 4, 10)) == []


def test_what_the_calendar_moves_is_told_as_that_alone():
    _, new = taken_over(date(2026, 5, 20))
    clerk = walk.unit_clerk(new.unit)
    Workday.objects.create(on=walk.DUE_ON, works=False, reason="补假")
    today = date(2026, 5, 21)
    clocks.recompute(seal=seal_of(due_changes(today)), by=make.actor(), today=today)
    new.refresh_from_db()
    assert (new.due_on, told(new)) == (date(2026, 6, 9), [])
    read = Notice.objects.filter(person=clerk.user, key__startswith="proposal.recomputed")
    assert read.count() == 1
