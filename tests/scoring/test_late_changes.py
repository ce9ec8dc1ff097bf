"""评定以后的资格变动: a decided year is left as it is, and that is a remark and no fault."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from congress.shared import clock
from deputies.actions import revoking, seats
from deputies.states import SuspensionGround
from scoring.queries.audit import findings
from scoring.queries.audit_lines import left_as_decided
from scoring.queries.late_changes import LateChanges
from tests import make
from tests.deputies.seats import decision, terminated
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 5, 1)
"""From when the seat rests or ends: before the deed of `facts.DAY`."""


@pytest.fixture
def of():
    facts.book()
    return year.party(people=1)


def later():
    return clock.at(year.NOW + timedelta(hours=1))


def suspended(deputy):
    return seats.suspend(
        deputy,
        ground=SuspensionGround.DETAINED,
        decision=decision(BEFORE),
        by=make.actor(),
        today=year.TODAY,
    )


def test_a_rest_registered_after_the_decision_is_a_remark_and_no_fault(of, client, capsys):
    entry = facts.posted(of.deputies[0])
    year.decided(of)
    with later():
        suspended(entry.deputy)
        assert findings().clean
        said = left_as_decided()
        call_command("audit_ledger")
        assert said in capsys.readouterr().out
        client.force_login(make.director().user)
        assert said in client.get(reverse("scoring:audits")).content.decode()
    assert said == (
        f"履职记录 {entry.record_id}：资格变动在年度评定以后才登记，"
        "那一年的积分照评定时的样子，不再补记，也不再冲销。"
    )


def test_one_registered_before_the_decision_stays_a_fault(of):
    entry = facts.posted(of.deputies[0])
    suspended(entry.deputy)
    year.decided(of, name="基本称职")  # the best that a suspended deputy can be given
    with later():
        assert findings().faults == [f"第 {entry.pk} 笔没有对应的任职：请到“补记积分”里看"]
        assert left_as_decided() == ""


def test_a_line_owed_since_an_end_was_revoked_after_the_decision_is_a_remark():
    facts.book()
    of = year.party(people=2)
    person = of.deputies[0]
    with clock.at(year.NOW - timedelta(days=1)):
        change = terminated(person.mandates.get(), on=BEFORE, today=BEFORE)
    assert facts.posted(person) is None
    year.decided(of, grades={of.ids[1]: year.Decision(year.grade(), reason=year.WHY)})
    assert findings().clean
    with later():
        revoking.revoke_change(change, by=make.actor(), today=year.TODAY)
        assert findings().clean
        assert "履职记录" in left_as_decided()


def test_only_its_own_congress_and_the_days_after_it_are_explained(of):
    entry = facts.posted(of.deputies[0])
    year.decided(of)
    with later():
        suspended(entry.deputy)
    late, day = LateChanges(), timedelta(days=1)
    assert late.explain(entry.deputy_id, entry.assembly_id, BEFORE)
    assert not late.explain(entry.deputy_id, entry.assembly_id, BEFORE - day)
    assert not late.explain(entry.deputy_id, entry.assembly_id + 1, BEFORE)
    assert not late.explain(entry.deputy_id, entry.assembly_id, date(2025, 5, 20))
    assert not late.explain(make.deputy().pk, entry.assembly_id, BEFORE)


def test_without_a_decision_nothing_is_read_and_nothing_explained(of):
    suspended(of.deputies[0])
    assert LateChanges().deputy_ids == set()
    assert left_as_decided() == ""
