"""Dates, pure: months, working days, reception days. `works` comes from `Workday.objects`."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Works = Callable[[date], bool]
ONE_DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Calendar:
    """工作日历: whether a date is a working day, by what is announced, else Monday to Friday."""

    announced: Mapping[date, tuple[bool, str]]

    def __call__(self, day: date) -> bool:
        works, _ = self.announced.get(day, (day.weekday() < 5, ""))
        return works

    def why_free(self, first: date, after: date) -> str:
        """周六、周日、劳动节: why nobody works on the days before `after`, each reason once."""
        said, day = {}, first
        while day < after:
            _, reason = self.announced.get(day, (False, ""))
            said[reason or f"周{WEEKDAYS[day.weekday()]}"] = day
            day += ONE_DAY
        return "、".join(said)


def add_months(start: date, months: int) -> date:
    """The same day `months` later, or that month's last day: 30 Nov + 3 months is 28 or 29 Feb."""
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(start.day, last))


def add_working_days(start: date, days: int, works: Works) -> date:
    """The `days`-th working day after `start`; `start` itself never counts."""
    day = start
    while days > 0:
        day += ONE_DAY
        days -= works(day)
    return day


def working_days_until(today: date, due: date, works: Works) -> int:
    """Working days left after `today` up to and including `due`; negative when past."""
    if due < today:
        return -working_days_until(due, today, works)
    span = (due - today).days
    return sum(works(today + timedelta(days=offset)) for offset in range(1, span + 1))


def reception_days(year: int) -> list[date]:
    """逢十接待日: the 10th, 20th and 30th; in February the last day stands for the 30th."""
    days = []
    for month in range(1, 13):
        last = calendar.monthrange(year, month)[1]
        days += [date(year, month, min(day, last)) for day in (10, 20, 30)]
    return days


def next_reception(today: date) -> date:
    """逢十接待日: the coming one by the calendar, today included."""
    days = reception_days(today.year) + reception_days(today.year + 1)[:1]
    return next(each for each in days if each >= today)
