"""以前撤回时没有了结的: a migration ends it, with a row in the trail for each."""

from importlib import import_module

import pytest
from django.db import connection

from congress.shared.models import AuditEvent
from proposals.actions import submission
from proposals.models import Extension, Objection, Pause
from proposals.queries.timeline import timeline
from proposals.states import ExtensionState, ObjectionState
from tests import make
from tests.proposals.stages_of_parts import ASKED_ON, asked, objected_in_hand, paused

pytestmark = pytest.mark.django_db
WHY = "领衔代表撤回了建议，不再办理。"
LATER = "补记："


def taken_back(row):
    """What is about a part, its proposal withdrawn."""
    proposal = row.assignment.proposal
    lead = make.as_deputy(proposal.lead)
    submission.withdraw(proposal, reason="已经修好。", by=lead, today=ASKED_ON)
    return row


def migrated():
    migration = import_module("proposals.migrations.0021_left_open_by_withdrawals")
    with connection.cursor() as cursor:
        for each in migration.Migration.operations:
            cursor.execute(each.sql)
    rows = AuditEvent.objects.filter(note__startswith=LATER).order_by("pk")
    return list(rows.values_list("subject", "was", "now", "by_name", "note"))


def test_an_objection_left_open_lapses_and_its_unit_reads_why():
    row = taken_back(objected_in_hand().objections.get())
    unit, gone_on = row.assignment.unit, AuditEvent.objects.get(now="removed").at.date()
    open_one = {"state": ObjectionState.OPEN, "words": "", "decided_on": None}
    Objection.objects.update(**open_one)
    note = f"{LATER}{unit.name}的异议终止：{WHY}"
    once = [("proposals.Objection", "open", "lapsed", "系统", note)]
    assert migrated() == migrated() == once
    row.refresh_from_db()
    assert (row.state, row.words, row.decided_on) == (ObjectionState.LAPSED, WHY, gone_on)


def test_a_pause_left_open_ends_and_never_before_it_began():
    row = taken_back(paused().pauses.get())
    Pause.objects.update(until_on=None)
    note = f"{LATER}{row.assignment.unit.name}的暂停终止：{WHY}"
    once = [("proposals.Pause", "", "pause_ended", "系统", note)]
    assert migrated() == migrated() == once
    row.refresh_from_db()
    assert row.until_on > row.from_on


def test_a_request_that_an_earlier_migration_ended_is_told_of():
    row = asked()
    why, lapsed = "单位已经答复，不用再延期。", ExtensionState.LAPSED
    Extension.objects.update(state=lapsed, words=why, decided_on=ASKED_ON)
    note = f"{LATER}{row.assignment.unit.name}的延期申请终止：{why}"
    once = [("proposals.Extension", "asked", "lapsed", "系统", note)]
    assert migrated() == migrated() == once
    proposal = row.assignment.proposal
    told = timeline(proposal, make.as_deputy(proposal.lead), ASKED_ON)
    assert f"{row.assignment.unit.name}的延期申请终止：{why}" in [each.words for each in told]


def test_what_waits_rightly_is_left_alone():
    objected_in_hand()
    paused()
    asked()
    assert migrated() == []
    assert Objection.objects.get().state == ObjectionState.OPEN
    assert Extension.objects.get().state == ExtensionState.ASKED
    assert Pause.objects.get().until_on is None
