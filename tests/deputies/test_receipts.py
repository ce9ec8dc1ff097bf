"""查询号, and how long anything leads to a voter: throttled guesses, contacts that go in time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import Setting
from deputies import tasks
from deputies.actions import messages
from deputies.models import Message, WrongReceipt
from tests import make
from tests.deputies import voters as made
from tests.race import at_once
from tests.scoring.facts import on
from tests.scoring.year import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]
TODAY = make.TODAY
A_DAY = timedelta(days=1)


def allow(guesses: int) -> None:
    Setting.objects.create(
        key="deputies.guesses_an_hour", value=guesses, from_on=make.ELECTED_ON, basis="试"
    )


def test_look_up_forgives_spaces_and_small_letters_and_counts_what_is_wrong():
    message = made.sent()
    typed = f" {message.receipt[:4].lower()} {message.receipt[4:]} "
    assert messages.look_up(typed, origin="here", today=TODAY).number == message.receipt
    assert not WrongReceipt.objects.exists()
    assert messages.look_up("AAAAAAAA", origin="here", today=TODAY) is None
    assert WrongReceipt.objects.count() == 1


def test_who_tries_numbers_is_told_to_wait_even_with_a_right_one():
    message = made.sent()
    allow(2)
    for _ in range(2):
        assert messages.look_up("AAAAAAAA", origin="here", today=TODAY) is None
    with pytest.raises(Refused, match="一小时以后再查"):
        messages.look_up(message.receipt, origin="here", today=TODAY)
    assert messages.look_up(message.receipt, origin="elsewhere", today=TODAY)
    WrongReceipt.objects.update(asked_at=clock.now() - timedelta(hours=2))
    assert messages.look_up(message.receipt, origin="here", today=TODAY)


def test_the_page_says_so_and_shows_nothing(client):
    message = made.answered()
    allow(1)
    page = reverse("deputies:receipt")
    assert client.post(page, {"number": "AAAAAAAA"}).status_code == 404
    stopped = client.post(page, {"number": message.receipt})
    shown = text(stopped)
    assert stopped.status_code == 429
    assert ("一小时以后再查" in shown, "已报修" in shown) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_all_counted():
    allow(3)
    how = {"origin": "here", "today": TODAY}
    at_once(4, messages.look_up, "AAAAAAAA", **how)
    with pytest.raises(Refused):
        messages.look_up("AAAAAAAA", **how)


def test_purge_contacts_leaves_nothing_that_leads_to_the_voter():
    old, open_one = made.answered(), made.sent(origin="b")
    assert messages.purge_contacts(TODAY + timedelta(days=180)) == 0
    with on(TODAY + timedelta(days=181)):
        assert (tasks.purge_contacts(), tasks.purge_contacts()) == (1, 0)
    old.refresh_from_db()
    open_one.refresh_from_db()
    assert (old.contact, old.caller) == ("", "")
    assert open_one.contact == "13987654321"
    with pytest.raises(Refused, match="到期删除"):
        messages.reveal_contact(old, by=make.as_deputy(old.deputy), today=TODAY)


@pytest.mark.parametrize("begun", [made.sent, made.raised])
def test_a_contact_goes_in_the_end_even_where_nobody_answered(begun):
    message = begun()
    assert messages.purge_contacts(TODAY + timedelta(days=365)) == 0
    assert messages.purge_contacts(TODAY + timedelta(days=366)) == 1
    message.refresh_from_db()
    assert (message.contact, message.caller, message.words != "") == ("", "", True)


def test_where_requests_came_from_is_forgotten_the_next_day():
    made.sent()
    messages.look_up("AAAAAAAA", origin="here", today=TODAY)
    messages.purge_contacts(TODAY)
    assert (Message.objects.get().origin, WrongReceipt.objects.count()) == ("here", 1)
    messages.purge_contacts(TODAY + A_DAY)
    assert (Message.objects.get().origin, WrongReceipt.objects.count()) == ("", 0)


@pytest.mark.django_db(transaction=True)
def test_the_limit_of_wrong_numbers_holds_when_many_ask_at_once():
    allow(2)
    outcomes = at_once(6, messages.look_up, "AAAAAAAA", origin="here", today=TODAY)
    assert outcomes.count("refused") == 4
    assert WrongReceipt.objects.count() == 2


def test_what_was_written_to_a_code_renewed_meanwhile_is_given_back(client):
    deputy = make.deputy("罗明贵")
    page = reverse("deputies:send_message", args=[deputy.code])
    messages.renew_code(deputy, reason="卡片遗失", by=make.actor())
    answer = client.post(page, {"words": "四组的路灯坏了三盏"})
    body = answer.content.decode()
    assert ("四组的路灯坏了三盏" in body, "罗明贵" in body) == (True, False)
    assert answer.status_code == 410
    assert "刚刚停用了" in body
