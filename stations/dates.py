"""逢十接待日, pure: on which dates a year's reception days are planned and held."""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from congress.shared.calendar import ONE_DAY, Calendar

KEEP, LATER, SOONER = 0, 1, 2
"""What becomes of a day on which nobody works: kept, moved on, or moved forward."""


class Planned(NamedTuple):
    """The date by the calendar, the date it is held on, and why it is another one."""

    planned_on: date
    held_on: date
    reason: str = ""


def planned_dates(year: int, numbers: Iterable[int]) -> list[date]:
    """Those days of each month; a month that is too short has its last day instead."""
    found = set()
    for month in range(1, 13):
        last = calendar.monthrange(year, month)[1]
        found |= {date(year, month, min(number, last)) for number in numbers}
    return sorted(found)


def days_of(year: int, numbers: Sequence[int], roll: int, works: Calendar) -> list[Planned]:
    """The year's reception days in order, no two on one date.

    One that would roll onto another's date goes on to the next working day; one that would leave
    its year backwards is kept.
    """
    taken: set[date] = set()
    found = []
    for on in planned_dates(year, numbers):
        held = _held(on, roll, works, taken)
        taken.add(held)
        words = "" if held == on else f"遇{_why(on, works)}{'顺延' if held > on else '提前'}"
        found.append(Planned(on, held, words))
    return found


def _held(on: date, roll: int, works: Calendar, taken: set[date]) -> date:
    if roll == KEEP or works(on):
        return on
    step = ONE_DAY if roll == LATER else -ONE_DAY
    day = on
    while not works(day) or day in taken:
        day += step
    return day if day.year == on.year or roll == LATER else on


def _why(on: date, works: Calendar) -> str:
    return works.why_free(on, on + ONE_DAY)
