from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Setting
from proposals.actions import meetings
from proposals.models import Meeting
from proposals.permissions import why_not_record_meeting
from proposals.rules import MEETING_GAP
from proposals.states import Stage, State
from tests import make
from tests.proposals import walk
from tests.race import at_once
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


def in_hand(**kept):
    return walk.proposal(State.ASSIGNED, **kept).lead_assignment


def meeting(**changes):
    return {
        "stage": Stage.BEFORE,
        "met_on": walk.MET_ON[Stage.BEFORE],
        "place": "村委会",
        "people": "三人",
        "said": "看了桥。",
        "by": walk.unit_clerk(),
        "today": make.TODAY,
    } | changes


def test_record_meeting_is_kept_and_the_deputy_is_asked_to_confirm():
    assignment = in_hand()
    met = meetings.record_meeting(assignment, **meeting())
    assert (met.stage, met.confirmed_by) == (Stage.BEFORE, None)
    event = AuditEvent.objects.get(now="met_before")
    assert (event.subject, event.subject_id) == ("proposals.Meeting", met.pk)
    assert event.note == "办前见面：3 月 20 日，村委会。"
    asked = Notice.objects.get(key=f"proposal.meeting:{met.pk}")
    assert asked.person == assignment.proposal.lead.user


def test_record_meeting_is_refused_to_another_unit_and_to_an_assisting_one():
    helper = make.unit("县财政局")
    assignment = in_hand(assisting=[helper])
    with pytest.raises(Refused, match="只有主办、分办单位"):
        meetings.record_meeting(assignment, **meeting(by=walk.unit_clerk(helper)))
    assisting = assignment.proposal.assignments.get(unit=helper)
    with pytest.raises(Refused, match="协办"):
        meetings.record_meeting(assisting, **meeting(by=walk.unit_clerk(helper)))


def test_the_three_meetings_come_in_their_order_and_each_once():
    assignment = in_hand()
    with pytest.raises(Refused, match="要先登记办前见面，再登记办中见面"):
        meetings.record_meeting(assignment, **meeting(stage=Stage.DURING))
    meetings.record_meeting(assignment, **meeting())
    with pytest.raises(Refused, match="办前见面已经登记过"):
        meetings.record_meeting(assignment, **meeting())


@pytest.mark.parametrize(
    ("day", "word"),
    [(date(2026, 5, 13), "不能晚于今天"), (date(2026, 3, 5), "早于交办日期 2026 年 3 月 6 日")],
)
def test_a_meeting_lies_between_assignment_and_today(day, word):
    with pytest.raises(Refused, match=word):
        meetings.record_meeting(in_hand(), **meeting(met_on=day))


def test_a_later_meeting_is_not_before_the_earlier_one():
    assignment = in_hand()
    meetings.record_meeting(assignment, **meeting())
    with pytest.raises(Refused, match="早于上一次见面"):
        meetings.record_meeting(assignment, **meeting(stage=Stage.DURING, met_on=date(2026, 3, 19)))


def test_two_of_the_three_are_not_on_one_day_unless_the_county_lets_them():
    assignment, day = in_hand(), walk.MET_ON[Stage.BEFORE]
    meetings.record_meeting(assignment, **meeting())
    during = meeting(stage=Stage.DURING)
    with pytest.raises(Refused, match="办前见面登记的是 2026 年 3 月 20 日，两次见面不能是同一天"):
        meetings.record_meeting(assignment, **during)
    own = {"key": MEETING_GAP.key, "basis": "本县办法", "from_on": date(2026, 1, 1)}
    Setting.objects.create(value=3, **own)
    with pytest.raises(Refused, match="至少要隔 3 天"):
        meetings.record_meeting(assignment, **(during | {"met_on": day + timedelta(days=2)}))
    Setting.objects.filter(key=MEETING_GAP.key).update(value=0)
    assert meetings.record_meeting(assignment, **during).met_on == day


def test_a_denied_meeting_is_written_down_anew_on_no_day_of_a_later_one():
    assignment = in_hand()
    first = meetings.record_meeting(assignment, **meeting())
    later = walk.MET_ON[Stage.DURING]
    meetings.record_meeting(assignment, **meeting(stage=Stage.DURING, met_on=later))
    lead = make.as_deputy(assignment.proposal.lead)
    meetings.deny_meeting(first, words="那天没有见面。", by=lead, today=make.TODAY)
    with pytest.raises(Refused, match="办中见面登记的是 2026 年 4 月 14 日"):
        meetings.record_meeting(assignment, **meeting(met_on=later))


def test_record_meeting_is_refused_after_the_reply_and_without_words():
    with pytest.raises(Refused, match="不能再登记见面"):
        meetings.record_meeting(walk.proposal(State.ANSWERED).lead_assignment, **meeting())
    with pytest.raises(Refused, match="都要写"):
        meetings.record_meeting(in_hand(), **meeting(said=" "))
    part = in_hand()
    by = walk.unit_clerk(part.unit)
    assert "都要写" in why_not_record_meeting(by, part, words=("村委会", "\u200b", "看了桥。"))
    short = why_not_record_meeting(by, part, words=("村委会", "甲", "好"))
    assert short == "谈了什么要写清楚，至少两个字。"


@pytest.mark.django_db(transaction=True)
def test_four_clicks_record_one_meeting():
    outcomes = at_once(4, meetings.record_meeting, in_hand(), **meeting())
    assert outcomes == ["done", "refused", "refused", "refused"]


def test_the_database_keeps_one_meeting_per_stage():
    assignment = in_hand()
    meetings.record_meeting(assignment, **meeting())
    meetings.record_meeting(assignment, **meeting(stage=Stage.DURING, met_on=date(2026, 4, 1)))
    with (
        pytest.raises(IntegrityError, match="meeting_once_per_stage"),
        as_owner(),
        transaction.atomic(),
    ):
        Meeting.objects.update(stage=Stage.AFTER)


def test_confirm_meeting_is_the_deputys_word_with_day_and_trail():
    assignment = in_hand()
    met = meetings.record_meeting(assignment, **meeting())
    lead = make.as_deputy(assignment.proposal.lead)
    met = meetings.confirm_meeting(met, by=lead)
    assert met.confirmed_by == lead.user
    assert met.confirmed_at
    event = AuditEvent.objects.get(now="confirmed_before")
    assert (event.subject, event.note) == ("proposals.Meeting", "领衔代表确认办前见面属实。")


def test_confirm_meeting_is_refused_to_the_unit_the_office_and_other_deputies():
    met = meetings.record_meeting(in_hand(), **meeting())
    for by in (walk.unit_clerk(), make.actor(), make.as_deputy(make.deputy())):
        with pytest.raises(Refused, match="领衔代表本人"):
            meetings.confirm_meeting(met, by=by)


@pytest.mark.django_db(transaction=True)
def test_four_clicks_confirm_once_and_a_second_time_is_refused():
    assignment = in_hand()
    met = meetings.record_meeting(assignment, **meeting())
    lead = make.as_deputy(assignment.proposal.lead)
    outcomes = at_once(4, meetings.confirm_meeting, met, by=lead)
    assert outcomes == ["done", "refused", "refused", "refused"]


def test_the_database_wants_who_and_when_together():
    meetings.record_meeting(in_hand(), **meeting())
    with pytest.raises(IntegrityError, match="confirmed_has_who_and_when"), transaction.atomic():
        Meeting.objects.update(confirmed_by=make.user())


def test_the_lead_deputys_form_speaks_to_the_deputy(client):
    part = walk.proposal(State.ASSIGNED).assignments.get()
    to = reverse("proposals:record_meeting", args=[part.pk])
    client.force_login(make.as_deputy(part.proposal.lead).user)
    page = client.get(to).content.decode()
    assert "承办单位谁来了，您这边谁在。" in page
    assert "本单位谁去了" not in page
    walk.met(part, Stage.BEFORE)
    again = meeting(stage=Stage.DURING)
    page = client.post(to, again).content.decode()
    assert "不用再见的，您可以免去。" in page
    assert "请领衔代表免去" not in page
