"""一年的事实 that come from proposals: only the reply that stands is to be rated."""

from datetime import date

import pytest

from congress.shared import clock
from proposals.models import Meeting, Proposal, Waiver
from proposals.rating_states import Satisfaction
from proposals.states import Stage, State
from scoring.models import ReviewCycle
from scoring.queries.year_facts import year_facts
from stations.actions import rota
from stations.models import Posting
from tests import make
from tests.proposals import walk
from tests.scoring import facts, polling
from tests.scoring.facts import on
from tests.stations import rota_walk

pytestmark = pytest.mark.django_db
YEAR_END = date(2026, 12, 31)


def of_replies(lead, day=YEAR_END):
    cycle = ReviewCycle(year=2026, assembly=make.assembly(), cut_off_on=YEAR_END)
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


def test_a_meeting_that_was_excused_counts_as_met():
    row = walk.proposal(State.ANSWERED)
    part = row.lead_assignment
    rated(row.reply)
    Meeting.objects.filter(assignment=part, stage=Stage.AFTER).update(
        confirmed_at=None, confirmed_by=None
    )
    assert of_replies(row.lead) == (1, 0)
    Waiver.objects.create(
        assignment=part, stage=Stage.AFTER, reason="代表外出", waived_by=row.lead.user
    )
    assert of_replies(row.lead) == (1, 1)


def facts_of(deputy, *, cut_off=date(2026, 12, 31), before=None):
    """Of the year that ends with that cut-off, the one before ended with `before`."""
    if before:
        make.once(
            ReviewCycle,
            assembly=make.assembly(),
            year=2025,
            defaults={"cut_off_on": before, "seed": "s", "opened_at": clock.now()},
        )
    cycle = ReviewCycle(year=2026, assembly=make.assembly(), cut_off_on=cut_off)
    return year_facts(cycle, [deputy.pk], day=YEAR_END, withheld={})[deputy.pk]


def test_a_duty_is_of_the_review_into_whose_days_it_falls():
    facts.book()
    one = make.deputy()
    for day in (date(2025, 12, 10), date(2025, 12, 26), date(2026, 12, 10), date(2026, 12, 20)):
        facts.posted(one, "S1", on=day)
    assert facts_of(one).lessons == 2
    assert facts_of(one, cut_off=date(2026, 12, 15)).lessons == 1
    assert facts_of(one, cut_off=date(2026, 12, 15), before=date(2025, 12, 20)).lessons == 2


def test_turns_are_of_whoever_has_them_on_the_day_and_leave_is_nobodys_fault():
    found = rota_walk.planned(2)
    mine = [slot for slot in rota_walk.turns(found) if slot.deputy == found.deputies[0]][:4]
    came, missed, given, open_one = mine
    for slot, what in ((came, True), (missed, False)):
        day = slot.day.held_on
        with facts.on(day):
            rota.check_in(slot, came=what, by=found.keeper, today=day)
    other = make.deputy()
    Posting.objects.create(deputy=other, station=found.place, from_on=make.ELECTED_ON)
    rota.appoint_substitute(
        given, deputy=other, reason="请假", by=make.actor(), today=rota_walk.TODAY
    )
    got = facts_of(found.deputies[0])
    all_mine = len([s for s in rota_walk.turns(found) if s.deputy == found.deputies[0]])
    assert (got.turns, got.kept) == (2, 1)
    assert got.unnoted == all_mine
    assert facts_of(other).unnoted == 1
    assert open_one.deputy == found.deputies[0]


def test_the_ballots_of_all_meetings_are_added_and_a_waiting_count_is_none():
    one = make.deputy()
    polling.polled(one)
    polling.polled(one, place="文化站")
    polling.counted(polling.meeting(one, place="三楼").reports.get())
    got = facts_of(one)
    assert (got.reports, got.ballots, got.content) == (2, 92, 90)
    assert facts_of(one, cut_off=date(2026, 11, 11)).reports == 0
