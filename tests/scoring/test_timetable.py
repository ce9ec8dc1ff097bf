"""评价日程: the proposed days always stand, and what contradicts itself is said in a sentence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from scoring.states import OPINIONS, Stage
from scoring.timetable import Span, proposed, why_not_timetable

DAYS = dict.fromkeys(Stage, 7)
EARLY = date(2026, 11, 1)


def table(today=EARLY, year=2026, grace=2):
    return proposed(year, today, DAYS, grace)


def test_the_stages_follow_one_another_back_from_30_december_with_some_grace():
    found = table()
    days = [(span.opens_on, span.closes_on) for span in found.spans.values()]
    assert days == [
        (date(2026, 11, 24), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2026, 12, 7)),
        (date(2026, 12, 8), date(2026, 12, 14)),
        (date(2026, 12, 17), date(2026, 12, 23)),
        (date(2026, 12, 24), date(2026, 12, 30)),
    ]
    assert found.cut_off_on == date(2026, 11, 23)


def test_what_is_proposed_stands_whenever_the_review_is_opened():
    day = date(2026, 1, 1)
    while day < date(2027, 3, 1):
        found = table(day)
        if (day.month, day.day) not in {(12, 29), (12, 30), (12, 31)}:  # no day left for 公示
            assert why_not_timetable(2026, found, day) is None, day
        for stage in OPINIONS:
            assert found.spans[stage].closes_on >= min(day, date(2026, 12, 28)), day
        day += timedelta(days=1)


def test_opened_late_the_three_opinions_are_taken_side_by_side():
    found = table(date(2026, 12, 20)).spans
    assert {found[stage] for stage in OPINIONS} == {Span(date(2026, 12, 20), date(2026, 12, 20))}
    assert found[Stage.COMMITTEE] == Span(date(2026, 12, 21), date(2026, 12, 23))
    assert found[Stage.PUBLICITY].closes_on == date(2026, 12, 30)


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
        (moved(Stage.COMMITTEE, opens=-5), "常委会评定要在乡镇参评截止（12 月 14 日）以后开始"),
        (moved(Stage.PUBLICITY, opens=-1), "公示要在常委会评定截止（12 月 23 日）以后开始"),
        (moved(Stage.PUBLICITY, closes=1), "公示最迟到 2026 年 12 月 30 日"),
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
