"""通知活动: called with notice, moved and called off with word to all, held, reported."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import ORGANISERS, Role
from deputies.actions.photos import Photo
from deputies.models import DutyRecord
from stations.actions import answers, attendance, calls, campaigns, checkins
from stations.actions.events import Mark
from stations.models import (
    Activity,
    ActivityPhoto,
    Attendance,
    CheckIn,
    CheckInWay,
    Invitee,
    Presence,
    Tag,
)
from stations.permissions.calls import Circle
from stations.queries.calls import roll
from stations.queries.events import turnout
from stations.states import ActivityState, InviteeState
from tests import make
from tests.race import at_once, meanwhile
from tests.stations.call_walk import (
    DAY,
    TODAY,
    Place,
    at,
    called,
    campaign,
    invitee,
    meeting,
    squad,
)
from tests.stations.test_events import item


def notices_of(person):
    return list(
        Notice.objects.filter(person=person.user).order_by("pk").values_list("text", flat=True)
    )


def held(activity, place, marks=None):
    everybody = {each.pk: Mark() for each in place.people}
    with clock.at(at(DAY, 16)):
        return calls.hold_activity(activity, marks=marks or everybody, by=place.clerk, today=DAY)


def test_call_activity_tells_everybody_and_leaves_a_trail(today):
    place = Place()
    activity = called(place, tags=list(Tag.objects.all()[:2]))

    assert (activity.state, activity.held_on, activity.answer_by) == (
        ActivityState.CALLED,
        DAY,
        DAY - timedelta(days=1),
    )
    assert set(activity.invitees.values_list("deputy", flat=True)) == {p.pk for p in place.people}
    assert notices_of(place.people[1]) == [
        "请您参加：“察看桃园村水渠”，5 月 20 日（周三）9:00—11:00，桃园村。"
        "请在 5 月 19 日（周二）前报名或请假。"
    ]
    assert activity.tags.count() == 2
    step = AuditEvent.objects.get(subject="stations.Activity")
    assert (step.now, step.by_id, step.note) == ("called", place.clerk.user.pk, "通知 3 人")
    assert not Attendance.objects.exists()


def test_call_activity_is_refused_to_others_too_late_and_twice(today):
    place = Place()
    for role in sorted(set(Role) - ORGANISERS):
        with pytest.raises(Refused, match="活动由召集人"):
            called(place, make.actor(role))
    whole = Circle(assembly=make.assembly())
    for by, said, words in (
        (place.stranger, {}, "不归您通知"),
        (place.clerk, {"circle": whole}, "全体代表的到场由代工委"),
        (place.clerk, {"item": item("C2")}, "不由组织方"),
        (place.clerk, {"starts_at": at(TODAY, 9), "ends_at": at(TODAY, 11)}, "提前 3 天"),
        (place.clerk, {"ends_at": at(DAY, 9)}, "结束时间要晚于"),
        (place.clerk, {"ends_at": at(DAY + timedelta(days=1), 9)}, "同一天里"),
    ):
        with pytest.raises(Refused, match=words):
            called(place, by, **said)
    circle, again = Circle(group=place.group), {"meeting": meeting(), "today": TODAY}
    calls.call_activity(circle, **again, by=place.keeper)
    with pytest.raises(Refused, match="已经有了"):
        calls.call_activity(circle, **again, by=place.clerk)


def test_a_squad_is_called_alone_and_its_activity_is_the_group_s(today):
    place = Place()
    few = squad(place)
    activity = called(place, circle=Circle(group=place.group, squad=few))
    assert activity.invitees.count() == 2
    assert called(place).pk != activity.pk  # the same for the whole group is another one
    assert list(Activity.objects.visible_to(place.convenor)) != []


def test_move_activity_asks_anew_for_a_new_time_and_not_for_a_new_place(today):
    place = Place()
    activity, person = called(place), place.people[1]
    answers.sign_up(invitee(activity, person), by=make.as_deputy(person), today=TODAY)
    hours = {"starts_at": activity.starts_at, "ends_at": activity.ends_at}
    moved = {"by": place.clerk, "today": TODAY, "why": "下雨"}

    activity = calls.move_activity(activity, **hours, place="村部", **moved)
    assert invitee(activity, person).state == InviteeState.COMING
    assert "村部。原因：下雨" in notices_of(person)[-1]

    later = {
        "starts_at": at(DAY + timedelta(days=7), 15),
        "ends_at": at(DAY + timedelta(days=7), 17),
    }
    activity = calls.move_activity(activity, **later, place="村部", **moved)
    assert invitee(activity, person).state == InviteeState.ASKED
    assert "5 月 27 日（周三）15:00—17:00，村部。请重新答复" in notices_of(person)[-1]
    assert AuditEvent.objects.filter(now="activity_moved").count() == 2

    with pytest.raises(Refused, match="都没有变"):
        calls.move_activity(activity, **later, place="村部", **moved)
    with pytest.raises(Refused, match="组织这次活动的一方"):
        calls.move_activity(activity, **hours, place="村部", **{**moved, "by": place.stranger})
    soon = {"starts_at": at(TODAY, 15), "ends_at": at(TODAY, 17)}
    with pytest.raises(Refused, match="提前 3 天"):
        calls.move_activity(activity, **soon, place="村部", **moved)


def test_call_off_activity_tells_everybody_why_and_frees_its_name(today):
    place = Place()
    activity = called(place)
    with pytest.raises(Refused, match="请写明取消原因"):
        calls.call_off_activity(activity, why="。", by=place.clerk)
    with pytest.raises(Refused, match="组织这次活动的一方"):
        calls.call_off_activity(activity, why="下大雨", by=place.stranger)
    calls.call_off_activity(activity, why="下大雨", by=place.clerk)
    assert "活动取消了" in notices_of(place.people[2])[-1]
    open_calls = Notice.objects.filter(key=f"stations.call:{activity.pk}", read_at=None)
    assert not open_calls.exists()
    for verb, more in (
        (calls.call_off_activity, {"why": "再取消"}),
        (calls.hold_activity, {"marks": {}, "today": DAY}),
    ):
        with pytest.raises(Refused, match="已取消"):
            verb(activity, by=place.clerk, **more)
    assert called(place).state == ActivityState.CALLED


def test_hold_activity_begins_with_what_is_known_and_tells_duties(today):
    place = Place()
    first, second, third = place.people
    activity = called(place)
    answers.sign_up(invitee(activity, first), by=make.as_deputy(first), today=TODAY)
    away = invitee(activity, second)
    answers.ask_activity_leave(away, reason="住院", by=make.as_deputy(second), today=TODAY)
    answers.grant_activity_leave(away, by=place.clerk)

    foreseen = roll(activity)[1]
    granted = (Presence.LEAVE, place.clerk.name)
    assert foreseen == {first.pk: ("", ""), second.pk: granted, third.pk: ("", "")}
    now = clock.now()
    by = {"entered_by": place.clerk.user, "way": CheckInWay.CARD, "at": now, "received_at": now}
    CheckIn.objects.create(activity=activity, deputy=third, **by)
    foreseen = roll(activity)[1]
    assert (foreseen[first.pk][0], foreseen[third.pk][0]) == ("", "present")

    marks = {first.pk: Mark(), second.pk: Mark(*granted), third.pk: Mark(Presence.ABSENT)}
    with pytest.raises(Refused, match="日期还没到"):
        calls.hold_activity(activity, marks=marks, by=place.clerk, today=TODAY)
    with pytest.raises(Refused, match="到场由召集人"):
        calls.hold_activity(activity, marks=marks, by=place.stranger, today=DAY)
    with pytest.raises(Refused, match="还有 2 人没有登记"):
        held(activity, place, {first.pk: Mark()})
    with pytest.raises(Refused, match="不在应到范围"):
        held(activity, place, {**marks, make.deputy().pk: Mark()})
    activity = held(activity, place, marks)
    assert activity.state == ActivityState.HELD
    record = DutyRecord.objects.get()
    came = activity.attendances.get(deputy=first)
    assert (record.deputy, record.source) == (first, came.duty_source)
    with pytest.raises(Refused, match="已经登记过到场"):
        held(activity, place, marks)
    with pytest.raises(Refused, match="已举行"):
        calls.call_off_activity(activity, why="下大雨", by=place.clerk)


def test_invite_more_calls_others_before_the_roll(today):
    place = Place()
    activity, late = called(place), make.deputy("陈新来")
    elsewhere = make.deputy(of=make.group("桃源乡第一代表小组", make.township("桃源乡")))
    invite = {"deputies": [late], "by": place.clerk, "today": TODAY}
    for said, words in (
        ({"by": place.stranger}, "组织这次活动的一方"),
        ({"deputies": []}, "请选要请的代表"),
        ({"deputies": [late, place.people[0]]}, "已经通知过"),
        ({"deputies": [late, elsewhere]}, "不归您请"),
        ({"today": DAY + timedelta(days=1)}, "活动日期已过"),
    ):
        with pytest.raises(Refused, match=words):
            calls.invite_more(activity, **{**invite, **said})
    for role in sorted(set(Role) - ORGANISERS):
        with pytest.raises(Refused, match="组织这次活动的一方"):
            calls.invite_more(activity, **{**invite, "by": make.actor(role)})
    calls.invite_more(activity, **invite)
    assert "请您参加：“察看桃园村水渠”" in notices_of(late)[0]
    assert len(notices_of(place.people[1])) == 1, "who knows already is not told again"
    step = AuditEvent.objects.get(now="invited_more")
    assert (step.note, step.by_id) == ("1 人：陈新来", place.clerk.user.pk)
    answers.sign_up(invitee(activity, late), by=make.as_deputy(late), today=TODAY)
    calls.invite_more(activity, **{**invite, "deputies": [elsewhere], "by": place.office})
    with pytest.raises(IntegrityError, match="invitee_once"), transaction.atomic():
        Invitee.objects.create(activity=activity, deputy=late)
    people = [*place.people, late, elsewhere]
    guest = make.deputy("郑自来", of=elsewhere.membership_set.get().group)
    with clock.at(at(DAY, 16)):
        marks = {each.pk: Mark() for each in people}
        hold = {"marks": marks, "guests": [guest], "by": place.clerk, "today": DAY}
        calls.hold_activity(activity, **hold)
    ((_, lines),) = turnout(activity)
    assert {line.name for line in lines if line.guest} == {"郑自来"}
    assert DutyRecord.objects.filter(deputy=guest).exists()
    with pytest.raises(Refused, match="已举行，不能再请人"):
        calls.invite_more(activity, **{**invite, "deputies": [guest]})


def test_report_activity_is_written_once_it_was_held_and_may_be_put_right(today):
    place = Place()
    activity = called(place)
    with pytest.raises(Refused, match="举行并登记到场以后"):
        calls.report_activity(activity, report="看了水渠。", by=place.clerk)
    held(activity, place)
    with pytest.raises(Refused, match="组织这次活动的一方"):
        calls.report_activity(activity, report="看了水渠。", by=place.stranger)
    for words in ("看了水渠。", "看了水渠，漏水三处。"):
        activity = calls.report_activity(activity, report=words, by=place.clerk)
    assert (activity.report, activity.reported_by) == ("看了水渠，漏水三处。", place.clerk.user)
    assert AuditEvent.objects.filter(now="activity_reported").count() == 2


def nobody_comes_in_between(activity, place):
    """A roll and a check-in, a closing campaign and a call: the second waits for the first."""
    first, second = place.people[1:3]
    everybody = {each.pk: Mark(Presence.ABSENT) for each in place.people}
    roll = {"marks": everybody, "seen": 0, "by": place.clerk, "today": DAY}

    def comes(person):
        sent = {"sent": checkins.Sent(uuid4()), "reason": "手机没电", "by": place.clerk}
        with clock.at(at(DAY, 10)):
            checkins.note_arrival(person, activity=activity, way=CheckInWay.HAND, **sent)

    def holds():
        with clock.at(at(DAY, 16)):
            calls.hold_activity(activity, **roll)

    with pytest.raises(Refused, match=f"不是到场的：{first.name}。"):
        meanwhile(lambda: comes(first), holds)
    roll["seen"] = 1
    meanwhile(holds, lambda: comes(second))  # signed in before the roll, sent after it
    told = Notice.objects.get(person=place.clerk.user, key__startswith="stations.check_in_after")
    assert second.name in told.text

    theme = campaign(place.office)
    topic = campaigns.set_topic(theme, title="修水渠", by=place.office)

    def calls_in_it():
        with clock.at(at(TODAY, 10)):
            called(place, title="第四次", topic=topic)

    with pytest.raises(Refused, match="选题已经撤了"):
        meanwhile(
            lambda: campaigns.close_campaign(theme, outcome="办成三件实事", by=place.office),
            calls_in_it,
        )


@pytest.mark.django_db(transaction=True)
def test_at_once_one_is_called_moved_held_and_called_off():
    with clock.at(at(TODAY, 10)):
        place = Place()
        circle = Circle(group=place.group)
        assert at_once(2, lambda: called(place, circle=circle)) == ["done", "refused"]
        activity = Activity.objects.get()
        later = {"starts_at": at(DAY, 15), "ends_at": at(DAY, 17), "place": "村部", "why": "下雨"}
        moved = at_once(
            2, lambda: calls.move_activity(activity, **later, by=place.clerk, today=TODAY)
        )
        assert moved == ["done", "refused"]
        more = {"deputies": [make.deputy("陈新来")], "by": place.clerk, "today": TODAY}
        both = at_once(2, lambda: calls.invite_more(activity, **more))
        assert both == ["done", "refused"]
        place.people += more["deputies"]
    assert at_once(2, lambda: held(activity, place)) == ["done", "refused"]
    assert (Attendance.objects.count(), DutyRecord.objects.count()) == (4, 4)
    row = activity.attendances.get(deputy=place.people[1])
    ask = {"words": "我没去", "by": make.as_deputy(place.people[1])}
    assert at_once(2, lambda: attendance.contest_attendance(row, **ask)) == ["done", "refused"]
    wrong = {"was": "present", "mark": Mark(Presence.ABSENT), "why": "没去", "by": place.clerk}
    assert at_once(2, lambda: attendance.correct_attendance(row, **wrong)) == ["done", "refused"]
    assert DutyRecord.objects.filter(state="withdrawn").count() == 1
    late = {"deputies": [make.deputy("郑自来")], "why": "漏了", "by": place.clerk}
    both = at_once(2, lambda: attendance.add_to_roll(activity, **late))
    assert both == ["done", "refused"]
    place.people += late["deputies"]
    said = {"report": "看了水渠。", "photos": [Photo(b"one", 4, 3)], "by": place.clerk}
    assert at_once(2, lambda: calls.report_activity(activity, **said)) == ["done", "done"]
    assert (Activity.objects.get().report, ActivityPhoto.objects.count()) == ("看了水渠。", 1)
    with clock.at(at(TODAY, 10)):
        other = called(place, title="另一次")
    off = {"why": "下大雨", "by": place.clerk}
    nobody_comes_in_between(called(place, title="第三次", today=TODAY), place)
    assert at_once(2, lambda: calls.call_off_activity(other, **off)) == ["done", "refused"]


def test_the_database_keeps_a_call_whole_when_code_forgets(today):
    place = Place()
    activity = called(place)
    for field, value, name in (
        ("ends_at", activity.starts_at, "activity_called_has"),
        ("state", "held", "activity_held_has"),
        ("state", "called_off", "activity_called_off_has"),
        ("report", "看了", "activity_reported_has"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Activity.objects.filter(pk=activity.pk).update(**{field: value})
