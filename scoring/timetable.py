"""年度评价的日程. Pure: days proposed for each stage, and why a timetable cannot stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from congress.shared.calendar import Works
from scoring.states import OPINIONS, Stage

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """起止: both days belong to the stage."""

    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class Timetable:
    """履职截止日 and the days of all five stages."""

    cut_off_on: date
    spans: Mapping[Stage, Span]


def last_day_for(year: int, today: date, begins_on: date) -> date:
    """最迟哪天: everything is over before 31 December; a year that has passed begins anew.

    What begins when fewer than three days are left, one for the opinions, one for the committee
    and one for 公示, is over before the next year's.
    """
    begun = min(today, begins_on) + timedelta(days=3)
    return date(max(year, today.year, begun.year), 12, 30)


def proposed(
    year: int, today: date, days: Mapping[Stage, int], grace: int, works: Works
) -> Timetable:
    """One stage after the other, counted back from the year's end; the cut-off just before.

    公示 ends early enough to tell the results on a working day before 31 December. Between the
    last opinion and the committee lie some days of grace for what comes late. Where the year is
    too far gone for that, the three opinions are taken side by side from today and what is left
    goes to the committee and 公示 in turn. What is reviewed in a later year begins today.
    """
    last = _day_before_telling(last_day_for(year, today, today), works)
    first = last - timedelta(days=sum(days.values()) + grace - 1)
    if first < today:
        spans = _side_by_side(today, last, days)
    else:
        spans = _in_turn(today if last.year > year else first, days, grace)
    cut_off_on = min(spans[Stage.SELF].opens_on - ONE_DAY, date(year, 12, 31))
    return Timetable(max(cut_off_on, date(year, 1, 1)), spans)


def _day_before_telling(last: date, works: Works) -> date:
    while not works(last):
        last -= ONE_DAY
    return last - ONE_DAY


def _in_turn(first: date, days: Mapping[Stage, int], grace: int) -> dict[Stage, Span]:
    spans, day = {}, first
    for stage in Stage:
        if stage == Stage.COMMITTEE:
            day += timedelta(days=grace)
        spans[stage] = Span(day, day + timedelta(days=days[stage] - 1))
        day += timedelta(days=days[stage])
    return spans


def _side_by_side(today: date, last: date, days: Mapping[Stage, int]) -> dict[Stage, Span]:
    left = max((last - today).days + 1, 3)
    publicity = min(days[Stage.PUBLICITY], max(left - 2, 1))
    committee = min(days[Stage.COMMITTEE], max(left - publicity - 1, 1))
    opinions = max(left - publicity - committee, 1)
    gathered = today + timedelta(days=opinions - 1)
    decided = gathered + timedelta(days=committee)
    return {
        **dict.fromkeys(OPINIONS, Span(today, gathered)),
        Stage.COMMITTEE: Span(gathered + ONE_DAY, decided),
        Stage.PUBLICITY: Span(decided + ONE_DAY, decided + timedelta(days=publicity)),
    }


def why_not_timetable(year: int, table: Timetable, today: date) -> str | None:
    """The first thing in which the days contradict each other or the year."""
    if table.cut_off_on.year != year:
        return f"履职截止日要在 {year} 年里。"
    return why_not_spans(year, table.spans, today) or _why_not_after_cut_off(table)


def _why_not_after_cut_off(table: Timetable) -> str | None:
    first = table.spans[Stage.SELF]
    if first.closes_on < table.cut_off_on:
        return (
            f"本人自评在 {said(first.closes_on)}就截止，履职截止日是 {said(table.cut_off_on)}："
            "自评不能在履职截止之前结束。"
        )
    return None


def why_not_spans(year: int, spans: Mapping[Stage, Span], today: date) -> str | None:
    """各阶段先后: none ends before it begins, none before the one before it, all in the year."""
    former: Stage | None = None
    for stage, span in ((each, spans[each]) for each in Stage):
        if span.closes_on < span.opens_on:
            return f"{stage.label}的截止日期不能早于开始日期。"
        if former is not None and (reason := _why_not_after(former, stage, spans)):
            return reason
        former = stage
    if spans[Stage.SELF].opens_on < date(year, 1, 1):
        return f"{Stage.SELF.label}不能在 {year} 年以前开始。"
    last = last_day_for(year, today, spans[Stage.SELF].opens_on)
    if spans[Stage.PUBLICITY].closes_on > last:
        return (
            f"公示最迟到 {last.year} 年 12 月 30 日：办法要求 12 月 31 日前完成，"
            "公示结束以后还要通报、归档。"
        )
    return None


def _why_not_after(former: Stage, stage: Stage, spans: Mapping[Stage, Span]) -> str | None:
    before, span = spans[former], spans[stage]
    if stage in OPINIONS:
        if span.opens_on < before.opens_on or span.closes_on < before.closes_on:
            return f"{stage.label}不能比{former.label}先开始，也不能比它先截止。"
        return None
    if span.opens_on <= before.closes_on:
        return f"{stage.label}要在{former.label}截止（{said(before.closes_on)}）以后开始。"
    return None


def said(day: date) -> str:
    """12 月 5 日."""
    return f"{day.month} 月 {day.day} 日"
