"""改正到场: one line of a roll put right; the duty, its points and the law's count follow."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from deputies.actions import duties
from deputies.models import DutyRecord
from deputies.states import DutyState
from scoring.actions import missing, posting
from scoring.models import Entry, YearTotal
from scoring.queries import missing as owed
from scoring.queries.audit import findings
from stations.actions import attendance, calls, events
from stations.actions.events import Mark
from stations.models import Attendance, Presence
from tests import make
from tests.scoring import facts as ledger
from tests.stations.call_walk import Place, called
from tests.stations.test_events import ABSENT, LEAVE, convenor, facts, item

HERE = Mark()


def rolled(mark, by=None, person=None, **more):
    """The one line of a roll."""
    person = person or make.deputy("罗明贵")
    more["marks"] = {person.pk: mark}
    return events.roll_call(**facts([], by or convenor(), **more)).attendances.get()


def corrected(row, mark, by=None, **said):
    usual = {"was": row.presence, "mark": mark, "why": "签到表上有他", "by": by or make.actor()}
    return attendance.correct_attendance(row, **{**usual, **said})


def told(person):
    return list(
        Notice.objects.filter(person=person.user).order_by("pk").values_list("text", flat=True)
    )


def test_correct_attendance_takes_the_duty_along_and_leaves_old_and_new(today):
    by = convenor()
    row = rolled(ABSENT, by)
    row = corrected(row, HERE, by)
    record = DutyRecord.objects.get()
    assert (row.presence, record.source, record.state) == ("present", row.duty_source, "reported")
    step = AuditEvent.objects.get(subject="stations.Attendance")
    assert (step.now, step.was, step.by_id) == ("attendance_corrected", "absent", by.user.pk)
    assert step.note == "缺席 → 到场：签到表上有他"
    assert "由" + by.name + "从“缺席”改为“到场”：签到表上有他。" in told(row.deputy)[-1]

    office = make.actor()
    row = corrected(row, LEAVE, office)
    record.refresh_from_db()
    assert (row.approver, record.state) == ("主席王建国", DutyState.WITHDRAWN)
    assert "改为“请假（主席王建国批准）”" in told(by)[-1], "whoever called the roll reads it"
    corrected(row, HERE, office)
    record.refresh_from_db()
    assert (record.state, DutyRecord.objects.count()) == (DutyState.REPORTED, 1)


def test_correct_attendance_is_for_whoever_called_the_roll_and_the_office(today):
    by = convenor()
    row = rolled(ABSENT, by)
    for role in sorted(set(Role) - {Role.STAFF_CLERK, Role.STAFF_DIRECTOR}):
        with pytest.raises(Refused, match="由登记的人或者代工委改"):
            corrected(row, HERE, make.actor(role))
    own = make.actor(user=row.deputy.user)
    with pytest.raises(Refused, match="自己的到场由别人改"):
        corrected(row, HERE, own)


def test_correct_attendance_asks_for_a_reason_and_for_another_mark(today):
    row, by = rolled(ABSENT), make.actor()
    for said, words in (
        ({"why": "。"}, "为什么改"),
        ({"mark": ABSENT}, "和现在登记的一样"),
        ({"mark": Mark(Presence.LEAVE)}, "请写明批准人"),
        ({"was": "leave"}, "刚才有人改成了“缺席”"),
    ):
        with pytest.raises(Refused, match=words):
            corrected(row, said.pop("mark", HERE), by, **said)
    assert not AuditEvent.objects.filter(subject="stations.Attendance").exists()


def test_the_database_keeps_a_corrected_line_whole_when_code_forgets(today):
    row = rolled(HERE)
    with pytest.raises(IntegrityError, match="attendance_leave_has"), transaction.atomic():
        Attendance.objects.filter(pk=row.pk).update(presence=Presence.LEAVE)


def test_a_wrong_absence_from_the_congress_counts_no_more(today):
    office, person = make.actor(), make.deputy("罗明贵")
    whole = {"group": None, "assembly": make.assembly(), "item": item("M1")}
    first, second = [
        rolled(ABSENT, office, person, **whole, title=f"第 {day} 日", held_on=clock.today())
        for day in (1, 2)
    ]
    term = first.activity.held_on - timedelta(days=9)
    counted = {"day": term, "assembly": make.assembly(), "deputies": [person.pk]}
    assert Attendance.objects.absences_since(**counted) == {person.pk: 2}
    corrected(second, HERE, make.director())
    assert Attendance.objects.absences_since(**counted) == {person.pk: 1}
    key = f"stations.absent:{second.activity_id}:{person.pk}"
    assert not Notice.objects.filter(key=key, read_at=None).exists()
    second.refresh_from_db()
    corrected(second, ABSENT, make.director())
    again = Notice.objects.filter(key__startswith=f"{key}:", person=person.user).get()
    assert "第 2 次" in again.text


def test_points_of_who_did_not_come_are_taken_back_and_given_back(today):
    ledger.book()
    row = rolled(HERE)
    record = duties.check(DutyRecord.objects.get(), by=make.actor())
    director = make.director()
    posting.verify_and_post(record, by=director)
    entry = Entry.objects.get()
    row = corrected(row, ABSENT)
    assert "由代工委主任在“补记积分”里冲销" in told(director)[-1]
    assert findings().faults == [f"第 {entry.pk} 笔的到场登记已改正：请到“补记积分”里看"]

    def post():
        return missing.post_missing(seen=owed.missing(director).seen, by=director)

    assert (owed.how_many(), post()) == (1, (0, 1))
    assert YearTotal.objects.get().total == 0
    assert "那次没有到场" in told(row.deputy)[-1]
    assert (findings().faults, owed.how_many()) == ([], 0)
    corrected(row, HERE)
    for person in (director, make.as_deputy(row.deputy)):
        assert "已经冲销的分，由代工委主任在“补记积分”里记回" in told(person)[-1]
    assert (owed.how_many(), post()) == (1, (1, 0))
    assert YearTotal.objects.get().total == entry.points
    assert (findings().faults, owed.how_many()) == ([], 0)


def test_add_to_roll_has_who_came_and_was_not_on_it(client, today):
    by = convenor()
    activity = rolled(HERE, by).activity
    guest, gone = make.deputy("郑自来"), make.deputy("已离任")
    make.leaves(gone, today - timedelta(days=9))
    add = {"deputies": [guest], "why": "签到表第二页漏了", "by": by}
    own = make.actor(user=guest.user)
    for said, words in (
        ({"by": own}, "自己的到场"),
        ({"deputies": []}, "是哪几位"),
        ({"deputies": [activity.attendances.get().deputy]}, "已经在名单上"),
        ({"deputies": [gone]}, "不在任"),
        ({"why": "。"}, "为什么补登"),
    ):
        with pytest.raises(Refused, match=words):
            attendance.add_to_roll(activity, **{**add, **said})
    for role in sorted(set(Role) - {Role.STAFF_CLERK, Role.STAFF_DIRECTOR}):
        with pytest.raises(Refused, match="由登记的人或者代工委补登"):
            attendance.add_to_roll(activity, **{**add, "by": make.actor(role)})
    client.force_login(by.user)
    page = reverse("stations:add_to_roll", args=[activity.pk])
    assert page in client.get(reverse("stations:activity", args=[activity.pk])).content.decode()
    assert client.post(page, {"deputies": "没这个人", "why": "漏了"}).status_code == 422
    assert client.post(page, {"deputies": "郑自来", "why": "漏了"}).status_code == 302
    assert DutyRecord.objects.filter(deputy=guest, state="reported").exists()
    assert "补登您到场：漏了" in told(guest)[0]
    step = AuditEvent.objects.get(now="added_to_roll")
    assert (step.note, step.by_id) == ("郑自来：漏了", by.user.pk)
    with pytest.raises(Refused, match="已经在名单上"):
        attendance.add_to_roll(activity, **add)
    ahead = called(Place())
    with pytest.raises(Refused, match="还没有登记到场"):
        attendance.add_to_roll(ahead, deputies=[guest], why="漏了", by=make.actor())
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        activity.attendances.update(deputy=gone)


def test_contest_attendance_leads_to_somebody_who_can(client, today):
    office, by = make.actor(), convenor()
    row = rolled(ABSENT, by)
    for other in (make.actor(Role.DEPUTY), by):
        with pytest.raises(Refused, match="由代表本人提出"):
            attendance.contest_attendance(row, words="我到了", by=other)
    mine = make.as_deputy(row.deputy)
    client.force_login(mine.user)
    page = reverse("stations:my_activity", args=[row.activity_id])
    assert page in client.get(reverse("stations:my_activities")).content.decode()
    ask = reverse("stations:contest_attendance", args=[row.pk])
    assert ask in client.get(page).content.decode()
    wrong = client.post(ask, {"words": ""})
    assert (wrong.status_code, "请写明实际情况" in wrong.content.decode()) == (422, True)
    assert client.post(ask, {"words": "我到了，坐第一排"}).url == page
    assert "已经请组织方核对" in client.get(page).content.decode()
    assert client.post(ask, {"words": "再说一遍"}).status_code == 409
    step = AuditEvent.objects.get(subject="stations.Attendance")
    assert (step.now, step.note) == ("attendance_contested", "我到了，坐第一排")
    where = reverse("stations:correct_attendance", args=[row.pk])
    for person in (office, by):
        asked = Notice.objects.get(person=person.user)
        assert (asked.link, "我到了，坐第一排" in asked.text) == (where, True)
    assert client.get(where).status_code == 404
    client.force_login(by.user)
    assert (
        where in client.get(reverse("stations:activity", args=[row.activity_id])).content.decode()
    )
    sent = {"presence": "present", "was": "absent", "why": ""}
    assert client.post(where, sent).status_code == 422
    assert client.post(where, {**sent, "why": "坐第一排", "was": "leave"}).status_code == 409
    page = reverse("stations:activity", args=[row.activity_id])
    assert "本人请核对：我到了，坐第一排" in client.get(page).content.decode()
    assert client.post(where, {**sent, "why": "坐第一排"}).status_code == 302
    assert "本人请核对" not in client.get(page).content.decode()
    assert not Notice.objects.filter(link=where, read_at=None).exists()
    row.refresh_from_db()
    row = corrected(row, ABSENT)
    attendance.contest_attendance(row, words="还是我，坐第一排", by=mine)
    assert Notice.objects.filter(link=where, read_at=None).exists(), "asked anew"


def test_a_deputy_reads_report_and_photos_of_what_they_were_called_to(client, today):
    by = convenor()
    row = rolled(HERE, by)
    calls.report_activity(row.activity, report="看了水渠。", by=by)
    client.force_login(make.as_deputy(row.deputy).user)
    page = reverse("stations:my_activity", args=[row.activity_id])
    assert "看了水渠。" in client.get(page).content.decode()
    client.force_login(make.as_deputy(make.deputy("吴秀兰")).user)
    assert client.get(page).status_code == 404
