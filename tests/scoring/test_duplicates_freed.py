"""冲销留下的那一条: what was marked as its duplicate comes back into the queue."""

import pytest

from congress.shared.errors import Refused
from congress.shared.models import Notice
from congress.shared.roles import Role
from deputies.actions import duplicates
from scoring.actions import appeals, posting
from scoring.models import Entry
from tests import make
from tests.deputies import walk
from tests.scoring import facts
from tests.scoring.year import as_, text, url


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


def test_nothing_is_a_duplicate_of_a_record_whose_points_were_all_taken_back(lines):
    entry, own = lines
    reversal = posting.reverse(entry, reason="登记错了人。", by=make.director())
    own.refresh_from_db()
    by = make.actor(Role.STAFF_CLERK)
    with pytest.raises(Refused, match="记的分已经全部冲销，不再算数，请留下另一条"):
        duplicates.mark_duplicate(own, stays=entry.record, by=by)
    appeals.uphold(facts.contested(reversal), answer="没有登记错。", by=make.actor())
    again = walk.report(own.deputy, item=own.item, quantity=1, done_on=facts.DAY)
    duplicates.mark_duplicate(again, stays=entry.record, by=by)
    assert state(again) == "withdrawn"


def test_upholding_an_appeal_brings_it_back_only_when_nothing_stands_in_the_line_s_place(lines):
    entry, own = lines
    appeal = facts.contested(entry)
    appeals.uphold(appeal, answer="是两次。", by=make.director(), rule=entry.rule, quantity=2)
    assert state(own) == "withdrawn"


def test_upholding_without_a_line_brings_it_back(lines):
    entry, own = lines
    appeals.uphold(facts.contested(entry), answer="没有这回事。", by=make.director())
    assert state(own) == "reported"


@pytest.fixture
def freed(lines):
    """Yields the appeal against the reversal of the line, and the report that stood again."""
    entry, own = lines
    reversal = posting.reverse(entry, reason="登记错了人。", by=make.director())
    assert state(own) == "reported"
    return facts.contested(reversal), own


@pytest.mark.parametrize("checked", [False, True])
def test_giving_the_points_back_puts_what_stood_again_aside_again(freed, checked):
    appeal, own = freed
    if checked:
        walk.duties.check(own, by=make.actor(Role.STAFF_CLERK))
    appeals.uphold(appeal, answer="没有登记错。", by=make.actor())
    assert state(own) == "withdrawn"
    assert own.duplicate_of == appeal.entry.record
    assert Notice.objects.filter(person=own.deputy.user, text__contains="登记了两次").count() == 2


def counted(own):
    checked = walk.duties.check(own, by=make.actor(Role.STAFF_CLERK))
    assert posting.verify_and_post(checked, by=make.director()) == 1


def test_giving_the_points_back_beside_what_counts_by_now_is_refused_unless_it_is_twice(freed):
    appeal, own = freed
    counted(own)
    by = make.actor()
    with pytest.raises(Refused, match=r"记回会记两次分.*确实是两次"):
        appeals.uphold(appeal, answer="没有登记错。", by=by)
    appeals.uphold(appeal, answer="是两次。", by=by, twice=True)
    assert (state(own), Entry.objects.filter(corrects=appeal.entry).count()) == ("verified", 1)


def test_the_page_asks_whether_it_was_twice(freed, client):
    appeal, own = freed
    as_(client, make.actor())
    page, uphold = url("hearing", appeal.pk), url("uphold", appeal.pk)
    assert "确实是两次" not in text(client.get(page))
    counted(own)
    assert "确实是两次，都记分" in text(client.get(page))
    assert client.post(uphold, {"answer": "是两次。"}).status_code == 409
    assert client.post(uphold, {"answer": "是两次。", "twice": "1"}).status_code == 302


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
