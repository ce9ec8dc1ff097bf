"""暂停没有恢复就答复的: the pause ends with the answer, and the day is as the pause moved it."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from congress.shared.models import AuditEvent
from proposals.actions import clocks, opinions, publication
from proposals.models import Assignment, Pause, Proposal
from proposals.queries import public_page
from proposals.queries.public_numbers import year_numbers
from proposals.queries.terms import DueDays
from proposals.queries.timeline import timeline
from proposals.states import State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk

pytestmark = pytest.mark.django_db
STOPPED_ON, ANSWERED_ON = date(2026, 5, 12), date(2026, 6, 20)
MOVED_TO = date(2026, 7, 15)
"""6 June and the 39 days from 12 May to 20 June."""
MONEY = "县财政局"


def stopped(part, *, on=STOPPED_ON):
    agreed = {"reason": "等市里批复规划。", "agreed_with": "领衔代表"}
    return clocks.pause(part, from_on=on, by=make.actor(), today=on, **agreed)


def answered(part, *, on=STOPPED_ON):
    """Signed on 20 June, the clock standing since `on`."""
    walk.gated(part)
    pause = stopped(part, on=on)
    walk.answered(facts.again(part), today=ANSWERED_ON)
    return Pause.objects.get(pk=pause.pk)


def test_a_reply_ends_the_pause_and_is_in_time_by_the_day_that_it_moved():
    part = facts.handed()
    pause = answered(part)
    part = facts.again(part)
    assert (pause.until_on, part.due_on, part.proposal.due_on) == (ANSWERED_ON, MOVED_TO, MOVED_TO)
    trail = AuditEvent.objects.get(subject="proposals.Pause", now="pause_ended")
    assert trail.note == f"{part.unit.name}的暂停终止：单位已经答复。"
    assert any("暂停 39 天，期限顺延" in step.words for step in DueDays().why(part))


def test_the_public_reads_that_it_was_in_time_and_that_the_pause_is_over():
    part = facts.handed()
    answered(part)
    proposal = Proposal.objects.get(pk=part.proposal_id)
    publication.publish(proposal, by=make.actor(), today=ANSWERED_ON)
    page = public_page.page(public_page.find(proposal.number), ANSWERED_ON)
    assert tuple(page.light) == ("ok", "6 月 20 日已答复")
    found = year_numbers(proposal.submitted_on.year, ANSWERED_ON)
    assert (found.on_time, found.due) == (1, 1)
    for reader in (None, make.as_deputy(proposal.lead), walk.unit_clerk(part.unit)):
        told = [line.words for line in timeline(proposal, reader, ANSWERED_ON)]
        assert f"{part.unit.name}已经答复，从 5 月 12 日起的暂停终止，停了 39 天" in told


def test_what_was_late_before_it_stood_stays_late():
    part = facts.handed()
    answered(part, on=walk.DUE_ON + timedelta(days=1))
    part = facts.again(part)
    assert part.due_on == walk.DUE_ON
    assert not part.pauses.open().exists()


def test_a_pause_that_begins_on_the_day_of_the_answer_has_stopped_nothing():
    part = facts.handed()
    pause = answered(part, on=walk.DUE_ON)
    assert pause.stood == (ANSWERED_ON - walk.DUE_ON).days
    other = facts.handed()
    pause = answered(other, on=ANSWERED_ON)
    assert (pause.stood, facts.again(other).due_on) == (0, walk.DUE_ON)


def test_an_opinion_ends_the_pause_of_its_part():
    helper = make.unit(MONEY)
    row = walk.proposal(State.ASSIGNED, assisting=[helper])
    part = row.assignments.get(unit=helper)
    was = part.due_on
    pause = stopped(part, on=walk.ASSIGNED_ON + timedelta(days=4))
    on = walk.ASSIGNED_ON + timedelta(days=14)
    opinions.send_opinion(
        part,
        text="同意。",
        file_number="竹财函〔2026〕9 号",
        signer="柯尊文",
        by=walk.unit_clerk(helper),
        today=on,
    )
    part, pause = facts.again(part), Pause.objects.get(pk=pause.pk)
    assert (pause.until_on, part.due_on >= was + timedelta(days=10)) == (on, True)
    trail = AuditEvent.objects.get(subject="proposals.Pause", now="pause_ended")
    assert trail.note == f"{MONEY}的暂停终止：意见已经送到。"
    told = [line.words for line in timeline(row, make.actor(), on)]
    assert f"{MONEY}已经送来意见，从 3 月 10 日起的暂停终止，停了 10 天" in told


def migrated():
    migration = import_module("proposals.migrations.0030_pauses_of_what_is_done")
    migration.move_days(apps, None)
    with connection.cursor() as cursor:
        cursor.execute(migration.PAUSES)
    rows = AuditEvent.objects.filter(note__startswith="补记：").order_by("pk")
    return list(rows.values_list("subject", "was", "now", "by_name", "note"))


def test_what_earlier_answers_left_open_ends_once_and_moves_the_day():
    part = facts.handed()
    pause = answered(part)
    Pause.objects.update(until_on=None)
    Assignment.objects.update(due_on=walk.DUE_ON)
    Proposal.objects.update(due_on=walk.DUE_ON)
    note = f"补记：{part.unit.name}的暂停终止：单位已经答复。"
    assert migrated() == migrated() == [("proposals.Pause", "", "pause_ended", "系统", note)]
    part = facts.again(part)
    assert (part.due_on, part.proposal.due_on) == (MOVED_TO, MOVED_TO)
    assert Pause.objects.get(pk=pause.pk).until_on == ANSWERED_ON


def test_what_stands_rightly_is_left_alone():
    stopped(facts.handed())
    assert migrated() == []
    assert Pause.objects.get().until_on is None
    assert Assignment.objects.get().due_on == walk.DUE_ON


def test_an_earlier_opinion_is_migrated_too():
    helper = make.unit(MONEY)
    row = walk.proposal(State.ASSIGNED, assisting=[helper])
    part = row.assignments.get(unit=helper)
    stopped(part, on=walk.ASSIGNED_ON + timedelta(days=4))
    said = {"text": "同意。", "file_number": "竹财函〔2026〕9 号", "signer": "柯尊文"}
    on = walk.ASSIGNED_ON + timedelta(days=14)
    opinions.send_opinion(part, by=walk.unit_clerk(helper), today=on, **said)
    moved = facts.again(part).due_on
    Pause.objects.update(until_on=None)
    Assignment.objects.filter(pk=part.pk).update(due_on=part.due_on)
    note = f"补记：{MONEY}的暂停终止：意见已经送到。"
    assert migrated() == [("proposals.Pause", "", "pause_ended", "系统", note)]
    assert facts.again(part).due_on == moved > part.due_on
