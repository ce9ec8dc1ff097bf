from datetime import UTC, date, datetime, timedelta

import pytest

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import Notice
from congress.shared.roles import Role
from deputies.models import DutyRecord
from proposals import tasks
from proposals.actions import clocks, objections, receiving
from proposals.models import Proposal, Reminder
from proposals.queries import contact
from proposals.queries.contact import ContactDays
from proposals.queries.reminding import due_reminders
from proposals.rating_states import Satisfaction
from proposals.states import Stage, State
from tests import make
from tests.proposals import sheets, walk
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


def at_eight(day):
    return clock.at(datetime(day.year, day.month, day.day, tzinfo=UTC))


def contacted(**kept):
    """One part whose deputy has been met, so that only the answer is waited for."""
    part = walk.proposal(State.ASSIGNED, **kept).lead_assignment
    walk.met(part, Stage.BEFORE, by=make.as_deputy(part.proposal.lead))
    return part


def digests(day=None):
    rows = Notice.objects.filter(key__startswith="proposal.due:").order_by("pk")
    return rows.filter(key=f"proposal.due:{day}") if day else rows


def reminded(day, times=1):
    for _ in range(times):
        with at_eight(day):
            tasks.remind_due()
    return {each.person_id: each.text for each in digests(day)}


NEAR = walk.DUE_ON - timedelta(days=10)
URGENT = walk.DUE_ON - timedelta(days=4)
LATE = walk.DUE_ON + timedelta(days=1)
ESCALATED = walk.DUE_ON + timedelta(days=8)


def test_a_reminder_goes_to_the_clerks_in_post_when_who_handled_the_part_has_left():
    clerk, former = walk.unit_clerk(), walk.unit_clerk()
    part = contacted()
    receiving.hand_on(part, to=former.user, by=clerk, today=walk.ASSIGNED_ON)
    former.user.posts.update(to_on=walk.ASSIGNED_ON + timedelta(days=1))
    assert set(reminded(NEAR)) == {clerk.user.pk}


def test_clerk_first_then_the_head_then_leader_and_office_each_once_at_each_distance():
    clerk, head = walk.unit_clerk().user.pk, walk.unit_head().user.pk
    leader, office = make.actor(Role.LEADER).user.pk, make.actor().user.pk
    contacted()
    assert not reminded(walk.DUE_ON - timedelta(days=30))
    assert set(reminded(NEAR, 2)) == {clerk}
    for day in (URGENT, walk.DUE_ON, LATE):
        assert set(reminded(day, 2)) == {clerk, head}
    told = reminded(ESCALATED, 2)
    assert set(told) >= {clerk, head, leader, office}
    assert "超期 1 件" in told[leader]
    assert "县交通运输局" in told[leader]


def test_a_day_between_two_distances_says_nothing():
    walk.unit_clerk()
    contacted()
    reminded(NEAR)
    assert not reminded(NEAR + timedelta(days=1))


def test_one_digest_for_a_person_and_day_however_many_parts_and_only_their_own():
    clerk, other = walk.unit_clerk(), walk.unit_clerk(make.unit("县水利和湖泊局"))
    for number in range(4):
        contacted(title=f"关于第 {number} 座桥的建议")
    told = reminded(NEAR)
    assert set(told) == {clerk.user.pk}
    assert "临近 4 件" in told[clerk.user.pk]
    assert "等 4 件" in told[clerk.user.pk]
    assert other.user.pk not in told


def test_missed_days_lose_no_reminder():
    clerk = walk.unit_clerk().user.pk
    contacted()
    told = reminded(walk.DUE_ON + timedelta(days=60))
    assert "超期 1 件" in told[clerk]


def test_a_person_who_had_todays_digest_hears_of_what_came_later_tomorrow():
    clerk = walk.unit_clerk().user.pk
    contacted()
    reminded(NEAR)
    contacted(title="关于另一座桥的建议")
    assert "1 件" in reminded(NEAR)[clerk]
    assert "另一座桥" in reminded(NEAR + timedelta(days=1))[clerk]


def test_a_paused_part_is_silent_and_a_moved_day_is_told_of_anew():
    clerk, part = walk.unit_clerk().user.pk, contacted()
    by = make.actor()
    reminded(NEAR)
    clocks.pause(part, from_on=NEAR, reason="等批复", agreed_with="领衔代表", by=by, today=NEAR)
    assert not reminded(LATE)
    clocks.resume(part, until_on=LATE, by=by, today=LATE)
    part.refresh_from_db()
    assert clerk in reminded(part.due_on - timedelta(days=10))


def test_an_objection_that_nobody_answers_silences_no_reminder():
    clerk, part = walk.unit_clerk(), walk.proposal(State.ASSIGNED).lead_assignment
    sheets.objected(part, by=clerk, today=walk.ASSIGNED_ON)
    assert clerk.user.pk in reminded(NEAR)
    assert "超期 1 件" in reminded(LATE)[clerk.user.pk]


CONTACT_BY = date(2026, 4, 3)
"""The 20th working day after 6 March."""


def test_first_contact_is_reminded_of_and_climbs_to_leader_and_office_until_they_have_met():
    clerk, head = walk.unit_clerk().user.pk, walk.unit_head().user.pk
    leader, office = make.actor(Role.LEADER).user.pk, make.actor().user.pk
    part = walk.proposal(State.ASSIGNED).lead_assignment
    told = reminded(CONTACT_BY - timedelta(days=10), 2)
    assert set(told) == {clerk}
    assert "首次联系临近 1 件" in told[clerk]
    assert set(reminded(CONTACT_BY)) == {clerk, head}
    told = reminded(CONTACT_BY + timedelta(days=12), 2)
    assert set(told) >= {clerk, head, leader, office}
    assert "首次联系超期 1 件" in told[leader]
    walk.met(part, Stage.BEFORE)
    with as_owner():
        Reminder.objects.all().delete()
    assert not reminded(CONTACT_BY + timedelta(days=13))


def test_first_contact_moves_with_what_stood_and_is_silent_meanwhile():
    clerk, part = walk.unit_clerk().user.pk, walk.proposal(State.ASSIGNED).lead_assignment
    by, since = make.actor(), date(2026, 3, 11)
    clocks.pause(part, from_on=since, reason="等批复", agreed_with="代表", by=by, today=since)
    assert not reminded(CONTACT_BY)
    until = since + timedelta(days=30)
    clocks.resume(part, until_on=until, by=by, today=until)
    assert not reminded(date(2026, 4, 13))
    assert "首次联系今天到期 1 件" in reminded(date(2026, 5, 6))[clerk]


def test_two_workers_write_one_digest():
    walk.unit_clerk()
    contacted()
    with at_eight(NEAR):
        assert (tasks.remind_due(), tasks.remind_due()) == (1, 0)


def test_what_is_answered_is_not_reminded_of():
    walk.unit_clerk()
    walk.proposal(State.ANSWERED)
    assert not reminded(walk.DUE_ON + timedelta(days=60))


def test_reminding_costs_the_same_at_1_part_and_at_3(django_assert_num_queries):
    walk.unit_clerk()
    walk.proposal(State.ASSIGNED)
    with django_assert_num_queries(18):
        due_reminders(NEAR)
    contacted(), contacted()
    with django_assert_num_queries(18):
        due_reminders(NEAR)


def rated(result=Satisfaction.SATISFIED, *, confirmed=True, given=True):
    proposal = walk.proposal(State.ANSWERED)
    lead = make.as_deputy(proposal.lead)
    if not confirmed:
        proposal.lead_assignment.meetings.update(confirmed_by=None, confirmed_at=None)
    if given:
        walk.rate(proposal.reply, process=result, result=result, by=lead, today=walk.REPLIED_ON)
    return proposal


def reported():
    return DutyRecord.objects.filter(item__code="P4")


@pytest.mark.parametrize("result", Satisfaction)
def test_who_rated_and_confirmed_has_a_duty_whatever_the_value_dated_by_the_release(result):
    proposal = rated(result)
    with at_eight(walk.RATE_UNTIL + timedelta(days=1)):
        assert tasks.report_ratings() == 0
    walk.released(proposal)
    for _ in range(2):
        with at_eight(walk.RATE_UNTIL + timedelta(days=1)):
            tasks.report_ratings()
    duty = reported().get()
    assert (duty.deputy, duty.done_on) == (proposal.lead, walk.RATE_UNTIL + timedelta(days=1))
    assert duty.source == f"proposals.rating:{proposal.reply.pk}"


def test_no_duty_is_reported_before_the_window_has_closed():
    rated()
    with at_eight(walk.RATE_UNTIL):
        assert tasks.report_ratings() == 0


def test_no_duty_without_a_rating_or_with_a_meeting_unconfirmed():
    rated(given=False)
    walk.released(rated(confirmed=False))
    with at_eight(walk.RATE_UNTIL + timedelta(days=9)):
        assert tasks.report_ratings() == 0


@pytest.mark.parametrize("first_is_told", [True, False])
def test_who_rates_two_versions_of_one_reply_has_one_duty(first_is_told):
    proposal = rated()
    again = walk.RATE_UNTIL + timedelta(days=3)
    if first_is_told:
        walk.released(proposal, again)
        with at_eight(again):
            assert tasks.report_ratings() == 1
    part = Proposal.objects.get().lead_assignment
    walk.answered(part, today=again, file_number="竹交函〔2026〕19 号")
    second = Proposal.objects.get().reply
    with at_eight(again):
        assert tasks.report_ratings() == 0
    lead, fair = make.as_deputy(proposal.lead), Satisfaction.FAIR
    walk.rate(second, process=fair, result=fair, by=lead, today=again)
    walk.released(proposal, second.rate_until + timedelta(days=1))
    with at_eight(second.rate_until + timedelta(days=1)):
        assert tasks.report_ratings() == (0 if first_is_told else 1)
    assert reported().count() == 1


def test_a_unit_whose_objection_waits_is_reminded_of_no_meeting_that_it_cannot_record():
    clerk = walk.unit_clerk().user.pk
    part = walk.proposal(State.ASSIGNED).lead_assignment
    objection = sheets.objected(part, today=walk.ASSIGNED_ON)
    with pytest.raises(Refused, match="不能再"):
        walk.met(part, Stage.BEFORE, by=make.as_deputy(part.proposal.lead))
    assert not reminded(CONTACT_BY)
    assert contact.late(CONTACT_BY + timedelta(days=1)) == []
    assert ContactDays().of(sheets.again(part)) is None
    objections.dismiss_objection(objection, words="仍由你局办。", by=make.actor(), today=CONTACT_BY)
    assert "首次联系今天到期 1 件" in reminded(CONTACT_BY)[clerk]
