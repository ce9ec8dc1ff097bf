"""一码二亮: identity and promises behind a code, and a voter's word that comes back answered."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.urls import reverse

from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.http import origin_of
from congress.shared.models import AuditEvent, Notice, Setting
from congress.shared.roles import STAFF, Role
from deputies.actions import messages
from deputies.actions.messages import Letter, Promise
from deputies.models import Message, Pledge, RetiredCode
from deputies.queries import messages as queries
from deputies.states import Measure, MessageState
from tests import make
from tests.deputies import seats
from tests.deputies import voters as made
from tests.race import at_once
from tests.scoring.year import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]
TODAY = make.TODAY


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(rows.values_list("was", "now", "note"))


def test_renew_code_is_random_and_the_old_one_leads_to_nobody(client):
    deputy = make.deputy()
    old = deputy.code
    deputy = messages.renew_code(deputy, reason="卡片遗失", by=make.actor())
    assert (deputy.code != old, len(deputy.code)) == (True, 22)
    assert RetiredCode.objects.get().code == old
    assert trail(deputy)[-1] == ("", "code_renewed", "卡片遗失")
    gone = client.get(reverse("home:deputy", args=[old]))
    assert (gone.status_code, deputy.name in text(gone)) == (410, False)
    assert "这个码已经停用" in text(gone)
    assert client.get(reverse("home:deputy", args=[deputy.code])).status_code == 200


def test_codes_and_receipts_are_random_enough():
    codes = {make.deputy(levels=()).code for _ in range(50)}
    assert len({code[:8] for code in codes}) == 50
    receipts = {made.sent(origin=str(n)).receipt for n in range(30)}
    assert len(receipts) == 30
    assert all(re.fullmatch("[2-9A-HJKMNP-Z]{8}", each) for each in receipts)


def test_pledge_replaces_what_stood_and_leaves_its_trail():
    deputy = make.deputy()
    made.pledged(deputy, "每月到站接待", "七天内有回音")
    messages.pledge(
        deputy,
        promises=[Promise("每年走访十户", Measure.CONTACTS, 10)],
        by=make.as_deputy(deputy),
        today=TODAY,
    )
    assert [(p.position, p.text, p.target) for p in deputy.pledges.all()] == [
        (1, "每年走访十户", 10)
    ]
    assert trail(deputy)[-1] == ("", "pledged", "每年走访十户")


def test_send_message_tells_the_deputy_and_not_who_wrote():
    deputy = make.deputy()
    message = messages.send_message(
        deputy, letter=made.LETTER, origin="here", by=SYSTEM, today=TODAY
    )
    notice = Notice.objects.get(person=deputy.user)
    assert (message.state, trail(message)) == (MessageState.SENT, [("", "sent", "")])
    assert not re.search("罗大姐|139|路灯", notice.text)


def test_answer_message_is_what_the_voter_reads_behind_the_receipt():
    message = messages.answer_message(
        (one := made.sent()), answer="已报修。", by=make.as_deputy(one.deputy), today=TODAY
    )
    found = queries.receipt(message.receipt.lower(), TODAY)
    assert (found.state, found.answer, found.deputy) == ("已答复", "已报修。", message.deputy.name)
    assert trail(message)[-1] == ("sent", "answered", "")
    assert not Notice.objects.unread(message.deputy.user).exists(), "it asks no more"


def test_close_message_says_why():
    message = made.sent()
    message = messages.close_message(message, reason="属于广告。", by=make.actor(), today=TODAY)
    assert queries.receipt(message.receipt, TODAY).answer == "属于广告。"
    assert trail(message)[-1][:2] == ("sent", "closed")


def test_reveal_contact_is_noted_each_time():
    message = made.sent()
    by = make.as_deputy(message.deputy)
    assert messages.reveal_contact(message, by=by, today=TODAY) == "13987654321"
    assert trail(message)[-1] == ("", "contact_revealed", "")


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_a_wrong_role_is_refused(role):
    message, by = made.sent(), make.actor(role)
    for act, why in (
        (lambda: messages.renew_code(message.deputy, reason="x", by=by), "只有代工委"),
        (lambda: made.pledged(message.deputy, by=by), "代表本人"),
        (lambda: made.answered(message, by=by), "代表本人"),
        (lambda: made.closed(message, by=by), "代表本人"),
        (lambda: messages.reveal_contact(message, by=by, today=TODAY), "代表本人"),
    ):
        with pytest.raises(Refused, match=why):
            act()


def test_even_the_office_sees_no_contact_and_answers_for_nobody():
    message = made.sent()
    for act in (
        lambda by: messages.reveal_contact(message, by=by, today=TODAY),
        lambda by: made.answered(message, by=by),
    ):
        with pytest.raises(Refused, match="代表本人"):
            act(make.actor())


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (act, state)
        for act in (made.answered, made.closed)
        for state in MessageState
        if state != MessageState.SENT
    ],
)
def test_what_is_ended_or_handed_on_is_not_answered_again(act, state):
    message = made.IN_STATE[state]()
    with pytest.raises(Refused):
        act(message)
    message.refresh_from_db()
    assert message.state == state


def test_who_rests_or_has_left_gets_no_message_and_promises_nothing():
    deputy, gone = make.deputy(), make.deputy()
    seats.suspended(deputy)
    make.leaves(gone, TODAY)
    for person in (deputy, gone):
        with pytest.raises(Refused, match="不能接收留言"):
            made.sent(person)
        with pytest.raises(Refused, match="不是在任代表"):
            made.pledged(person)


def test_pledges_are_three_and_each_another():
    with pytest.raises(Refused, match="最多 3 条"):
        made.pledged(None, "一", "二", "三", "四")
    with pytest.raises(Refused, match="写得一样"):
        made.pledged(None, "一", "一")


def test_a_flood_from_one_place_or_to_one_deputy_is_stopped():
    for _ in range(5):
        made.sent()
    with pytest.raises(Refused, match="一小时以后"):
        made.sent()
    made.sent(origin="elsewhere")
    Setting.objects.create(
        key="deputies.messages_a_day", value=2, from_on=make.ELECTED_ON, basis="试"
    )
    deputy = make.deputy()
    made.sent(deputy, origin="a")
    made.sent(deputy, origin="b")
    with pytest.raises(Refused, match="今天收到的留言太多"):
        made.sent(deputy, origin="c")


def test_an_origin_leads_to_nobody_and_is_another_one_tomorrow():
    request = RequestFactory().get("/", REMOTE_ADDR="10.1.2.3")
    today, same = origin_of(request, TODAY), origin_of(request, TODAY)
    assert (today == same, "10.1.2.3" in today, len(today) <= 64) == (True, False, True)
    assert origin_of(request, TODAY + timedelta(days=1)) != today


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["answer_message", "close_message"])
def test_of_two_at_once_one_is_refused(name):
    message = made.sent()
    by = make.as_deputy(message.deputy)
    word = {"answer_message": "answer", "close_message": "reason"}[name]
    said = {word: "好", "by": by, "today": TODAY}
    assert at_once(2, getattr(messages, name), message, **said) == ["done", "refused"]


@pytest.mark.django_db(transaction=True)
def test_reveal_contact_at_once_is_noted_as_often_as_it_was_looked_at():
    message = made.sent()
    how = {"by": make.as_deputy(message.deputy), "today": TODAY}
    assert at_once(2, messages.reveal_contact, message, **how) == ["done", "done"]
    assert [deed for _, deed, _ in trail(message)].count("contact_revealed") == 2


@pytest.mark.django_db(transaction=True)
def test_at_once_pledges_stand_whole_and_the_code_is_renewed_once():
    deputy = make.deputy()
    by = make.as_deputy(deputy)
    said = {"promises": [Promise("一"), Promise("二")], "by": by, "today": TODAY}
    assert at_once(2, messages.pledge, deputy, **said) == ["done", "done"]
    assert deputy.pledges.count() == 2
    outcomes = at_once(2, messages.renew_code, deputy, reason="换", by=make.actor())
    assert outcomes == ["done", "refused"]
    deputy.refresh_from_db()
    codes = set(RetiredCode.objects.values_list("code", flat=True))
    assert (len(codes), deputy.code in codes) == (1, False)


@pytest.mark.django_db(transaction=True)
def test_a_flood_at_once_is_stopped_too():
    deputy, numbers = make.deputy(), count()

    def write():
        return made.sent(deputy, letter=Letter(f"第 {next(numbers)} 盏路灯坏了"), origin="x")

    assert at_once(8, write).count("done") == 5


@pytest.mark.django_db(transaction=True)
def test_send_message_at_once_is_one_message_with_one_receipt():
    deputy = make.deputy()
    assert at_once(3, made.sent, deputy) == ["done", "done", "done"]
    assert (Message.objects.count(), Notice.objects.count()) == (1, 1)
    assert made.sent(deputy).receipt == Message.objects.get().receipt
    made.sent(deputy, origin="elsewhere")
    assert Message.objects.count() == 2


def test_the_constraints_hold_when_code_forgets():
    message = made.sent()
    with (
        pytest.raises(IntegrityError, match="message_ended_has_words_who_and_when"),
        transaction.atomic(),
    ):
        Message.objects.filter(pk=message.pk).update(state=MessageState.ANSWERED)
    row = made.pledged()[0]
    for facts, name in (({"position": 4}, "pledge_is_one_of_three"), ({"text": ""}, "says")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Pledge.objects.filter(pk=row.pk).update(**facts)


def test_masks_keep_enough_to_tell_and_too_little_to_reach():
    assert [queries.masked(each) for each in ("", "123", "13987654321", "a@b.example")] == [
        "",
        "***",
        "13*******21",
        "a@*******le",
    ]


def test_a_year_of_answers_is_counted():
    deputy = make.deputy()
    made.answered(made.sent(deputy, origin="a"))
    late = made.answered(made.sent(deputy, origin="b"))
    Message.objects.filter(pk=late.pk).update(sent_at=clock.now() - timedelta(days=9))
    made.sent(deputy, origin="c", letter=Letter("又一件小事情"))
    made.closed(made.sent(deputy, origin="d"))
    seen = queries.answered(deputy, TODAY.year, TODAY)
    assert (seen.sent, seen.on_time, seen.late, seen.waiting) == (3, 1, 1, 1)
