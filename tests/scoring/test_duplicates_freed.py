"""冲销留下的那一条: what was marked as its duplicate comes back into the queue."""

import pytest

from congress.shared.roles import Role
from deputies.actions import duplicates
from scoring.actions import appeals, posting
from scoring.models import Entry
from tests import make
from tests.deputies import walk
from tests.scoring import facts


@pytest.fixture
def lines(db):
    """Yields the one line of a reception, and the deputy's own report marked as its duplicate."""
    facts.book()
    with facts.on(facts.DAY):
        who = make.deputy()
        entry = facts.posted(who)
        own = walk.report(who, item=walk.item("C1"), quantity=1, done_on=facts.DAY)
        duplicates.mark_duplicate(own, stays=entry.record, by=make.actor(Role.STAFF_CLERK))
        yield entry, own


def state(record):
    record.refresh_from_db()
    return record.state


def test_reversing_its_line_brings_the_duplicate_back_to_be_counted(lines):
    entry, own = lines
    posting.reverse(entry, reason="登记错了人。", by=make.director())
    assert state(own) == "reported"
    checked = walk.duties.check(own, by=make.actor(Role.STAFF_CLERK))
    assert posting.verify_and_post(checked, by=make.director()) == 1


def test_upholding_an_appeal_brings_it_back_only_when_nothing_stands_in_the_line_s_place(lines):
    entry, own = lines
    appeal = facts.contested(entry)
    appeals.uphold(appeal, answer="是两次。", by=make.director(), rule=entry.rule, quantity=2)
    assert state(own) == "withdrawn"


def test_upholding_without_a_line_brings_it_back(lines):
    entry, own = lines
    appeals.uphold(facts.contested(entry), answer="没有这回事。", by=make.director())
    assert state(own) == "reported"


def test_a_line_that_still_counts_in_another_congress_keeps_the_duplicate_out(db):
    facts.book()
    facts.book("township")
    with facts.on(facts.DAY):
        who = make.deputy(levels=("county", "township"))
        entry = facts.posted(who)
        own = walk.report(who, item=walk.item("C1"), quantity=1, done_on=facts.DAY)
        duplicates.mark_duplicate(own, stays=entry.record, by=make.actor(Role.STAFF_CLERK))
        lines = list(Entry.objects.filter(record=entry.record))
        for line, then in zip(lines, ("withdrawn", "reported"), strict=True):
            posting.reverse(line, reason="登记错了。", by=make.director())
            assert state(own) == then
