"""告诉过的日子: nothing ends before the cut-off, and who was told of a day is told of another."""

from datetime import date

import pytest

from congress.shared.confidential import KEPT
from congress.shared.errors import Refused
from congress.shared.models import Notice
from scoring.actions import amendments, cycles, grade_objections, timetable
from scoring.models import ReviewCycle
from scoring.permissions import why_not_decide
from scoring.permissions.publicity import publicity_until
from scoring.queries.timetables import spans_of
from scoring.queries.turning import next_act, track
from scoring.states import Stage
from tests import make
from tests.scoring import grading, year
from tests.scoring.year import as_, text, url

pytestmark = pytest.mark.django_db
CUT_OFF = date(2026, 12, 15)


def test_opinions_are_not_closed_and_nothing_is_decided_before_the_cut_off_is_past():
    of = year.party(1)
    cycle = year.opened(of)
    year.self_review(cycle, of.deputies[0])
    year.group_check(cycle, of)
    year.township_view(cycle, of)
    with pytest.raises(Refused, match="履职截止日是 12 月 15 日，过了这一天"):
        cycles.close_opinions(cycle, by=of.director, today=CUT_OFF)
    cycle = cycles.close_opinions(cycle, by=of.director, today=date(2026, 12, 16))
    assert "过了这一天" in why_not_decide(of.director, cycle, CUT_OFF)


def test_no_stage_is_moved_so_that_the_self_review_ends_before_the_cut_off():
    of = year.party(1)
    stage = year.opened(of).stages.get(step=Stage.SELF)
    how = {"opens_on": stage.opens_on, "reason": "提前收齐", "today": date(2026, 12, 10)}
    with pytest.raises(Refused, match="自评不能在履职截止之前结束"):
        timetable.reschedule_stage(stage, closes_on=date(2026, 12, 14), by=of.director, **how)


def test_publicity_is_only_made_longer_and_everybody_graded_is_told():
    of = year.party(2)
    cycle = year.decided(of)
    stage = cycle.stages.get(step=Stage.PUBLICITY)
    how = {"opens_on": stage.opens_on, "reason": "元旦放假", "by": of.director}
    today = date(2026, 12, 24)
    timetable_was = stage.closes_on
    with pytest.raises(Refused, match="只能延后，不能提前"):
        timetable.reschedule_stage(stage, closes_on=date(2026, 12, 29), today=today, **how)
    stage.closes_on = date(2026, 12, 28)
    stage.save(update_fields=["closes_on"])
    timetable.reschedule_stage(stage, closes_on=timetable_was, today=today, **how)
    told = Notice.objects.filter(text__contains="公示改到")
    assert set(told.values_list("person", flat=True)) == {one.user_id for one in of.deputies}


def test_the_office_reads_the_day_to_which_publicity_really_runs():
    of = year.party(1)
    cycle = ReviewCycle.objects.get(pk=year.decided(of).pk)
    cycle.decided_at = cycle.decided_at.replace(day=30)
    spans, day = spans_of(cycle), date(2026, 12, 31)
    until = publicity_until(cycle)
    assert until > day
    assert not next_act(cycle, spans, day, now=year.NOW).is_due
    assert f"{until:%m-%d}" in track(cycle, spans, day)[4].when


def test_a_dropped_amendment_tells_who_objected_and_the_director():
    of = year.party(1)
    row = year.decided(of).gradings.get()
    objection = grading.upheld(grading.objected(row), of)
    amendment = row.amendments.get()
    amendments.drop_amendment(amendment, reason="依据不足。", by=make.actor())
    asks = Notice.objects.filter(text__contains="请重新答复")
    assert [(row.person, row.read_at) for row in asks] == [(of.director.user, None)]
    assert Notice.objects.get(key__startswith=f"{KEPT}objection_").person == objection.raised_by
    objection.refresh_from_db()
    grade_objections.dismiss_objection(objection, answer="会议没有同意。", by=of.director)
    assert not asks.filter(read_at=None).exists(), "answered, it asks no more"


def test_a_deputy_reads_before_objecting_what_the_grade_rests_on(client):
    of = year.party(1)
    cycle = year.decided(of)
    row = cycle.gradings.get()
    page = text(as_(client, make.as_deputy(of.deputies[0])).get(url("my_grading")))
    for said in ("参考分", f"{row.suggestion}", "建议等次", year.WHY, "十星的依据"):
        assert said in page
    assert "参考分怎样来的" not in page
