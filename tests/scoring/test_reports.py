"""述职评议会: called with its list, changed while nothing is counted; the report is handed in."""

from datetime import date
from pathlib import Path

import pytest

from congress.shared.clean_pdf import CleanPdf
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from scoring.actions import reports
from scoring.models import DutyReport, ReportMeeting
from scoring.poll_states import MeetingState
from scoring.queries.reporting import not_reported
from tests import make
from tests.race import at_once, meanwhile
from tests.scoring import facts, polling
from tests.scoring.appealing import trail
from tests.scoring.polling import TODAY

SOON = date(2026, 12, 4)
WORDS = "一年来参加活动十二次，走访选民三十户。"


@pytest.fixture
def person(db):
    return make.deputy("叶青")


def notices_of(deputy):
    return list(
        Notice.objects.filter(person=deputy.user).order_by("pk").values_list("text", flat=1)
    )


def test_a_meeting_has_its_list_and_each_of_them_is_told(person):
    row = polling.meeting(person, held_on=SOON)
    assert [each.deputy for each in row.reports.all()] == [person]
    said = "请您 12 月 4 日在柳河镇会议室述职，述职报告可以先在这里交。"
    assert notices_of(person) == [said]
    assert trail(row)[0][1] == MeetingState.CALLED


def test_of_a_meeting_that_is_over_nobody_is_told_to_come(person):
    polling.meeting(person)
    assert notices_of(person) == []


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.KEEPER, Role.CONVENOR, Role.UNIT_CLERK])
def test_only_the_offices_call_one(person, role):
    with pytest.raises(Refused, match="由乡镇人大或者代工委安排"):
        polling.meeting(person, by=make.actor(role))


def test_another_township_neither_calls_nor_changes_it(person):
    far = make.actor(Role.TOWNSHIP_CLERK, at=make.far_office())
    with pytest.raises(Refused, match="由乡镇人大或者代工委安排"):
        polling.meeting(person, by=far)
    row = polling.meeting(person)
    with pytest.raises(Refused, match="由乡镇人大或者代工委安排"):
        reports.call_off_reports(row, reason="改在明年", by=far)
    with pytest.raises(Refused, match="由乡镇人大或者代工委安排"):
        reports.rearrange_reports(row, called=polling.called(person), by=far, today=TODAY)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"held_on": date(2024, 1, 1)}, "前后 366 天以内"),
        ({"place": "。"}, "写明地点"),
        ({"group": make.group, "station": polling.station}, "只选一个"),
        ({"station": polling.station}, "叶青那一天不在这里任职"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(person, how, why):
    made = {name: value() if callable(value) else value for name, value in how.items()}
    with pytest.raises(Refused, match=why):
        polling.meeting(person, **made)


def test_nobody_on_the_list_and_the_same_place_twice_are_refused(person):
    with pytest.raises(Refused, match="选哪些代表述职"):
        polling.meeting()
    polling.meeting(person)
    with pytest.raises(Refused, match="已经安排了述职评议会"):
        polling.meeting(person)


def test_it_moves_while_nothing_is_counted_and_keeps_who_has_handed_in(person):
    other, third = make.deputy("石磊"), make.deputy("甘露")
    row = polling.meeting(person, other, held_on=SOON)
    report = row.reports.get(deputy=person)
    hand_in(report)
    without = polling.called(other, held_on=SOON)
    with pytest.raises(Refused, match="叶青已经交了述职报告"):
        reports.rearrange_reports(row, called=without, by=polling.clerk(), today=TODAY)
    later = polling.called(person, third, held_on=date(2026, 12, 5), place="文化站")
    reports.rearrange_reports(row, called=later, by=polling.clerk(), today=TODAY)
    row = ReportMeeting.objects.get()
    assert (row.held_on, row.place) == (date(2026, 12, 5), "文化站")
    assert {each.deputy.name for each in row.reports.all()} == {"叶青", "甘露"}
    assert notices_of(third) == ["请您 12 月 5 日在文化站述职。"]
    gone = "12 月 4 日在柳河镇会议室的述职评议会改了名单，您不在这次会上述职。"
    assert notices_of(other)[1:] == [gone]
    for place in ("二楼", "三楼"):  # moved twice on one day: both are told
        there = polling.called(person, third, held_on=date(2026, 12, 5), place=place)
        reports.rearrange_reports(row, called=there, by=polling.clerk(), today=TODAY)
    assert notices_of(third)[1:] == [f"请您 12 月 5 日在{at}述职。" for at in ("二楼", "三楼")]


def test_it_is_called_off_with_a_reason_and_not_once_it_was_held(person):
    row = polling.meeting(person, held_on=SOON)
    reports.call_off_reports(row, reason="与换届会议冲突", by=polling.clerk())
    row.refresh_from_db()
    assert (row.state, row.why) == (MeetingState.CALLED_OFF, "与换届会议冲突")
    assert "取消了：与换届会议冲突" in notices_of(person)[-1]
    held = polling.polled(person).report.meeting
    with pytest.raises(Refused, match="已经登记了计票"):
        reports.call_off_reports(held, reason="重来", by=polling.clerk())
    with pytest.raises(Refused, match="已经登记了计票"):
        reports.rearrange_reports(
            held, called=polling.called(person), by=polling.clerk(), today=TODAY
        )


def hand_in(report, *, by=None, text=WORDS, file=None, today=TODAY):
    by = by or make.as_deputy(report.deputy)
    return reports.hand_in_report(report, text=text, file=file, by=by, today=today)


def test_a_report_is_handed_in_and_again_by_the_deputy_or_for_them(person, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report = polling.meeting(person, held_on=SOON).reports.get()
    with pytest.raises(Refused, match="写述职报告，或者传一份"):
        hand_in(report, text=" ")
    hand_in(report)
    again = hand_in(report, text="", file=CleanPdf(b"%PDF-1.7", 1), by=polling.clerk())
    assert (again.text, Path(again.file.path).read_bytes()) == ("", b"%PDF-1.7")
    assert [step[1] for step in trail(again)] == ["handed_in", "handed_in_again"]


def test_nobody_else_hands_it_in_nor_long_after(person):
    report = polling.meeting(person).reports.get()
    with pytest.raises(Refused, match="由代表本人交"):
        hand_in(report, by=make.as_deputy(make.deputy()))
    with pytest.raises(Refused, match="会后 60 天以内"):
        hand_in(report, today=date(2027, 1, 12))
    reports.call_off_reports(report.meeting, reason="停电", by=polling.clerk())
    with pytest.raises(Refused, match="已经取消"):
        hand_in(report)


def test_who_has_not_reported_is_known_and_reminded_once_a_day(person):
    names = {
        "白桦": "还没有安排述职评议会。",
        "石磊": "安排在 12 月 4 日，文化站。",
        "甘露": "11 月 12 日的会上：请假。",
        "金石": "11 月 12 日的会上：还没有登记计票。",
    }
    people = {name: make.deputy(name) for name in names}
    polling.polled(person)
    facts.reported(make.deputy("自述"), "C5", on=polling.HELD_ON)
    polling.meeting(people["石磊"], held_on=SOON, place="文化站")
    polling.polled(people["甘露"], polling.EXCUSED, place="二楼")
    polling.meeting(people["金石"], place="三楼")
    found = {row.name: row.words for row in not_reported(2026, TODAY)}
    assert found == names
    assert not_reported(2026, TODAY, area=make.township("双台乡").pk) == []
    told = reports.remind_reporters(year=2026, by=polling.clerk(), today=TODAY)
    reports.remind_reporters(year=2026, by=make.actor(), today=TODAY)
    assert AuditEvent.objects.filter(now="report_reminded").count() == 2
    assert set(told) == set(names)
    assert notices_of(people["白桦"]) == ["2026 年您还没有述职。还没有安排述职评议会。"]
    with pytest.raises(Refused, match="由乡镇人大或者代工委办理"):
        reports.remind_reporters(year=2026, by=make.as_deputy(person), today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_a_report_that_is_handed_in_at_this_moment_is_not_taken_off_the_list():
    one, two = make.deputy(), make.deputy()
    row = polling.meeting(one, two, held_on=SOON)
    report, without = row.reports.get(deputy=one), polling.called(two, held_on=SOON)
    by = make.as_deputy(one), polling.clerk()

    def moved():
        with pytest.raises(Refused, match="已经交了述职报告"):
            reports.rearrange_reports(row, called=without, by=by[1], today=TODAY)

    meanwhile(lambda: hand_in(report, by=by[0]), moved)
    assert DutyReport.objects.get(pk=report.pk).handed_in_at


@pytest.mark.django_db(transaction=True)
def test_two_at_once_call_move_and_call_off_once():
    one = make.deputy()
    what, by = polling.called(one, held_on=SOON), polling.clerk()
    assert at_once(2, reports.call_reports, called=what, by=by, today=TODAY) == ["done", "refused"]
    row, report = ReportMeeting.objects.get(), DutyReport.objects.get()
    words = {"text": WORDS, "file": None, "by": make.as_deputy(one), "today": TODAY}
    assert at_once(2, reports.hand_in_report, report, **words) == ["done", "done"]
    later = polling.called(one, make.deputy(), held_on=SOON)
    moved = {"called": later, "by": by, "today": TODAY}
    assert at_once(2, reports.rearrange_reports, row, **moved) == ["done", "done"]
    assert row.reports.count() == 2
    off = at_once(2, reports.call_off_reports, row, reason="与会议冲突", by=by)
    assert off == ["done", "refused"]
    remind = {"year": 2026, "by": by, "today": TODAY}
    assert at_once(2, reports.remind_reporters, **remind) == ["done", "done"]
    assert Notice.objects.filter(key__startswith="scoring.report_due").count() == 2
