"""评价日程: the proposed days always stand, and what contradicts itself is said in a sentence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from congress.shared.calendar import Calendar
from scoring.states import OPINIONS, Stage
from scoring.timetable import Span, proposed, why_not_timetable

DAYS = dict.fromkeys(Stage, 7)
EARLY = date(2026, 11, 1)
WORKS = Calendar({})


def table(today=EARLY, year=2026, grace=2):
    return proposed(year, today, DAYS, grace, WORKS)


def test_the_stages_follow_one_another_back_from_the_years_end_with_some_grace():
    found = table()
    days = [(span.opens_on, span.closes_on) for span in found.spans.values()]
    assert days == [
        (date(2026, 11, 23), date(2026, 11, 29)),
        (date(2026, 11, 30), date(2026, 12, 6)),
        (date(2026, 12, 7), date(2026, 12, 13)),
        (date(2026, 12, 16), date(2026, 12, 22)),
        (date(2026, 12, 23), date(2026, 12, 29)),
    ]
    assert found.cut_off_on == date(2026, 11, 22)


def test_a_working_day_before_31_december_is_left_to_tell_the_results():

    for of in range(2026, 2041):
        last = table(date(of, 6, 1), of).spans[Stage.PUBLICITY].closes_on
        left = [date(of, 12, day) for day in range(last.day + 1, 31)]
        assert any(WORKS(day) for day in left), of


def test_what_is_proposed_stands_whenever_the_review_is_opened():
    day = date(2026, 1, 1)
    while day < date(2028, 3, 1):
        found = table(day)
        assert why_not_timetable(2026, found, day) is None, day
        for span in found.spans.values():
            assert span.opens_on >= day, day
        day += timedelta(days=1)


def test_what_begins_in_december_may_not_be_put_off_into_the_next_year():
    known = table(date(2026, 12, 29))
    assert known.cut_off_on == date(2026, 12, 28)
    assert known.spans[Stage.PUBLICITY].closes_on == date(2027, 2, 3)
    why = str(why_not_timetable(2026, known, date(2026, 12, 1)))
    assert "公示最迟到 2026 年 12 月 30 日" in why


def test_opened_late_the_three_opinions_are_taken_side_by_side():
    found = table(date(2026, 12, 20)).spans
    assert {found[stage] for stage in OPINIONS} == {Span(date(2026, 12, 20), date(2026, 12, 20))}
    assert found[Stage.COMMITTEE] == Span(date(2026, 12, 21), date(2026, 12, 22))
    assert found[Stage.PUBLICITY].closes_on == date(2026, 12, 29)


def moved(stage, opens=0, closes=0):
    known = table()
    span = known.spans[stage]
    new = Span(span.opens_on + timedelta(days=opens), span.closes_on + timedelta(days=closes))
    return replace(known, spans={**known.spans, stage: new})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (replace(table(), cut_off_on=date(2025, 12, 31)), "履职截止日要在 2026 年里"),
        (replace(table(), cut_off_on=date(2026, 12, 1)), "自评不能在履职截止之前结束"),
        (moved(Stage.GROUP, opens=9), "小组核校的截止日期不能早于开始日期"),
        (moved(Stage.GROUP, opens=-9), "小组核校不能比本人自评先开始"),
        (moved(Stage.SELF, closes=8), "小组核校不能比本人自评先开始，也不能比它先截止"),
        (moved(Stage.GROUP, closes=9), "乡镇参评不能比小组核校先开始，也不能比它先截止"),
        (moved(Stage.COMMITTEE, opens=-5), "常委会评定要在乡镇参评截止（12 月 13 日）以后开始"),
        (moved(Stage.PUBLICITY, opens=-1), "公示要在常委会评定截止（12 月 22 日）以后开始"),
        (moved(Stage.PUBLICITY, closes=2), "公示最迟到 2026 年 12 月 30 日"),
        (moved(Stage.SELF, opens=-400), "本人自评不能在 2026 年以前开始"),
    ],
)
def test_what_contradicts_itself_is_said(changed, said):
    assert said in str(why_not_timetable(2026, changed, EARLY))


def test_a_year_that_has_passed_may_be_reviewed_in_the_next():
    found = table(date(2027, 2, 1))
    assert found.cut_off_on == date(2026, 12, 31)
    assert found.spans[Stage.SELF].opens_on == date(2027, 2, 1)
    assert why_not_timetable(2026, found, date(2027, 2, 1)) is None
