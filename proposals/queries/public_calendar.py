"""为什么是这一天, as a small calendar: the weeks up to the last day, and which days count. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from congress.shared.calendar import WEEKDAYS, Works, working_days_until

WEEKS = 6


class Cell(NamedTuple):
    """One day: its number, what it is to the deadline, and a word or a count below."""

    label: str
    kind: str
    note: str


class DayCalendar(NamedTuple):
    """Weeks of seven days, and the same in one sentence."""

    head: str
    weeks: tuple[tuple[Cell, ...], ...]
    words: str


def day_calendar(start: date, due: date, today: date, works: Works) -> DayCalendar:
    """The last weeks before the day, or those since then when it has passed."""
    last = max(due, today)
    end = last + timedelta(days=6 - last.weekday())
    begin = max(_monday(min(start, today)), end - timedelta(days=7 * WEEKS - 1))
    days = [begin + timedelta(days=each) for each in range((end - begin).days + 1)]
    cells = [_cell(each, begin, start, due, today, works) for each in days]
    weeks = tuple(tuple(cells[each : each + 7]) for each in range(0, len(cells), 7))
    return DayCalendar(WEEKDAYS, weeks, _words(due, today, works))


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _cell(on: date, begin: date, start: date, due: date, today: date, works: Works) -> Cell:
    label = f"{on.month}.{on.day}" if on.day == 1 or on == begin else str(on.day)
    return Cell(label, " ".join(_kinds(on, start, due, today, works)), _note(on, due, today, works))


def _kinds(on: date, start: date, due: date, today: date, works: Works) -> Iterator[str]:
    if on == due:
        yield "due"
    elif not works(on):
        yield "free"
    elif on < start or on > max(due, today):
        yield "out"
    elif on > due:
        yield "over"
    elif on > today:
        yield "left"
    else:
        yield "past"
    if on == today:
        yield "today"


def _note(on: date, due: date, today: date, works: Works) -> str:
    if on == today:
        return "今天"
    if not works(on):
        return "休" if on.weekday() < 5 else ""
    if today < on <= due:
        return str(working_days_until(today, on, works))
    if due < on < today:
        return str(working_days_until(due, on, works))
    return "班" if on.weekday() > 4 else ""


def _words(due: date, today: date, works: Works) -> str:
    left = working_days_until(today, due, works)
    if today > due:
        return f"过了最后一天 {-left} 个工作日；休息日不算。"
    if today == due:
        return "今天是最后一天。"
    return f"今天以后还有 {left} 个工作日，数字是第几个；休息日不算。"
