"""等您办的: a deputy finds what waits, does it where it stands, and it is gone."""

from datetime import date, timedelta

import pytest

from congress.shared.roles import Role
from deputies.states import DutyState
from tests import make
from tests.deputies import fields, voters
from tests.deputies import walk as duties
from tests.home.screens import calm, convened
from tests.scoring import facts

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 5, 12)


def waits(phone, words):
    """So many things wait, by the heading of the first screen."""
    phone.goes_to("/")
    assert words in phone.text()


def sends(phone, name):
    """The form goes off, and the next page is there."""
    with phone.page.expect_navigation():
        phone.presses(name)


def answers_the_voter(phone):
    phone.follows("写答复")
    phone.reads("桃园村四组的路灯坏了两个月")
    phone.page.get_by_label("写给群众的话").fill("已经报修，周五前修好。")
    sends(phone, "答复")


def says_yes_to_the_study(phone):
    phone.follows("回复去不去")
    phone.page.get_by_role("radio", name="参加", exact=True).check()
    sends(phone, "回复")


def mends_the_record(phone):
    phone.follows("补一补")
    phone.chooses_file(
        phone.page.locator("input[type=file]").first, name="1.jpg", content=duties.picture("gold")
    )
    sends(phone, "改好了，再上报")


def test_a_deputy_does_what_waits_and_it_is_gone(phone):
    facts.book()
    lead = calm("罗明贵")
    duties.duty(DutyState.RETURNED, lead)
    voters.sent(lead)
    fields.join(lead)
    fields.called(lead, starts_on=DAY + timedelta(days=3))
    phone.signs_in(lead.user)
    waits(phone, "有 3 件事等您")
    answers_the_voter(phone)
    waits(phone, "有 2 件事等您")
    says_yes_to_the_study(phone)
    waits(phone, "有 1 件事等您")
    assert "您要参加" in phone.text()
    mends_the_record(phone)
    waits(phone, "今天没有等您的事")


def test_a_convenor_finds_whom_to_remind_and_changes_over_to_the_own_desk(phone):
    by, people = convened("罗明贵", "吴秀兰")
    make.actor(Role.DEPUTY, user=by.user)
    people[1].user = by.user
    people[1].save()
    duties.report(people[1])
    phone.signs_in(by.user)
    waits(phone, "1 位组员第二季度还没有履职记录")
    phone.follows("看看是谁")
    phone.reads("罗明贵。做过的请他们记下来")
    duties.report(people[0])
    waits(phone, "今天没有等您的事")
    sends(phone, "换成：柳河镇人大·人大代表")
    phone.reads("吴秀兰代表")
