"""登记到场: one form for everybody who was called."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import ORGANISERS, Role
from deputies.models import DutyItem, DutyRecord
from stations.actions import attendance, events
from stations.actions.events import Mark
from stations.models import Activity, Attendance, Presence
from stations.permissions import why_not_roll_call
from tests import make
from tests.race import at_once

LEAVE, ABSENT = Mark(Presence.LEAVE, "主席王建国"), Mark(Presence.ABSENT)
PAGE = "/stations/roll-call/"


def item(code="A2"):
    return DutyItem.objects.get(code=code)


def facts(people, by, **more):
    """What an organiser fills in, ready for `roll_call`."""
    return {
        "item": item(),
        "title": "5 月小组活动",
        "held_on": clock.today(),
        "place": "桃园村",
        "group": make.group(),
        "marks": {person.pk: Mark() for person in people},
        "by": by,
        **more,
    }


def convenor(group=None):
    by = make.actor(Role.CONVENOR)
    place = group or make.group()
    place.convenor = by.user
    place.save(update_fields=["convenor"])
    return by


def test_roll_call_registers_everybody_and_the_duty_of_those_who_came(today):
    people, by = [make.deputy(name) for name in ("罗明贵", "吴秀兰", "沈定福")], convenor()
    marks = dict(zip([p.pk for p in people], [Mark(), LEAVE, ABSENT], strict=True))

    activity = events.roll_call(**facts(people, by, marks=marks))

    roll = activity.attendances.order_by("deputy_id").values_list("presence", "approver")
    assert list(roll) == [("present", ""), ("leave", "主席王建国"), ("absent", "")]
    record = DutyRecord.objects.get()
    came = activity.attendances.get(presence=Presence.PRESENT)
    assert (record.deputy, record.source) == (people[0], f"stations.attendance:{came.pk}")
    assert (record.note, record.place, record.reported_by) == ("5 月小组活动", "桃园村", by.user)
    event = AuditEvent.objects.get(subject="stations.Activity")
    assert (event.now, event.by_id, event.note) == ("registered", by.user.pk, "到场 1，应到 3")
    assert not Notice.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - ORGANISERS))
def test_roll_call_is_refused_to_who_organises_nothing(today, role):
    with pytest.raises(Refused, match="到场由召集人"):
        events.roll_call(**facts([make.deputy()], make.actor(role)))


def test_roll_call_is_refused_for_another_s_group(today):
    people = [make.deputy()]
    stranger = make.actor(Role.CONVENOR)
    with pytest.raises(Refused, match="不归您登记"):
        events.roll_call(**facts(people, stranger))
    for role in (Role.TOWNSHIP_CLERK, Role.KEEPER, Role.STAFF_CLERK):
        title = f"活动 {role}"
        assert events.roll_call(**facts(people, make.actor(role), title=title)).pk


def test_roll_call_of_all_deputies_and_of_the_congress_is_the_office_s(today):
    people = [make.deputy()]
    whole = {"group": None, "assembly": make.assembly()}
    with pytest.raises(Refused, match="全体代表的到场由代工委"):
        events.roll_call(**facts(people, convenor(), **whole))
    with pytest.raises(Refused, match="对全体代表登记"):
        events.roll_call(**facts(people, convenor(), item=item("M1")))
    assert events.roll_call(**facts(people, make.actor(), **whole, item=item("M1"))).pk


def test_roll_call_takes_only_what_an_organiser_may_register(today):
    with pytest.raises(Refused, match="不由组织方登记"):
        events.roll_call(**facts([make.deputy()], convenor(), item=item("C2")))


def test_roll_call_refuses_tomorrow_and_a_closed_year(today):
    people, by = [make.deputy()], convenor()
    for day in (today + timedelta(days=1), date(2025, 11, 1)):
        with pytest.raises(Refused, match=r"日期还没到|已经截止"):
            events.roll_call(**facts(people, by, held_on=day))


def test_roll_call_refuses_whom_it_did_not_call_and_leave_without_approver(today):
    inside, by = make.deputy("罗明贵"), convenor()
    outside = make.deputy(of=make.group("柳河镇第二代表小组"))
    with pytest.raises(Refused, match="不在应到范围"):
        events.roll_call(**facts([inside, outside], by))
    with pytest.raises(Refused, match="罗明贵请假，请写明批准人"):
        events.roll_call(**facts([], by, marks={inside.pk: Mark(Presence.LEAVE, " ")}))
    with pytest.raises(Refused, match="名单是空的"):
        events.roll_call(**facts([], by))
    assert not Activity.objects.exists()


def test_roll_call_follows_who_was_in_the_group_on_that_day(today):
    gone = make.deputy()
    make.leaves(gone, date(2026, 5, 10))
    by = convenor()
    assert events.roll_call(**facts([gone], by, held_on=date(2026, 5, 9))).pk
    with pytest.raises(Refused, match="不在应到范围"):
        events.roll_call(**facts([gone], by, held_on=date(2026, 5, 10)))


def test_roll_call_twice_is_refused(today):
    sent = facts([make.deputy()], convenor())
    events.roll_call(**sent)
    with pytest.raises(Refused, match="已经登记过"):
        events.roll_call(**sent)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_register_once():
    sent = facts([make.deputy(), make.deputy()], convenor())
    assert at_once(4, lambda: events.roll_call(**sent)) == ["done"] + ["refused"] * 3
    assert (Activity.objects.count(), DutyRecord.objects.count()) == (1, 2)
    row, office, one = Attendance.objects.first(), make.actor(), ["done", "refused"]
    mine, late = make.as_deputy(row.deputy), {"deputies": [make.deputy()], "why": "漏了"}
    asks = {"words": "我没到", "by": mine}
    assert at_once(2, lambda: attendance.contest_attendance(row, **asks)) == one
    right = {"was": row.presence, "mark": ABSENT, "why": "签到表上没有", "by": office}
    assert at_once(2, lambda: attendance.correct_attendance(row, **right)) == one
    assert at_once(2, lambda: attendance.add_to_roll(row.activity, **late, by=office)) == one
    assert (Attendance.objects.count(), DutyRecord.objects.count()) == (3, 3)


def test_the_database_refuses_the_same_activity_and_the_same_line_twice(today):
    activity = events.roll_call(**facts([make.deputy()], convenor()))
    row = activity.attendances.get()
    for again, name in ((row, "attendance_once"), (activity, "activity_registered_once")):
        again.pk = None
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            again.save(force_insert=True)


def test_the_database_refuses_leave_without_an_approver(today):
    activity = events.roll_call(**facts([make.deputy()], convenor()))
    with pytest.raises(IntegrityError, match="attendance_leave"), transaction.atomic():
        Attendance.objects.filter(activity=activity).update(presence=Presence.LEAVE)


def test_absence_from_the_congress_is_an_alarm_at_once_and_graver_the_second_time(today):
    office, person = make.actor(), make.deputy("罗明贵")
    whole = {"group": None, "assembly": make.assembly(), "item": item("M1")}
    for day, title in ((9, "五次会议第一次全会"), (10, "五次会议第二次全会")):
        marks = {person.pk: ABSENT}
        held_on = date(2026, 5, day)
        sent = facts([], office, **whole, title=title, marks=marks, held_on=held_on)
        events.roll_call(**sent)

    told = Notice.objects.filter(person=office.user).order_by("id").values_list("text", flat=True)
    assert "第 1 次。满两次代表资格依法终止（代表法第六十二条）" in told[0]
    assert "第 2 次。已满两次" in told[1]
    assert Notice.objects.filter(person=person.user).count() == 2
    assert not DutyRecord.objects.exists()


def test_roll_call_takes_the_same_statements_for_one_and_for_many(today):
    by = convenor()

    def statements(count):
        people = [make.deputy() for _ in range(count)]
        with CaptureQueriesContext(connection) as seen:
            events.roll_call(**facts(people, by, title=f"{count} 人"))
        return len(seen)

    assert statements(1) == statements(5)


@pytest.mark.django_db
def test_a_group_calls_no_roll_for_awards_or_for_the_whole_congress():
    convenor = make.actor(Role.CONVENOR)
    place = make.group()
    type(place).objects.filter(pk=place.pk).update(convenor=convenor.user)
    for code, words in (("B4", "凭证书"), ("A1", "由代工委对全体代表登记")):
        reason = why_not_roll_call(convenor, item=DutyItem.objects.get(code=code), group=place)
        assert words in reason
    codes = set(DutyItem.objects.for_groups().values_list("code", flat=True))
    assert "A2" in codes
    assert not codes & {"M1", "A1", "B4", "B7"}
