"""代为登记、属实、不是这样: what the office tells for a deputy is nothing before they say so."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import STAFF, Role
from deputies.actions import duties, on_behalf
from deputies.models import DutyRecord, Evidence
from deputies.states import DutyState
from tests import make
from tests.deputies import walk
from tests.race import at_once
from tests.scoring.facts import on

TODAY = date(2026, 5, 21)
DAY = date(2026, 5, 20)


@pytest.fixture
def today(db):
    with on(TODAY):
        yield TODAY


def trail(record):
    events = AuditEvent.objects.filter(subject="deputies.DutyRecord", subject_id=record.pk)
    return list(events.order_by("id").values_list("was", "now", "by_name", "note"))


def told(person):
    return list(Notice.objects.filter(person=person).order_by("id").values_list("text", flat=True))


def text(answer):
    return answer.content.decode()


# 代为登记


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.STAFF_DIRECTOR, Role.TOWNSHIP_CLERK])
def test_enter_asks_the_deputy_whether_it_is_so(today, role):
    person, by = make.deputy("罗明贵"), make.actor(role)

    record = walk.entered(person, by=by, done_on=DAY, quantity=3)

    assert (record.state, record.reported_by, record.confirmed_at) == ("entered", by.user, None)
    assert record.evidence.count() == 1
    assert trail(record) == [("", "entered", by.name, "")]
    office = by.post.organisation.short_name
    assert told(person.user) == [f"请您确认：5 月 20 日 走访选民 3 户，{office}{by.name}代您登记。"]


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF - {Role.TOWNSHIP_CLERK}))
def test_enter_is_refused_to_every_other_role(today, role):
    with pytest.raises(Refused, match="只有代工委和代表所在乡镇人大"):
        walk.entered(by=make.actor(role))


def test_enter_is_refused_to_another_township_and_for_oneself(today):
    far = make.deputy(of=make.group("溢水镇第一代表小组", make.township("溢水镇")))
    with pytest.raises(Refused, match="只有代工委和代表所在乡镇人大"):
        walk.entered(far)
    clerk = make.deputy()
    with pytest.raises(Refused, match="请用“记一次履职”上报"):
        walk.entered(clerk, by=make.actor(Role.TOWNSHIP_CLERK, user=clerk.user))


def test_enter_takes_what_people_tell_and_not_what_the_system_does(today):
    assert walk.entered(item=walk.item("A2"), quantity=1).pk
    with pytest.raises(Refused, match="由系统登记"):
        walk.entered(item=walk.item("P2"), quantity=1)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"done_on": TODAY + timedelta(days=1)}, "日期还没到"),
        ({"quantity": 6}, "同一天最多 5 户"),
        ({"photos": []}, "请至少附一张照片"),
    ],
)
def test_enter_asks_what_a_report_asks(today, facts, words):
    with pytest.raises(Refused, match=words):
        walk.entered(**facts)


def test_an_award_entered_names_its_matter(today):
    award = {"item": walk.item("B7"), "quantity": 1}
    with pytest.raises(Refused, match="请写明奖项或事由"):
        walk.entered(**award)
    made = walk.entered(**award, matter="优秀 人大代表", token="c" * 32)
    assert made.matter == "优秀人大代表"


def test_enter_sent_again_is_the_record_already_made(today):
    person, by = make.deputy(), walk.township_clerk()
    sent = walk.typed(person, by=by)
    first = on_behalf.enter(person, **sent)
    assert on_behalf.enter(person, **sent) == first
    assert (DutyRecord.objects.count(), Evidence.objects.count()) == (1, 1)
    for other in ({"quantity": 1}, {"place": "别处"}):
        with pytest.raises(Refused, match="改动没有记上"):
            on_behalf.enter(person, **(sent | other))
    other = make.deputy()
    assert on_behalf.enter(other, **sent) != first, "one page's number serves one deputy"


@pytest.mark.django_db(transaction=True)
def test_entered_at_once_with_one_token_is_one_record():
    person = make.deputy()
    sent = walk.typed(person, by=walk.township_clerk())
    assert at_once(3, on_behalf.enter, person, **sent) == ["done"] * 3
    assert DutyRecord.objects.count() == 1


# 属实


def test_confirm_sends_it_on_to_the_ordinary_check(today):
    record = walk.entered(done_on=DAY)
    by = make.as_deputy(record.deputy)

    record = on_behalf.confirm(record, by=by)

    assert (record.state, record.confirmed_at.date()) == ("reported", TODAY)
    assert trail(record)[-1] == ("entered", "reported", by.name, "")
    assert not Notice.objects.unread(by.user).exists(), "what the notice asked for is done"


def test_who_entered_it_neither_checks_nor_verifies_it(today):
    clerk, director = make.actor(Role.STAFF_CLERK), make.director()
    record = walk.confirmed(by=clerk)
    with pytest.raises(Refused, match="这条是您登记的，须由他人核对"):
        duties.check(record, by=clerk)
    record = duties.check(record, by=walk.township_clerk())
    with pytest.raises(Refused, match="这条是您登记的，须由他人核实"):
        duties.verify(record, by=clerk)
    assert duties.verify(record, by=director).state == "verified"


@pytest.mark.parametrize("verb", ["confirm", "deny"])
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DEPUTY}))
def test_only_the_deputy_confirms_or_denies_even_with_another_post(today, verb, role):
    record = walk.entered()
    more = {"words": "没有去。"} if verb == "deny" else {}
    with pytest.raises(Refused, match="只有代表本人可以确认"):
        getattr(on_behalf, verb)(record, by=make.actor(role, user=record.deputy.user), **more)


@pytest.mark.parametrize("state", ["reported", "checked", "verified", "returned", "withdrawn"])
def test_confirm_and_deny_are_refused_out_of_turn(today, state):
    record = walk.duty(state)
    by = make.as_deputy(record.deputy)
    with pytest.raises(Refused, match="不用再确认"):
        on_behalf.confirm(record, by=by)
    with pytest.raises(Refused, match="不用再确认"):
        on_behalf.deny(record, words="没有去。", by=by)


@pytest.mark.django_db(transaction=True)
def test_two_taps_confirm_once():
    record = walk.entered()
    by = make.as_deputy(record.deputy)
    assert at_once(3, on_behalf.confirm, record, by=by) == ["done", "refused", "refused"]


def test_the_database_lets_nothing_go_on_that_nobody_confirmed(today):
    record = walk.entered()
    rule = "duty_entered_is_confirmed_before_it_goes_on"
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        DutyRecord.objects.filter(pk=record.pk).update(state=DutyState.REPORTED)


# 不是这样


def test_deny_withdraws_it_and_tells_who_entered_it(today):
    clerk = walk.township_clerk()
    record = walk.entered(make.deputy("罗明贵"), by=clerk, done_on=DAY)

    record = on_behalf.deny(record, words="那天没有去。", by=make.as_deputy(record.deputy))

    assert (record.state, record.return_reason) == ("withdrawn", "那天没有去。")
    assert trail(record)[-1] == ("entered", "withdrawn", "罗明贵", "那天没有去。")
    assert told(clerk.user) == ["罗明贵说您代登记的 5 月 20 日“走访选民”不是这样：那天没有去。"]


def test_deny_says_in_words_what_is_wrong(today):
    record = walk.entered()
    with pytest.raises(Refused, match="请写一句哪里不对"):
        on_behalf.deny(record, words=" ", by=make.as_deputy(record.deputy))


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_at_once_is_one_of_them():
    record = walk.entered()
    by = make.as_deputy(record.deputy)
    verbs = iter([on_behalf.confirm, lambda row, by: on_behalf.deny(row, words="没去。", by=by)])
    assert at_once(2, lambda: next(verbs)(record, by=by)) == ["done", "refused"]


# 撤回


def test_who_entered_it_takes_it_back_and_the_deputy_is_told(today):
    clerk = walk.township_clerk()
    record = walk.entered(by=clerk, done_on=DAY)
    record = duties.withdraw(record, by=clerk)
    assert record.state == "withdrawn"
    unread = Notice.objects.unread(record.deputy.user)
    assert [notice.text for notice in unread] == [
        f"{clerk.name}撤回了代您登记的 5 月 20 日“走访选民”，不用您确认了。"
    ]


def test_nobody_else_takes_it_back_and_who_entered_it_not_once_it_is_the_deputy_s(today):
    clerk = walk.township_clerk()
    record = walk.entered(by=clerk)
    with pytest.raises(Refused, match="不属实的，请选“不是这样”"):
        duties.withdraw(record, by=make.as_deputy(record.deputy))
    with pytest.raises(Refused, match="不是这样"):
        duties.withdraw(record, by=make.actor())
    record = on_behalf.confirm(record, by=make.as_deputy(record.deputy))
    with pytest.raises(Refused, match="只有代表本人"):
        duties.withdraw(record, by=clerk)


def test_what_was_sent_back_the_deputy_mends_or_the_clerk_takes_back(today):
    clerk = walk.township_clerk()
    record = walk.confirmed(by=clerk)
    record = duties.send_back(record, reason="看不到人。", by=make.actor())
    assert any("退回：看不到人。" in words for words in told(clerk.user))
    mended = duties.resubmit(record, **walk.mended(record))
    assert mended.state == "reported"
    duties.send_back(mended, reason="还是看不到人。", by=make.actor())
    assert duties.withdraw(mended, by=clerk).state == "withdrawn"
