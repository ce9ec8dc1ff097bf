from datetime import UTC, datetime, timedelta

import pytest

from congress.shared import clock
from congress.shared.models import Notice
from deputies.models import DutyRecord
from proposals import tasks
from proposals.actions import evaluation
from proposals.states import Satisfaction, State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def at_eight(day):
    return clock.at(datetime(day.year, day.month, day.day, tzinfo=UTC))


def reminders(kind):
    return Notice.objects.filter(key__startswith=f"proposal.{kind}:")


def test_units_and_office_are_reminded_once_when_near_and_once_when_overdue():
    unit, office = walk.unit_clerk(), make.actor()
    walk.proposal(State.ASSIGNED)
    with at_eight(walk.DUE_ON - timedelta(days=30)):
        tasks.remind_due()
    assert not reminders("near").exists()
    for _ in range(2):
        with at_eight(walk.DUE_ON - timedelta(days=8)):
            tasks.remind_due()
        with at_eight(walk.DUE_ON + timedelta(days=40)):
            tasks.remind_due()
    for kind in ("near", "overdue"):
        people = list(reminders(kind).values_list("person", flat=True))
        assert len(people) == len(set(people))
        assert {unit.user.pk, office.user.pk} <= set(people)


def test_a_missed_month_loses_no_reminder():
    walk.unit_clerk()
    walk.proposal(State.ASSIGNED)
    with at_eight(walk.DUE_ON + timedelta(days=60)):
        tasks.remind_due()
    assert reminders("overdue").exists()


def test_what_is_answered_is_not_reminded_of():
    walk.unit_clerk()
    walk.proposal(State.ANSWERED)
    with at_eight(walk.DUE_ON + timedelta(days=60)):
        assert tasks.remind_due() == 0


def rated(result=Satisfaction.SATISFIED, *, confirmed=True, given=True):
    proposal = walk.proposal(State.ANSWERED)
    lead = make.as_deputy(proposal.lead)
    if not confirmed:
        proposal.lead_assignment.meetings.update(confirmed_by=None, confirmed_at=None)
    if given:
        evaluation.rate(
            proposal.reply, process=result, result=result, by=lead, today=walk.REPLIED_ON
        )
    return proposal


def reported():
    return DutyRecord.objects.filter(item__code="P4")


@pytest.mark.parametrize("result", Satisfaction)
def test_who_rated_and_confirmed_has_a_duty_whatever_the_value_dated_by_the_window(result):
    proposal = rated(result)
    for _ in range(2):
        with at_eight(walk.RATE_UNTIL + timedelta(days=1)):
            tasks.report_ratings()
    duty = reported().get()
    assert (duty.deputy, duty.done_on) == (proposal.lead, walk.RATE_UNTIL)
    assert duty.source == f"proposals.rating:{proposal.reply.pk}"


def test_no_duty_is_reported_before_the_window_has_closed():
    rated()
    with at_eight(walk.RATE_UNTIL):
        assert tasks.report_ratings() == 0


def test_no_duty_without_a_rating_or_with_a_meeting_unconfirmed():
    rated(given=False)
    rated(confirmed=False)
    with at_eight(walk.RATE_UNTIL + timedelta(days=9)):
        assert tasks.report_ratings() == 0
