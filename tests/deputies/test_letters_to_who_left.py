"""群众留言 to a deputy who has left or rests: no voter waits for somebody who cannot answer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import Post
from congress.shared.roles import STAFF, Role
from deputies.actions import messages
from deputies.models import Message
from deputies.queries import messages as queries
from deputies.states import MessageState
from stations.actions import issues
from tests import make
from tests.deputies import seats
from tests.deputies import voters as made
from tests.scoring.year import as_, text
from tests.stations.test_issues import station

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]
TODAY = make.TODAY
NEXT = TODAY + timedelta(days=1)


def left():
    """A message that waits, and its deputy gone since today."""
    message = made.sent()
    make.leaves(message.deputy, TODAY)
    return message


@pytest.mark.parametrize("role", sorted(STAFF))
def test_the_office_answers_in_the_place_of_who_has_left(role):
    message = left()
    by = make.actor(role)
    done = messages.answer_message(message, answer="已转新任代表。", by=by, today=TODAY)
    found = queries.receipt(message.receipt, TODAY)
    assert (done.state, done.ended_by, found.answer) == ("answered", by.user, "已转新任代表。")


def test_the_office_hands_it_to_a_station_of_the_last_township():
    message, place = left(), station()
    row = issues.raise_issue(message, station=place, title="路灯", by=make.actor(), today=TODAY)
    assert row.message.state == MessageState.RAISED


def test_the_office_answers_for_nobody_who_serves_and_nobody_else_for_who_left():
    message = made.sent()
    with pytest.raises(Refused, match="代表本人"):
        messages.answer_message(message, answer="好", by=make.actor(), today=TODAY)
    gone = left()
    for role in sorted(set(Role) - STAFF):
        with pytest.raises(Refused, match="代表本人"):
            messages.answer_message(gone, answer="好", by=make.actor(role), today=TODAY)


def test_who_has_left_answers_no_more_and_sees_no_contact_from_that_day_on():
    message = made.sent()
    by = make.as_deputy(message.deputy)
    seats.terminated(message.deputy.mandates.get(), on=NEXT, today=NEXT)
    assert messages.reveal_contact(message, by=by, today=TODAY)
    for act in (
        lambda: messages.reveal_contact(message, by=by, today=NEXT),
        lambda: messages.answer_message(message, answer="好", by=by, today=NEXT),
    ):
        with pytest.raises(Refused, match="代表本人"):
            act()


def test_who_rests_answers_nothing_and_the_office_sees_to_it():
    message = made.sent()
    seats.suspended(message.deputy)
    with pytest.raises(Refused, match="代表本人"):
        made.answered(message)
    assert made.answered(message, by=make.actor()).state == MessageState.ANSWERED


def test_another_post_opens_no_old_letters(client):
    message = left()
    Post.objects.filter(user=message.deputy.user).delete()
    as_(client, make.actor(Role.KEEPER, user=message.deputy.user))
    assert client.get(reverse("deputies:message", args=[message.pk])).status_code == 404
    assert "路灯" not in text(client.get(reverse("deputies:messages")))


def test_voter_and_office_are_told_who_answers(client):
    message = left()
    shown = text(client.post(reverse("deputies:receipt"), {"number": message.receipt}))
    assert ("等代工委答复" in shown, "不再执行代表职务" in shown) == (True, True)
    assert list(Message.objects.left_alone(TODAY)) == [message]
    as_(client, make.actor())
    page = text(client.get(reverse("deputies:message", args=[message.pk])))
    assert ("由代工委答复" in page, "13987654321" in page) == (True, False)
    answer = reverse("deputies:answer_message", args=[message.pk])
    client.post(answer, {"answer": "新任代表已去看过。"})
    assert queries.receipt(message.receipt, TODAY).state == "已答复"
