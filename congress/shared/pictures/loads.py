"""What a sheet lays on each unit, and in which weeks the answers fall due."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.safestring import SafeString

from congress.shared.pictures.svg import AMBER, GREY, INK, PALE, RED, frame, legend, rect, text

WIDTH, STEP = 280, 40.0
AMBER_INK = "#8f580a"
WEEK = timedelta(days=6)


class UnitLoad(NamedTuple):
    """各单位件数: what a unit answers, what it helps with, what it objects to."""

    name: str
    answering: int
    helping: int
    objected: int = 0


class WeekLoad(NamedTuple):
    """到期: a week by its Monday, and how many answers are due in it."""

    monday: date
    due: int


def unit_loads_words(rows: Sequence[UnitLoad]) -> str:
    """各单位件数 in words."""
    return "".join(
        f"{row.name}：主办、分办 {row.answering} 件，会办、协办 {row.helping} 件"
        f"{f'，{row.objected} 件异议' if row.objected else ''}。"
        for row in rows
    )


def most_of(rows: Sequence[UnitLoad]) -> int:
    """What the longest bar stands for."""
    return max((row.answering + row.helping for row in rows), default=1) or 1


def unit_loads(rows: Sequence[UnitLoad], most: int = 0) -> SafeString:
    """各单位件数: one bar for each unit under its name; narrow enough for a phone as it is.

    `most` measures a part of the rows by the longest bar of all.
    """
    most = most or most_of(rows)
    parts = [*legend(0, 14, ((RED, "主办、分办"), (PALE, "会办、协办")))]
    for place, row in enumerate(rows):
        y = 46 + place * STEP
        parts.append(text(0, y, row.name, 14))
        words, right = f"{row.answering} + {row.helping}", float(WIDTH)
        if row.objected:
            parts.append(text(right, y, f"{row.objected} 件异议", 13, AMBER_INK, anchor="end"))
            right -= 62
        parts.append(text(right, y, words, 13, GREY, anchor="end"))
        wide = WIDTH * row.answering / most
        if row.answering:
            parts.append(rect(0, y + 7, max(wide - 1.5, 2), 9, RED, radius=3))
        if row.helping:
            rest = WIDTH * row.helping / most
            parts.append(rect(wide, y + 7, max(rest, 2), 9, PALE, radius=3))
    height = int(30 + len(rows) * STEP)
    return frame((WIDTH, height), "各单位件数", unit_loads_words(rows), parts, kind="loads")


def week_loads_words(rows: Sequence[WeekLoad]) -> str:
    """各周到期件数 in words."""
    return "".join(f"{_week(row.monday)}到期 {row.due} 件。" for row in rows)


def week_loads(rows: Sequence[WeekLoad]) -> SafeString:
    """各周到期件数: one bar for each week."""
    most = max((row.due for row in rows), default=1) or 1
    parts = []
    for place, row in enumerate(rows):
        y = 18 + place * STEP
        parts.append(text(0, y, _week(row.monday), 14, INK))
        parts.append(text(WIDTH, y, f"{row.due} 件", 13, GREY, anchor="end"))
        parts.append(rect(0, y + 7, max(WIDTH * row.due / most, 2), 9, AMBER, radius=3))
    height = int(8 + len(rows) * STEP)
    return frame((WIDTH, height), "各周到期件数", week_loads_words(rows), parts, kind="weeks")


def _week(monday: date) -> str:
    """With its year: what is handed over in autumn is due in spring."""
    sunday = monday + WEEK
    year = f"{sunday.year} 年 " if sunday.year != monday.year else ""
    first = f"{monday.year} 年 {monday.month} 月 {monday.day} 日"
    return f"{first}至 {year}{sunday.month} 月 {sunday.day} 日"
