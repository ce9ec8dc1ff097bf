"""冲销: a line is taken back once, by the director, with a reason, and both lines stay."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from deputies.models import DutyRecord, Suspension
from deputies.states import DutyState
from scoring.actions import posting
from scoring.models import Entry, YearTotal
from scoring.queries.audit import findings
from tests import make
from tests.race import at_once
from tests.scoring import facts

pytestmark = pytest.mark.django_db


def total(deputy, year=2026, level="county"):
    area = make.township() if level == "township" else None
    return YearTotal.objects.get(deputy=deputy, assembly=make.assembly(level, area), year=year)


def test_reverse_takes_the_points_back_and_keeps_both_lines():
    facts.book()
    deputy, office = make.deputy(), make.director()
    entry = facts.posted(deputy)
    facts.posted(deputy, "C5")

    reversal = posting.reverse(entry, reason="与 5 月 10 日是同一次", by=office)

    assert (reversal.points, reversal.reverses, reversal.year) == (Decimal(-2), entry, 2026)
    assert (Entry.objects.count(), total(deputy).total) == (3, Decimal(4))
    entry.record.refresh_from_db()
    assert entry.record.state == DutyState.VERIFIED
    trace = AuditEvent.objects.get(subject="scoring.Entry", subject_id=reversal.pk)
    assert (trace.now, trace.note, trace.by_name) == (
        "reversed",
        "与 5 月 10 日是同一次",
        office.name,
    )
    assert Notice.objects.filter(person=deputy.user, text__contains="是同一次").exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.STAFF_DIRECTOR}))
def test_reverse_is_refused_to_everybody_but_the_director(role):
    facts.book()
    entry = facts.posted(make.deputy())
    with pytest.raises(Refused, match="只有代工委主任"):
        posting.reverse(entry, reason="重复", by=make.actor(role))


def test_reverse_is_refused_for_ones_own_points():
    facts.book()
    deputy = make.deputy()
    entry = facts.posted(deputy)
    with pytest.raises(Refused, match="须由他人冲销"):
        posting.reverse(entry, reason="重复", by=make.actor(Role.STAFF_DIRECTOR, user=deputy.user))


def test_reverse_is_refused_a_second_time_and_for_a_reversal():
    facts.book()
    entry, office = facts.posted(make.deputy()), make.director()
    reversal = posting.reverse(entry, reason="重复", by=office)
    with pytest.raises(Refused, match="已经冲销过"):
        posting.reverse(entry, reason="重复", by=office)
    with pytest.raises(Refused, match="本身就是冲销"):
        posting.reverse(reversal, reason="重复", by=office)


def test_reverse_without_a_reason_is_refused():
    facts.book()
    entry = facts.posted(make.deputy())
    with pytest.raises(Refused, match="写明原因"):
        posting.reverse(entry, reason="  ", by=make.director())


@pytest.mark.django_db(transaction=True)
def test_two_reversals_at_once_take_the_points_back_once():
    facts.book()
    deputy = make.deputy()
    entry, office = facts.posted(deputy), make.director()
    outcomes = at_once(3, posting.reverse, entry, reason="重复", by=office)
    assert outcomes == ["done", "refused", "refused"]
    assert total(deputy).total == Decimal(0)


def test_a_line_is_reversed_once_whatever_the_code_forgets():
    facts.book()
    entry = facts.posted(make.deputy())
    reversal = posting.reverse(entry, reason="重复", by=make.director())
    reversal.pk = None
    with pytest.raises(IntegrityError, match="reverses_id"):
        reversal.save(force_insert=True)


def test_a_line_of_a_day_whose_suspension_is_registered_later_is_named_and_reversed():
    facts.book()
    entry = facts.posted(make.deputy())
    Suspension.objects.create(deputy=entry.deputy, ground="detained", from_on=facts.DAY)
    assert findings().faults == [f"第 {entry.pk} 笔没有对应的任职：请到“补记积分”里看"]
    posting.reverse(entry, reason="这天暂停执行代表职务。", by=make.director())
    assert findings().clean


def test_verify_and_post_takes_the_right_record_after_the_wrong_one_is_reversed():
    facts.book()
    deputy = make.deputy()
    wrong = facts.posted(deputy, "A3")
    with pytest.raises(Refused, match="再核实会记两次分"):
        posting.verify_and_post(facts.checked(deputy, "A2"), by=make.director())
    posting.reverse(wrong, reason="记错了条目。", by=make.director())
    right = DutyRecord.objects.to_verify().get()
    assert posting.verify_and_post(right, by=make.director()) == 1
    with pytest.raises(Refused, match="再核实会记两次分"):
        posting.verify_and_post(facts.checked(deputy, "A3"), by=make.director())


def test_a_record_still_counted_in_another_congress_counts_as_the_first():
    facts.book()
    facts.book("township")
    deputy = make.deputy(levels=("county", "township"))
    wrong = facts.posted(deputy, "A3")
    posting.reverse(wrong, reason="记错了条目。", by=make.director())
    with pytest.raises(Refused, match="再核实会记两次分"):
        posting.verify_and_post(facts.checked(deputy, "A2"), by=make.director())


def test_reverse_refuses_a_reason_that_shows_nothing():
    facts.book()
    entry = facts.posted(make.deputy())
    with pytest.raises(Refused, match="必须写明原因"):
        posting.reverse(entry, reason="\u200b", by=make.director())
