"""上报、登记、撤回、改好再报: the deputy's own hand, and what upper apps tell."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Setting
from congress.shared.roles import Role
from deputies.actions import duties
from deputies.models import DutyRecord, Evidence, Suspension
from deputies.states import DutyState
from tests import make
from tests.deputies import walk
from tests.race import at_once

CST = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 5, 12, 10, 0, tzinfo=CST)
YESTERDAY = date(2026, 5, 11)


@pytest.fixture
def today(db):
    with clock.at(NOW):
        yield NOW.date()


def trail(record):
    events = AuditEvent.objects.filter(subject="deputies.DutyRecord", subject_id=record.pk)
    return list(events.values_list("was", "now", "by_name"))


def test_report_keeps_the_duty_with_its_photo_and_a_trail(today):
    person = make.deputy("罗明贵")

    record = walk.report(person, done_on=YESTERDAY, quantity=3)

    assert (record.state, record.deputy, record.quantity) == (DutyState.REPORTED, person, 3)
    assert (record.reported_by, record.reported_at) == (person.user, NOW)
    assert record.evidence.count() == 1
    assert trail(record) == [("", "reported", "罗明贵")]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DEPUTY}))
def test_report_is_refused_to_every_other_post_even_of_the_same_person(today, role):
    person = make.deputy()
    with pytest.raises(Refused, match="只有代表本人"):
        walk.report(person, by=make.actor(role, user=person.user))


def test_report_is_refused_to_another_deputy(today):
    with pytest.raises(Refused, match="只有代表本人"):
        walk.report(make.deputy(), by=make.as_deputy(make.deputy()))


def test_report_takes_only_what_a_deputy_may_report(today):
    with pytest.raises(Refused, match="由组织方或系统登记"):
        walk.report(item=walk.item("A2"))


def test_report_refuses_tomorrow_and_a_closed_year(today):
    with pytest.raises(Refused, match="日期还没到"):
        walk.report(done_on=today + timedelta(days=1))
    with pytest.raises(Refused, match="2025 年的登记已经截止"):
        walk.report(done_on=date(2025, 12, 31))


def test_report_takes_last_year_until_the_day_the_county_has_set(db):
    with clock.at(datetime(2026, 1, 15, 23, 59, tzinfo=CST)):
        assert walk.report(done_on=date(2025, 12, 31)).done_on.year == 2025
    with (
        clock.at(datetime(2026, 1, 16, 0, 1, tzinfo=CST)),
        pytest.raises(Refused, match="次年 1 月 15 日止"),
    ):
        walk.report(done_on=date(2025, 12, 31))
    rule = {"key": "deputies.january_days", "value": 20, "basis": "本县"}
    Setting.objects.create(**rule, from_on=date(2026, 1, 1))
    with clock.at(datetime(2026, 1, 16, 0, 1, tzinfo=CST)):
        assert walk.report(done_on=date(2025, 12, 31)).pk


def test_report_counts_only_while_the_deputy_holds_a_seat(today):
    person = make.deputy()
    make.leaves(person, date(2026, 5, 2))
    assert walk.report(person, done_on=date(2026, 5, 1)).pk
    with pytest.raises(Refused, match="不在代表任期内"):
        walk.report(person, done_on=YESTERDAY)


def test_report_refuses_the_days_of_a_suspension(today):
    person = make.deputy()
    Suspension.objects.create(
        deputy=person, ground="detained", from_on=date(2026, 5, 4), to_on=date(2026, 5, 9)
    )
    for day in (date(2026, 5, 4), date(2026, 5, 8)):
        with pytest.raises(Refused, match="暂时停止执行代表职务期间，这天不记履职"):
            walk.report(person, done_on=day)
    assert walk.report(person, done_on=date(2026, 5, 3)).pk
    assert walk.report(person, done_on=date(2026, 5, 9)).pk


def test_report_stops_at_five_households_a_day(today):
    person = make.deputy()
    first = walk.report(person, quantity=3)
    with pytest.raises(Refused, match="同一天最多 5 户，这天已报 3 户"):
        walk.report(person, quantity=3)
    assert walk.report(person, quantity=2).pk
    assert walk.report(person, quantity=5, done_on=YESTERDAY).pk
    duties.withdraw(first, by=make.as_deputy(person))
    assert walk.report(person, quantity=3).pk


@pytest.mark.parametrize("count", [0, 4])
def test_report_wants_one_to_three_photos(today, count):
    colours = ["teal", "gold", "navy", "pink"][:count]
    with pytest.raises(Refused, match="照片"):
        walk.report(photos=[walk.photo(colour) for colour in colours])


def test_report_sent_again_is_the_record_already_made(today):
    person = make.deputy()
    sent = walk.typed(person, quantity=5)
    first = duties.report(person, **sent)
    assert duties.report(person, **sent) == first
    assert (DutyRecord.objects.count(), Evidence.objects.count()) == (1, 1)
    assert len(trail(first)) == 1


def test_report_sent_again_by_somebody_else_shows_them_nothing(today):
    person = make.deputy()
    sent = walk.typed(person)
    duties.report(person, **sent)
    with pytest.raises(Refused, match="只有代表本人"):
        duties.report(person, **(sent | {"by": make.as_deputy(make.deputy())}))


@pytest.mark.django_db(transaction=True)
def test_reports_at_once_with_one_token_are_one_record():
    person = make.deputy()
    sent = walk.typed(person)
    assert at_once(4, duties.report, person, **sent) == ["done"] * 4
    assert DutyRecord.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_reports_at_once_do_not_pass_the_day_s_limit_together():
    person = make.deputy()
    tokens = iter(f"{n:032x}" for n in range(9))
    sent = walk.typed(person, quantity=2)
    sent.pop("token")
    outcomes = at_once(4, lambda: duties.report(person, **sent, token=next(tokens)))
    assert outcomes == ["done", "done", "refused", "refused"]


def test_the_database_refuses_a_duty_done_no_times(today):
    record = walk.report()
    with pytest.raises(IntegrityError, match="duty_quantity_is_positive"), transaction.atomic():
        DutyRecord.objects.filter(pk=record.pk).update(quantity=0)


def test_report_facts_say_how_many_are_new_and_trail_only_those(today):
    people, by = [make.deputy(), make.deputy(), make.deputy()], make.actor()
    facts = [walk.fact(one, f"stations.attendance:{one.pk}") for one in people]
    assert duties.report_facts(facts[:2], by=by) == 2
    assert duties.report_facts(facts, by=by) == 1
    assert duties.report_facts([], by=by) == 0
    assert AuditEvent.objects.filter(now="reported").count() == 3
    first = DutyRecord.objects.of_sources([facts[0].source]).get()
    assert (first.item.code, first.reported_by) == ("A2", by.user)
    assert trail(first) == [("", "reported", by.name)]


@pytest.mark.django_db(transaction=True)
def test_facts_told_at_once_are_told_once():
    people, by = [make.deputy() for _ in range(5)], make.actor()
    facts = [walk.fact(one, f"stations.attendance:{one.pk}") for one in people]
    orders = iter([facts, facts[::-1], facts, facts[::-1]])
    assert at_once(4, lambda: duties.report_facts(next(orders), by=by)) == ["done"] * 4
    assert (DutyRecord.objects.count(), AuditEvent.objects.count()) == (5, 5)


def test_withdraw_takes_the_record_out_and_keeps_it_readable(today):
    record = walk.duty()
    record = duties.withdraw(record, by=make.as_deputy(record.deputy))
    assert record.state == DutyState.WITHDRAWN
    assert trail(record)[-1] == ("reported", "withdrawn", record.deputy.name)
    assert not DutyRecord.objects.live().exists()


def test_withdraw_is_only_the_deputy_s_own(today):
    record = walk.duty()
    for by in (make.actor(), walk.township_clerk(), make.as_deputy(make.deputy())):
        with pytest.raises(Refused, match="只有代表本人"):
            duties.withdraw(record, by=by)
    told = walk.told(record.deputy, by=make.actor(), day=YESTERDAY)
    with pytest.raises(Refused, match="由组织方登记"):
        duties.withdraw(told, by=make.as_deputy(record.deputy))


@pytest.mark.parametrize("state", ["checked", "verified", "withdrawn"])
def test_withdraw_is_refused_once_somebody_has_seen_it(today, state):
    record = walk.duty(state)
    with pytest.raises(Refused, match=r"“已撤回”|不能撤回"):
        duties.withdraw(record, by=make.as_deputy(record.deputy))


@pytest.mark.django_db(transaction=True)
def test_two_taps_withdraw_once():
    record = walk.duty()
    by = make.as_deputy(record.deputy)
    assert at_once(3, duties.withdraw, record, by=by) == ["done", "refused", "refused"]


def test_resubmit_mends_the_record_and_swaps_its_photos(today):
    record = walk.duty(DutyState.RETURNED, quantity=5)
    old = record.evidence.get()
    mended = walk.mended(record, quantity=4, drop=[old.pk])

    record = duties.resubmit(record, **mended)

    assert (record.state, record.quantity, record.return_reason) == ("reported", 4, "")
    assert [one.sha256 for one in record.evidence.all()] == [walk.photo("gold").sha256]
    assert trail(record)[-1][:2] == ("returned", "reported")


def test_resubmit_is_only_the_deputy_s_own(today):
    record = walk.duty(DutyState.RETURNED)
    with pytest.raises(Refused, match="只有代表本人"):
        duties.resubmit(record, **walk.mended(record, by=make.actor()))


@pytest.mark.parametrize("state", ["reported", "checked", "verified", "withdrawn"])
def test_resubmit_follows_only_a_return(today, state):
    record = walk.duty(state)
    with pytest.raises(Refused, match=r"没有退回，不用改|不能再改"):
        duties.resubmit(record, **walk.mended(record))


def test_resubmit_asks_the_same_questions_as_report(today):
    record = walk.duty(DutyState.RETURNED)
    for wrong, words in (
        ({"done_on": date(2026, 6, 1)}, "日期还没到"),
        ({"quantity": 6}, "同一天最多 5 户"),
        ({"photos": [], "drop": [record.evidence.get().pk]}, "至少附一张"),
    ):
        with pytest.raises(Refused, match=words):
            duties.resubmit(record, **walk.mended(record, **wrong))
    assert record.evidence.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_taps_resubmit_once():
    record = walk.duty(DutyState.RETURNED)
    mended = walk.mended(record)
    assert at_once(3, duties.resubmit, record, **mended) == ["done", "refused", "refused"]
    assert record.evidence.count() == 2


def test_the_database_refuses_a_return_without_its_reason(today):
    record = walk.duty(DutyState.RETURNED)
    with pytest.raises(IntegrityError, match="duty_returned_says_why"), transaction.atomic():
        DutyRecord.objects.filter(pk=record.pk).update(return_reason="")


def test_report_sent_again_with_other_words_says_that_nothing_was_changed(today):
    person = make.deputy()
    walk.report(person, token="a" * 32)
    with pytest.raises(Refused, match="改动没有记上"):
        walk.report(person, token="a" * 32, note="换了一段话")


def test_send_back_refuses_a_reason_that_shows_nothing(today):
    record = walk.report()
    with pytest.raises(Refused, match="必须写明原因"):
        duties.send_back(record, reason="\u200b ", by=walk.township_clerk())
