"""截止征集、改期、通报: the cycle's own steps, by the director or by the clock."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from scoring import tasks
from scoring.actions import cycles, publicity, timetable
from scoring.models import ReviewCycle, ReviewStage
from scoring.states import CycleState, Stage
from tests import make
from tests.race import at_once
from tests.scoring import year

pytestmark = pytest.mark.django_db
NOT_THE_DIRECTOR = sorted(set(Role) - {Role.STAFF_DIRECTOR})


def full(of, cycle):
    for deputy in of.deputies:
        year.self_review(cycle, deputy)
    year.group_check(cycle, of)
    year.township_view(cycle, of)


def test_close_opinions_waits_for_all_of_them_or_for_the_last_day_and_says_what_is_missing():
    of = year.party(2)
    cycle = year.opened(of)
    year.group_check(cycle, of)
    with pytest.raises(Refused, match=r"还有 4 份意见没有提交，征集到 12 月 20 日为止"):
        cycles.close_opinions(cycle, by=of.director, today=year.TODAY)

    closed = cycles.close_opinions(cycle, by=of.director, today=year.AFTER)

    assert (closed.state, bool(closed.gathered_at)) == (CycleState.GATHERED, True)
    step = AuditEvent.objects.get(now=CycleState.GATHERED)
    assert (step.was, step.note) == (CycleState.OPEN, "未提交 4 份")
    with pytest.raises(Refused, match="目前是“待评定”"):
        cycles.close_opinions(cycle, by=of.director, today=year.AFTER)
    with pytest.raises(Refused, match="不再接收意见"):
        year.township_view(cycle, of)


def test_close_opinions_may_come_early_once_everybody_has_spoken():
    of = year.party(1)
    cycle = year.opened(of)
    full(of, cycle)
    cycles.close_opinions(cycle, by=of.director, today=year.TODAY)
    assert AuditEvent.objects.get(now=CycleState.GATHERED).note == "意见齐全"


@pytest.mark.parametrize("role", NOT_THE_DIRECTOR)
def test_the_steps_of_the_cycle_are_refused_to_every_other_role(role):
    of = year.party(1)
    cycle, by = year.opened(of), make.actor(role)
    with pytest.raises(Refused, match="只有代工委主任可以截止"):
        cycles.close_opinions(cycle, by=by, today=year.AFTER)
    with pytest.raises(Refused, match="只有代工委主任可以调整"):
        moved(cycle, Stage.SELF, by=by)
    with pytest.raises(Refused, match="只有代工委主任可以结束公示"):
        publicity.finalise(cycle, by=by, today=year.OVER)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_close_opinions_once_and_one_under_way_is_in_or_refused():
    of = year.party(1)
    cycle = year.opened(of)
    how = {"by": of.director, "today": year.AFTER}
    assert at_once(3, cycles.close_opinions, cycle, **how) == ["done", "refused", "refused"]


def test_beat_closes_opinions_when_the_committees_days_begin_and_a_second_run_changes_nothing():
    of = year.party(1)
    cycle = year.opened(of)
    with year.on(year.TODAY):
        assert tasks.keep_reviews()["closed"] == 0
    with year.on(year.AFTER):
        assert tasks.keep_reviews()["closed"] == 1
        assert tasks.keep_reviews()["closed"] == 0
    cycle.refresh_from_db()
    assert cycle.state == CycleState.GATHERED
    assert AuditEvent.objects.get(now=CycleState.GATHERED).by_name == SYSTEM.name


def moved(cycle, stage, opens_on=date(2026, 12, 10), closes_on=date(2026, 12, 18), **how):
    how = {"reason": "大雪封山", "today": date(2026, 12, 12)} | how
    row = ReviewStage.objects.get(cycle=cycle, step=stage)
    return timetable.reschedule_stage(row, opens_on=opens_on, closes_on=closes_on, **how)


def test_reschedule_stage_moves_it_tells_whoever_owes_an_opinion_and_keeps_why():
    of = year.party(2)
    cycle = year.opened(of)
    year.self_review(cycle, of.deputies[0])

    moved(cycle, Stage.SELF, by=of.director)

    row = ReviewStage.objects.get(cycle=cycle, step=Stage.SELF)
    assert row.closes_on == date(2026, 12, 18)
    told = Notice.objects.get(key__contains="moved")
    assert told.person == of.deputies[1].user
    assert "12 月 10 日至 12 月 18 日：大雪封山" in told.text
    assert "原定2026-12-10至2026-12-20" in AuditEvent.objects.get(now="rescheduled").note


@pytest.mark.parametrize(
    ("stage", "how", "said"),
    [
        (Stage.SELF, {"opens_on": date(2026, 12, 11)}, "已经开始，只能改截止日期"),
        (Stage.SELF, {"closes_on": date(2026, 12, 11)}, "不能早于今天（12 月 12 日）"),
        (Stage.SELF, {"closes_on": date(2026, 12, 20)}, "没有改动"),
        (Stage.SELF, {"reason": "  "}, "请写明为什么改期"),
        (Stage.SELF, {"closes_on": date(2026, 12, 22)}, "小组核校不能比本人自评先开始"),
        (
            Stage.PUBLICITY,
            {"opens_on": date(2026, 12, 24), "closes_on": date(2026, 12, 31)},
            "公示最迟到 2026 年 12 月 30 日",
        ),
    ],
)
def test_reschedule_stage_is_refused_when_the_days_do_not_go_together(stage, how, said):
    of = year.party(1)
    cycle = year.opened(of)
    with pytest.raises(Refused, match=said):
        moved(cycle, stage, by=of.director, **how)


def test_reschedule_stage_is_refused_for_what_is_over():
    of = year.party(1)
    cycle = year.gathered(of)
    with pytest.raises(Refused, match="本人自评已经结束"):
        moved(cycle, Stage.SELF, by=of.director)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_reschedule_once():
    of = year.party(1)
    row = ReviewStage.objects.get(cycle=year.opened(of), step=Stage.SELF)
    how = {"opens_on": row.opens_on, "closes_on": date(2026, 12, 18), "reason": "大雪封山"}
    outcomes = at_once(
        3, timetable.reschedule_stage, row, by=of.director, today=date(2026, 12, 12), **how
    )
    assert outcomes == ["done", "refused", "refused"]


def test_the_database_lets_the_app_change_nothing_else_of_a_cycle():
    cycle = year.opened(year.party(1))
    for rows, change in (
        (ReviewCycle.objects.all(), {"cut_off_on": date(2026, 12, 1)}),
        (ReviewCycle.objects.all(), {"seed": "x"}),
        (cycle.stages.all(), {"step": Stage.GROUP}),
    ):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError, match="review_gathered_has_when"), transaction.atomic():
        ReviewCycle.objects.update(state=CycleState.GATHERED)


def test_finalise_waits_for_the_end_of_publicity():
    of = year.party(1)
    cycle = year.decided(of)
    with pytest.raises(Refused, match="公示到 12 月 30 日为止"):
        publicity.finalise(cycle, by=of.director, today=date(2026, 12, 30))
    assert publicity.finalise(cycle, by=of.director, today=year.OVER).state == CycleState.FINAL
