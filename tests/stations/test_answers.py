"""报名、请假: each deputy's word, and who decides on a leave."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from stations.actions import answers, calls
from stations.models import Invitee
from stations.states import InviteeState
from tests import make
from tests.race import at_once
from tests.stations.call_walk import DAY, TODAY, Place, at, called, invitee


def test_sign_up_is_one_word_and_the_call_asks_no_more(today):
    place = Place()
    activity, person = called(place), place.people[1]
    row = answers.sign_up(invitee(activity, person), by=make.as_deputy(person), today=TODAY)
    assert row.state == InviteeState.COMING
    assert not Notice.objects.filter(person=person.user, read_at=None).exists()
    step = AuditEvent.objects.get(subject="stations.Invitee")
    assert (step.was, step.now, step.by_id) == ("asked", "coming", person.user.pk)
    with pytest.raises(Refused, match="已经报名"):
        answers.sign_up(row, by=make.as_deputy(person), today=TODAY)


def test_answers_are_the_deputy_s_or_the_organiser_s_until_the_day(today):
    place = Place()
    activity, person = called(place), place.people[1]
    row, own = invitee(activity, person), make.as_deputy(person)
    others = (place.stranger, make.as_deputy(place.people[2]), make.actor(Role.LEADER))
    for by in others:
        with pytest.raises(Refused, match="由代表本人答复"):
            answers.sign_up(row, by=by, today=TODAY)
        with pytest.raises(Refused, match="由代表本人答复"):
            answers.ask_activity_leave(row, reason="住院", by=by, today=TODAY)
    with pytest.raises(Refused, match="5 月 19 日截止"):
        answers.sign_up(row, by=own, today=DAY)
    with pytest.raises(Refused, match="请写明请假原因"):
        answers.ask_activity_leave(row, reason="。", by=own, today=DAY)
    answers.sign_up(row, by=place.clerk, today=DAY)
    assert (
        "替您答复了“察看桃园村水渠”：报名参加"
        in Notice.objects.filter(person=person.user).latest("pk").text
    )
    answers.ask_activity_leave(row, reason="住院", by=own, today=DAY)
    with pytest.raises(Refused, match="日期已过"):
        answers.sign_up(row, by=place.clerk, today=DAY + timedelta(days=1))
    calls.call_off_activity(activity, why="下大雨", by=place.clerk)
    for verb, more in (
        (answers.sign_up, {"by": own, "today": TODAY}),
        (answers.grant_activity_leave, {"by": place.clerk}),
    ):
        with pytest.raises(Refused, match="已取消"):
            verb(row, **more)


def test_a_leave_is_granted_or_refused_by_name_and_never_one_s_own(today):
    place = Place()
    activity, person = called(place, place.convenor), place.people[1]
    row, own = invitee(activity, person), make.as_deputy(person)
    with pytest.raises(Refused, match="等答复"):
        answers.grant_activity_leave(row, by=place.clerk)
    answers.ask_activity_leave(row, reason="住院", by=own, today=TODAY)
    asked = Notice.objects.get(person=place.convenor.user, key__startswith="stations.leave_asked")
    assert asked.text == f"{person.name}请假：“察看桃园村水渠”，住院，请批。"
    for by in (place.stranger, make.actor(Role.LEADER)):
        with pytest.raises(Refused, match="由组织这次活动的一方批"):
            answers.grant_activity_leave(row, by=by)
        with pytest.raises(Refused, match="由组织这次活动的一方批"):
            answers.refuse_activity_leave(row, words="人少", by=by)
    with pytest.raises(Refused, match="请写明不准假的原因"):
        answers.refuse_activity_leave(row, words="。", by=place.convenor)
    row = answers.refuse_activity_leave(row, words="只缺您一位", by=place.convenor)
    assert (row.state, row.decided_by) == (InviteeState.LEAVE_REFUSED, place.convenor.user)
    assert "不准假：只缺您一位" in Notice.objects.filter(person=person.user).latest("pk").text
    asked.refresh_from_db()
    assert asked.read_at
    answers.ask_activity_leave(row, reason="医生不让走", by=own, today=TODAY)
    row = answers.grant_activity_leave(row, by=place.clerk)
    assert (row.state, row.decided_by) == (InviteeState.LEAVE_GRANTED, place.clerk.user)
    row = answers.sign_up(row, by=own, today=TODAY)
    assert (row.state, row.reason, row.decided_by) == (InviteeState.COMING, "", None)

    answers.ask_activity_leave(row, reason="又住院", by=own, today=TODAY)
    answers.sign_up(row, by=own, today=TODAY)
    waits = Notice.objects.filter(key__startswith="stations.leave_asked", read_at=None)
    assert not waits.exists()
    hours = (activity.starts_at + timedelta(days=1), activity.ends_at + timedelta(days=1))
    moved = {"starts_at": hours[0], "ends_at": hours[1], "place": "河边", "why": "下雨"}
    calls.move_activity(activity, **moved, by=place.convenor, today=TODAY)
    again = Notice.objects.filter(person=person.user, key__startswith="stations.call_again:")
    assert "请重新答复" in again.get().text
    row.refresh_from_db()
    answers.sign_up(row, by=own, today=TODAY)
    assert again.get().read_at
    mine = invitee(activity, place.people[0])
    answers.ask_activity_leave(mine, reason="出差", by=place.convenor, today=TODAY)
    with pytest.raises(Refused, match="自己的假由别人批"):
        answers.grant_activity_leave(mine, by=place.convenor)


@pytest.mark.django_db(transaction=True)
def test_at_once_each_answer_and_each_decision_is_one():
    with clock.at(at(TODAY, 10)):
        place = Place()
        activity = called(place)
        own = [make.as_deputy(each) for each in place.people]
        first, second, third = (invitee(activity, each) for each in place.people)
        one = ["done", "refused"]
        assert at_once(2, lambda: answers.sign_up(first, by=own[0], today=TODAY)) == one

        def ask(row, by):
            return answers.ask_activity_leave(row, reason="住院", by=by, today=TODAY)

        assert at_once(2, lambda: ask(second, own[1])) == one
        assert at_once(2, lambda: answers.grant_activity_leave(second, by=place.clerk)) == one
        ask(third, own[2])
        refuse = {"words": "人少", "by": place.clerk}
        assert at_once(2, lambda: answers.refuse_activity_leave(third, **refuse)) == one
    assert Invitee.objects.filter(state=InviteeState.LEAVE_GRANTED).count() == 1


def test_the_database_keeps_an_answer_whole_when_code_forgets(today):
    place = Place()
    row = invitee(called(place), place.people[1])
    for facts, name in (
        ({"state": "coming"}, "invitee_answered"),
        ({"state": "leave_asked", "answered_at": clock.now()}, "invitee_on_leave"),
        ({"decided_at": clock.now()}, "invitee_decided"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Invitee.objects.filter(pk=row.pk).update(**facts)
