"""逾期补登 and a closed year: a reason, a second person, and nothing once the year is decided."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import Notice
from congress.shared.roles import Role
from deputies.actions import duties
from deputies.models import DutyRecord
from deputies.states import DutyState
from scoring.actions import posting
from scoring.models import Entry
from tests import make
from tests.deputies import walk
from tests.race import at_once
from tests.scoring import facts, year
from tests.scoring.facts import on

LAST_YEAR = date(2025, 12, 20)
AFTER = date(2026, 2, 3)
REASON = "住院三个月，没有登记。"


@pytest.fixture
def february(db):
    facts.book()
    with on(AFTER):
        yield AFTER


def late(person=None, **how):
    how = {"by": make.actor(), "done_on": LAST_YEAR, "late_reason": REASON, **how}
    return walk.entered(person, **how)


def confirmed(record):
    return walk.on_behalf.confirm(record, by=make.as_deputy(record.deputy))


def test_a_late_duty_is_entered_with_a_reason_that_the_deputy_reads(february):
    record = late(make.deputy("罗明贵"))
    assert (record.state, record.late_reason) == ("entered", REASON)
    said = Notice.objects.get(person=record.deputy.user).text
    assert f"（逾期补登：{REASON}）" in said


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"late_reason": " "}, "逾期补登必须写明原因"),
        ({"done_on": date(2024, 12, 20)}, "2024 年太久了"),
    ],
)
def test_a_late_duty_wants_a_reason_and_the_last_year(february, how, words):
    with pytest.raises(Refused, match=words):
        late(**how)


def test_a_late_duty_is_entered_by_the_office_alone(february):
    with pytest.raises(Refused, match="逾期补登由代工委办理"):
        late(by=walk.township_clerk())
    with pytest.raises(Refused, match="由代工委逾期补登"):
        walk.report(done_on=LAST_YEAR)


def test_until_the_cut_off_nothing_is_late(db):
    with on(date(2026, 1, 15)):
        record = walk.entered(done_on=LAST_YEAR, late_reason="写了也不算")
    assert record.late_reason == ""
    with on(date(2026, 2, 10)):
        assert confirmed(record).state == "reported", "the deputy's word may come later"


def test_a_late_record_is_verified_by_the_director_alone_who_neither_entered_nor_checked(february):
    director, other = make.director(), make.director()
    record = confirmed(late(by=director))
    record = duties.check(record, by=make.actor())
    with pytest.raises(Refused, match="只有代工委主任可以核实"):
        posting.verify_and_post(record, by=make.actor())
    with pytest.raises(Refused, match="这条是您登记的"):
        posting.verify_and_post(record, by=director)
    assert posting.verify_and_post(record, by=other) == 1
    assert Entry.objects.get().year == 2025


def test_a_late_record_sent_back_keeps_its_year_when_it_is_mended(february):
    record = duties.send_back(confirmed(late()), reason="看不清。", by=make.director())
    with pytest.raises(Refused, match="已经截止"):
        duties.resubmit(record, **walk.mended(record, done_on=date(2024, 12, 1)))
    assert duties.resubmit(record, **walk.mended(record)).late_reason == REASON


def test_the_queue_says_so_and_why(client, february):
    record = duties.check(confirmed(late(by=make.director())), by=make.actor())
    client.force_login(make.director().user)
    page = client.get(reverse("scoring:verify_queue")).content.decode()
    assert "逾期补登" in page
    assert REASON in page
    alone = client.post(reverse("scoring:verify_and_post"), {"records": [record.pk]})
    assert alone.status_code == 302


def test_the_database_wants_the_reason_and_the_second_person(february):
    record = confirmed(late())
    bad = DutyRecord.objects.filter(pk=record.pk)
    with pytest.raises(IntegrityError, match="duty_entered_late_says_why"), transaction.atomic():
        bad.update(late_reason="")
    duties.check(record, by=walk.township_clerk())
    rule = "duty_is_not_verified_by_who_told_it"
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        bad.update(
            state=DutyState.VERIFIED, verified_by=record.reported_by, verified_at=clock.now()
        )


# 已评定的年度


def test_a_year_that_is_decided_takes_no_entry(db):
    facts.book()
    party = year.party(1)
    with year.clock.at(year.NOW):
        waiting = facts.checked(party.deputies[0], on=date(2026, 12, 10))
        year.decided(party)
        with pytest.raises(Refused, match="2026 年的评定已经作出"):
            posting.verify_and_post(waiting, by=make.director())
    assert not Entry.objects.exists()


def test_another_congress_that_has_not_decided_still_takes_it(db):
    facts.book()
    facts.book("township")
    party = year.party(1)
    both = make.deputy(levels=("county", "township"))
    party.deputies.append(both)
    with year.clock.at(year.NOW):
        waiting = facts.checked(both, on=date(2026, 12, 10))
        year.decided(party)
        assert posting.verify_and_post(waiting, by=make.director()) == 1
    assert Entry.objects.get().assembly == make.assembly("township", make.township())


# 同一件事不记两次


def twins():
    person = make.deputy("罗明贵")
    return [facts.checked(person, code) for code in ("A2", "A3")]


def test_a_second_record_of_one_occasion_is_posted_only_with_the_word_that_it_is_one(db):
    facts.book()
    with on(facts.DAY):
        one, two = twins()
        posting.verify_and_post(one, by=make.director())
        with pytest.raises(Refused, match=r"已有一条核实过的.*勾选“确实是两次”"):
            posting.verify_and_post(two, by=make.director())
        assert posting.verify_and_post(two, by=make.director(), twice=True) == 1
    assert Entry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_verifiers_at_once_do_not_count_one_occasion_twice():
    facts.book()
    with on(facts.DAY):
        records = iter(twins())
    by = make.director()
    outcomes = at_once(2, lambda: posting.verify_and_post(next(records), by=by))
    assert outcomes == ["done", "refused"]
    assert Entry.objects.count() == 1


def test_twins_do_not_pass_in_one_batch(client, db):
    facts.book()
    director = make.director()
    with on(facts.DAY):
        records = [*twins(), facts.checked(make.deputy())]
        with pytest.raises(Refused, match="请单独看过再定"):
            posting.verify_and_post_all(records, by=director, twice=True)
        client.force_login(director.user)
        page = client.get(reverse("scoring:verify_queue"), {"all": 1}).content.decode()
        assert "已选 1 条" in page
    assert not Entry.objects.exists()


def test_the_word_is_a_tick_beside_the_single_record(client, db):
    facts.book()
    with on(facts.DAY):
        one, two = twins()
        posting.verify_and_post(one, by=make.director())
        client.force_login(make.actor(Role.STAFF_DIRECTOR).user)
        page = client.get(reverse("scoring:verify_queue")).content.decode()
        assert "确实是两次，都记分" in page
        assert "认定重复…" in page
        post = reverse("scoring:verify_and_post")
        assert client.post(post, {"records": [two.pk]}).status_code == 409
        assert client.post(post, {"records": [two.pk], "twice": "1"}).status_code == 302
    assert Entry.objects.count() == 2
