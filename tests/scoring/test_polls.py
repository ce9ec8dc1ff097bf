"""计票: six figures that add up, put down by one person and confirmed by another."""

from dataclasses import replace
from itertools import product

import pytest
from django.db import DatabaseError, transaction

from congress.shared.errors import Refused
from congress.shared.models import Notice
from congress.shared.roles import Role
from deputies.models import DutyRecord
from deputies.states import DutyState
from scoring.actions import polls, posting
from scoring.models import PollResult
from scoring.poll_states import MeetingState, PollState
from scoring.polls import Ballots, percent, slip
from scoring.queries.reporting import Tally, refused_reports, tallies
from tests import make
from tests.home import facts as home_facts
from tests.race import at_once
from tests.scoring import facts, polling, year
from tests.scoring.appealing import trail
from tests.scoring.polling import BALLOTS, EXCUSED, GOOD, REFUSED, TODAY


@pytest.fixture
def report(db):
    return polling.meeting(make.deputy("叶青")).reports.get()


def records(deputy):
    rows = DutyRecord.objects.filter(deputy=deputy, item__code="C5").order_by("pk")
    return list(rows.values_list("done_on", "place", "state"))


def test_only_figures_that_add_up_are_taken():
    taken = [each for each in map(Ballots._make, product(range(4), repeat=6)) if not slip(each)]
    assert taken == [
        each
        for each in map(Ballots._make, product(range(4), repeat=6))
        if 0 < each.sent >= each.returned == sum(each[2:])
    ]
    assert "多于发出" in slip(BALLOTS._replace(sent=45))
    assert slip(BALLOTS._replace(fair=3)) == "四项加起来是 45 票，收回的是 46 票，对不上。"
    assert "整数" in slip(BALLOTS._replace(blank=-1))


def test_a_share_is_of_the_valid_ballots_and_never_rounded_up():
    assert percent(45, 46) == "97.8%"
    assert percent(7999, 10000) == "79.9%"
    assert (percent(0, 3), percent(3, 3)) == ("0.0%", "100.0%")


def test_what_one_counted_stands_once_another_has_confirmed_it(report):
    row = polling.counted(report)
    assert (row.state, records(report.deputy)) == (PollState.COUNTED, [])
    assert report.meeting.__class__.objects.get().state == MeetingState.HELD
    row = polling.settled(row)
    assert (row.valid, row.content) == (46, 45)
    assert records(report.deputy) == [(polling.HELD_ON, "柳河镇会议室", DutyState.REPORTED)]
    assert [step[:2] for step in trail(row)] == [("", "counted"), ("counted", "confirmed")]
    told = Notice.objects.get(key=f"scoring.report_counted:{row.pk}")
    assert told.text == "您 11 月 12 日的述职情况登记好了：已述职。"


def test_who_counted_may_not_confirm_and_nobody_counts_about_themselves(report):
    by = polling.clerk()
    row = polling.counted(report, by=by)
    with pytest.raises(Refused, match="由另一个人复核"):
        polls.confirm_counts(report.meeting, which=[row.pk], by=by)
    with pytest.raises(Refused, match="由另一个人复核"):
        polls.reject_counts(report.meeting, which=[row.pk], answer="少一票", by=by)
    own = make.actor(Role.TOWNSHIP_CLERK, user=report.deputy.user)
    with pytest.raises(Refused, match="对您本人的测评"):
        polls.confirm_counts(report.meeting, which=[row.pk], by=own)


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.UNIT_CLERK, Role.KEEPER, Role.CONVENOR])
def test_who_does_not_run_the_meeting_counts_nothing_there(report, role):
    by = make.actor(role)
    with pytest.raises(Refused, match="会议组织方"):
        polling.counted(report, by=by)
    row = polling.counted(report)
    with pytest.raises(Refused, match="会议组织方"):
        polls.confirm_counts(report.meeting, which=[row.pk], by=by)
    polling.settled(row)
    with pytest.raises(Refused, match="会议组织方"):
        polls.correct_count(PollResult.objects.get(), turn=REFUSED, reason="登错了", by=by)


def test_nothing_is_counted_before_the_day_nor_twice(report):
    early = polling.HELD_ON.replace(day=11)
    with pytest.raises(Refused, match="还没有到开会的日子"):
        polls.enter_counts(report.meeting, turns={report: GOOD}, by=polling.clerk(), today=early)
    polling.counted(report)
    with pytest.raises(Refused, match="已经登记过"):
        polling.counted(report)


@pytest.mark.parametrize(
    ("turn", "why"),
    [
        (replace(GOOD, ballots=BALLOTS._replace(returned=40)), "叶青：四项加起来是 46 票"),
        (replace(REFUSED, ballots=BALLOTS), "没有票数"),
        (replace(EXCUSED, note="。"), "要写明情况"),
    ],
)
def test_a_line_that_cannot_be_so_is_refused_with_the_name(report, turn, why):
    with pytest.raises(Refused, match=why):
        polling.counted(report, turn)
    assert not PollResult.objects.exists()


def test_what_does_not_agree_is_counted_anew(report):
    row = polling.counted(report)
    polls.reject_counts(report.meeting, which=[row.pk], answer="满意的多一票", by=make.actor())
    assert Notice.objects.filter(person=row.entered_by, text__contains="满意的多一票").exists()
    with pytest.raises(Refused, match="没有等复核的计票"):
        polling.settled(row)
    again = polling.confirmed(report)
    states = PollResult.objects.order_by("pk").values_list("pk", "state")
    assert list(states) == [(row.pk, PollState.REJECTED), (again.pk, PollState.CONFIRMED)]


def test_a_correction_stands_beside_what_it_corrects_once_another_confirms_it(report):
    row = polling.confirmed(report)
    fewer = replace(GOOD, ballots=BALLOTS._replace(satisfied=40, unsatisfied=2))
    anew = polls.correct_count(row, turn=fewer, reason="一张票看错", by=polling.clerk())
    with pytest.raises(Refused, match="已经有一条更正"):
        polls.correct_count(row, turn=fewer, reason="一张票看错", by=polling.clerk())
    assert tallies([report.deputy_id], TODAY.replace(month=1), TODAY) == {
        report.deputy_id: Tally(1, 46, 45)
    }
    polling.settled(anew)
    assert PollResult.objects.get(pk=row.pk).state == PollState.REPLACED
    assert tallies([report.deputy_id], TODAY.replace(month=1), TODAY) == {
        report.deputy_id: Tally(1, 46, 44)
    }
    assert len(records(report.deputy)) == 1, "the duty is the same"


def test_a_correction_of_whether_they_reported_moves_the_duty_with_it(report):
    row = polling.confirmed(report)
    never = polls.correct_count(row, turn=EXCUSED, reason="登错了人", by=polling.clerk())
    never = polling.settled(never)
    assert [state for *_, state in records(report.deputy)] == [DutyState.WITHDRAWN]
    back = polls.correct_count(never, turn=GOOD, reason="原来的是对的", by=polling.clerk())
    polling.settled(back)
    states = [state for *_, state in records(report.deputy)]
    assert states == [DutyState.WITHDRAWN, DutyState.REPORTED]


def test_a_report_whose_points_are_in_the_ledger_is_reversed_there_first(report):
    facts.book()
    row = polling.confirmed(report)
    with facts.on(TODAY):
        record = DutyRecord.objects.get(deputy=report.deputy)
        facts.duties.check(record, by=make.actor())
        posting.verify_and_post(record, by=make.director(), twice=True)
    anew = polls.correct_count(row, turn=REFUSED, reason="登错了", by=polling.clerk())
    with pytest.raises(Refused, match="先在积分账上冲正"):
        polling.settled(anew)
    assert PollResult.objects.get(pk=row.pk).state == PollState.CONFIRMED


@pytest.mark.django_db
def test_a_sealed_file_is_changed_by_no_count():
    one = make.deputy()
    row = polling.polled(one)
    home_facts.archived(home_facts.graded(home_facts.review(year=2026), one))
    with pytest.raises(Refused, match="档案已经封存"):
        polls.correct_count(row, turn=REFUSED, reason="登错了", by=polling.clerk())


def test_who_refused_is_told_to_whoever_decides(report):
    cycle = year.opened(year.party(0))
    assert refused_reports(cycle) == {}
    polling.confirmed(report, REFUSED)
    assert refused_reports(cycle) == {
        report.deputy_id: "2026 年 11 月 12 日拒绝述职：两次通知，本人说不来"
    }
    assert records(report.deputy) == []


def test_the_app_may_settle_a_count_and_change_nothing_of_it(report):
    row = polling.counted(report)
    for change in ({"satisfied": 46}, {"outcome": "refused"}, {"entered_by": make.user()}):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            PollResult.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        row.delete()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_count_once_and_confirm_once():
    report = polling.meeting(make.deputy()).reports.get()
    by = polling.clerk()
    turns = {report: GOOD}
    twice = at_once(2, polls.enter_counts, report.meeting, turns=turns, by=by, today=TODAY)
    assert twice == ["done", "refused"]
    row, other = PollResult.objects.get(), make.actor()
    which = [row.pk]
    assert at_once(2, polls.confirm_counts, report.meeting, which=which, by=other) == [
        "done",
        "refused",
    ]
    assert len(records(report.deputy)) == 1
    row.refresh_from_db()
    said = {"turn": REFUSED, "reason": "登错了", "by": by}
    assert at_once(2, polls.correct_count, row, **said) == ["done", "refused"]
    waits = PollResult.objects.waiting().get()
    said = {"which": [waits.pk], "answer": "不符合", "by": other}
    assert at_once(2, polls.reject_counts, report.meeting, **said) == ["done", "refused"]
