"""记回: what was taken back for want of a seat is owed again once the seat stands after all."""

from datetime import timedelta

import pytest

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from deputies.actions import duplicates
from deputies.models import Mandate, Suspension
from scoring.actions import appeals, posting
from scoring.models import Entry, YearTotal
from scoring.queries import missing as queries
from scoring.queries.audit import findings
from tests import make
from tests.deputies import walk
from tests.scoring import facts
from tests.scoring.test_missing import late_seat, post, suspended

pytestmark = pytest.mark.django_db


@pytest.fixture
def books():
    facts.book()
    facts.book("township")


def taken_back():
    """A line taken back for want of a seat, which then stands again after all."""
    entry = suspended(facts.posted(make.deputy()))
    assert post() == (0, 1)
    Suspension.objects.filter(deputy=entry.deputy).delete()
    return entry


def test_what_was_taken_back_is_given_back_once_the_seat_stands_again(books):
    entry = taken_back()
    reversal = entry.entry
    words = f"第 {reversal.pk} 笔因不在任或没有到场冲销，登记改正以后没有记回：请到“补记积分”里看"
    assert findings().faults == [words]
    clerk = make.actor()
    assert queries.how_many() == 1
    assert post(clerk) == (1, 0)
    line = Entry.objects.get(corrects=reversal)
    assert (line.rule_id, line.points) == (entry.rule_id, entry.points)
    assert YearTotal.objects.get(deputy=entry.deputy).total == entry.points
    deed = AuditEvent.objects.get(subject="scoring.Entry", subject_id=line.pk)
    assert (deed.now, deed.note) == ("posted_late", "任职登记已改正，冲销的分记回")
    assert Notice.objects.filter(key=f"scoring.posted_late:{line.pk}").exists()
    assert (findings().faults, queries.how_many()) == ([], 0)


def test_a_line_given_back_is_taken_back_and_given_back_again(books):
    entry = taken_back()
    post()
    again = Entry.objects.get(corrects__isnull=False)
    suspended(entry)
    fault = f"第 {again.pk} 笔改正没有对应的任职：请到“补记积分”里看"
    assert findings().faults == [fault]
    assert post() == (0, 1)
    assert findings().clean
    Suspension.objects.all().delete()
    assert post() == (1, 0)
    assert YearTotal.objects.get(deputy=entry.deputy).total == entry.points
    assert findings().clean


def test_what_was_taken_back_for_another_reason_is_not_given_back(books):
    posting.reverse(facts.posted(make.deputy()), reason="登记错了人。", by=make.director())
    assert (queries.missing(make.director()).owed, findings().faults) == ([], [])


def test_a_contested_reversal_waits_for_its_answer(books):
    reversal = taken_back().entry
    appeal = facts.contested(reversal)
    assert "积分异议" in queries.missing(make.director()).owed[0].refusal
    appeals.uphold(appeal, answer="那天在任。", by=make.actor())
    assert queries.missing(make.director()).owed == []
    assert findings().clean


def test_a_reversal_given_back_is_contested_no_more(books):
    reversal = taken_back().entry
    post()
    with pytest.raises(Refused, match="已经记回"):
        facts.contested(Entry.objects.get(pk=reversal.pk))


def test_nothing_is_given_back_beside_another_record_of_the_occasion(books):
    entry = taken_back()
    facts.posted(entry.deputy)
    assert (queries.missing(make.director()).owed, findings().faults) == ([], [])


def test_a_duplicate_stays_aside_while_its_record_gets_a_line_elsewhere(books):
    with facts.on(facts.DAY):
        entry = late_seat()
        own = walk.report(entry.deputy, item=walk.item("C1"), quantity=1, done_on=facts.DAY)
        duplicates.mark_duplicate(own, stays=entry.record, by=make.actor())
    later = facts.DAY + timedelta(days=1)
    Mandate.objects.filter(deputy=entry.deputy, term__assembly=entry.assembly).update(from_on=later)
    assert post() == (1, 1)
    own.refresh_from_db()
    assert own.state == "withdrawn"


def test_what_stood_again_for_want_of_a_seat_goes_aside_with_it(books):
    with facts.on(facts.DAY):
        entry = facts.posted(make.deputy())
        own = walk.report(entry.deputy, item=walk.item("C1"), quantity=1, done_on=facts.DAY)
        duplicates.mark_duplicate(own, stays=entry.record, by=make.actor())
        suspended(entry)
    for state in ("reported", "withdrawn"):
        post()
        own.refresh_from_db()
        assert own.state == state
        Suspension.objects.all().delete()
