"""时限: stopped, started, and following the calendar."""

from datetime import date, timedelta

import pytest

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Workday
from proposals.actions import clocks
from proposals.models import Proposal
from proposals.queries.clocks import Clock, why_this_due_date
from proposals.queries.terms import DueDays
from proposals.queries.timeline import timeline
from proposals.states import State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk

pytestmark = pytest.mark.django_db
FROM, UNTIL = date(2026, 3, 20), date(2026, 3, 30)
ASKED_ON = date(2026, 5, 12)


def pause(part, **changes):
    given = {
        "from_on": FROM,
        "reason": "等市里批复规划。",
        "agreed_with": "领衔代表",
        "by": make.actor(),
        "today": ASKED_ON,
    }
    return clocks.pause(part, **(given | changes))


def resume(part, **changes):
    given = {"until_on": UNTIL, "by": make.actor(), "today": ASKED_ON}
    return clocks.resume(part, **(given | changes))


def test_pause_stops_the_clock_says_who_agreed_and_tells_both_sides():
    clerk, part = walk.unit_clerk(), facts.handed()
    pause(part)
    part = facts.again(part)
    assert tuple(Clock.on(ASKED_ON).light_of(part)) == ("paused", "3 月 20 日起")
    assert "经领衔代表同意" in AuditEvent.objects.get(now="paused").note
    told = set(Notice.objects.filter(key__startswith="proposal.paused").values_list("person"))
    assert told == {(clerk.user.pk,), (part.proposal.lead.user_id,)}


def test_pause_is_refused_while_paused_when_answered_and_for_days_out_of_reach():
    part = facts.handed()
    with pytest.raises(Refused, match="不能晚于今天"):
        pause(part, from_on=ASKED_ON + timedelta(days=1))
    with pytest.raises(Refused, match="不能早于交办日期"):
        pause(part, from_on=walk.ASSIGNED_ON - timedelta(days=1))
    with pytest.raises(Refused, match="经谁同意"):
        pause(part, agreed_with=" ")
    pause(part)
    with pytest.raises(Refused, match="已经暂停"):
        pause(part)
    with pytest.raises(Refused, match="不能再暂停"):
        pause(walk.proposal(State.ANSWERED).lead_assignment)


def test_resume_moves_the_day_by_what_stood_and_the_proposal_with_it():
    part = facts.handed()
    pause(part)
    resume(part)
    part = facts.again(part)
    assert part.due_on == date(2026, 6, 16), "6 June and ten days"
    assert part.proposal.due_on == part.due_on
    steps = why_this_due_date(DueDays().terms(part), Workday.objects.works())
    assert any("暂停 10 天，期限顺延（经领衔代表同意）" in step.words for step in steps)


def test_resume_is_refused_without_a_pause_and_for_days_out_of_reach():
    part = facts.handed()
    with pytest.raises(Refused, match="没有暂停"):
        resume(part)
    pause(part)
    with pytest.raises(Refused, match="不能晚于今天"):
        resume(part, until_on=ASKED_ON + timedelta(days=1))
    with pytest.raises(Refused, match="暂停开始"):
        resume(part, until_on=FROM - timedelta(days=1))


def test_a_pause_registered_by_mistake_is_taken_back_on_the_day_it_began_and_written_anew():
    part = facts.handed()
    was = part.due_on
    pause(part, from_on=ASKED_ON)
    taken_back = resume(part, until_on=ASKED_ON)
    part = facts.again(part)
    assert (taken_back.stood, part.due_on, part.stands_still_since) == (0, was, None)
    assert "的暂停撤销，一天也不算" in AuditEvent.objects.get(now="resumed").note
    assert "本件没有暂停" in DueDays().why(part)[-1].words
    told = Notice.objects.filter(person=part.proposal.lead.user, key__startswith="proposal.resumed")
    assert "暂停撤销" in told.get().text
    lines = [line.words for line in timeline(part.proposal, make.actor(), ASKED_ON)]
    assert any(words.endswith("的暂停撤销，一天也没有停") for words in lines)
    earlier = pause(part, from_on=FROM)
    assert (earlier.from_on, facts.again(part).stands_still_since) == (FROM, FROM)
    resume(part)
    assert facts.again(part).due_on == date(2026, 6, 16)
    with pytest.raises(Refused, match="上一次暂停到"):
        pause(part, from_on=FROM)


def test_a_pause_that_begins_once_the_last_day_is_over_moves_nothing_and_says_so():
    part = facts.handed()
    begins, ends = walk.DUE_ON + timedelta(days=2), walk.DUE_ON + timedelta(days=12)
    pause(part, from_on=begins, today=begins)
    assert "开始时期限已过，不再顺延" in str(DueDays().why(facts.again(part)))
    resume(part, until_on=ends, today=ends)
    part = facts.again(part)
    assert part.due_on == walk.DUE_ON
    assert "暂停了 10 天，期限仍是 2026 年 6 月 8 日" in AuditEvent.objects.get(now="resumed").note
    whys = [step.words for step in DueDays().why(part)]
    assert any("暂停 10 天，开始时期限已过，不再顺延（经领衔代表同意）" in words for words in whys)


def test_a_pause_on_a_rolled_last_day_moves_the_rolled_day_and_says_so():
    """Three months end on Saturday, 6 June; the clock stands from Monday, the 8th, to the 18th."""
    part = facts.handed()
    begins, ends = walk.DUE_ON, walk.DUE_ON + timedelta(days=10)
    pause(part, from_on=begins, today=begins)
    assert [step.when for step in DueDays().why(facts.again(part))][-1] == "6 月 8 日 周一"
    resume(part, until_on=ends, today=ends)
    part = facts.again(part)
    assert part.due_on == ends
    assert Clock.on(ends).light_of(part).words == "今天到期"
    assert DueDays().why(part)[2:] == [
        ("6 月 6 日", "遇周六、周日，顺延到下一个工作日"),
        ("6 月 8 日", "到 6 月 18 日前暂停 10 天，期限顺延（经领衔代表同意）"),
        ("6 月 18 日 周四", "当天下班前答复都算按期"),
    ]


def test_a_paused_part_is_late_for_nothing():
    part = facts.handed()
    late = walk.DUE_ON + timedelta(days=10)
    assert Proposal.objects.overdue(late).exists()
    pause(part, today=late)
    assert not Proposal.objects.overdue(late).exists()


def test_a_last_day_that_rolls_names_what_it_falls_on():
    part = facts.handed()
    steps = why_this_due_date(DueDays().terms(part), Workday.objects.works())
    assert steps[-2] == ("6 月 6 日", "遇周六、周日，顺延到下一个工作日")
    for free in (8, 9):
        Workday.objects.create(on=date(2026, 6, free), works=False, reason="抗洪抢险")
    steps = why_this_due_date(DueDays().terms(part), Workday.objects.works())
    assert steps[-2] == ("6 月 6 日", "遇周六、周日、抗洪抢险，顺延到下一个工作日")
    assert steps[-1].when == "6 月 10 日 周三"
