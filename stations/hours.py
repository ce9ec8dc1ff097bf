"""接待时间, pure: from when to when deputies receive, and how it is written."""

import re
from datetime import time
from typing import NamedTuple

NOON = time(12)
SPAN = re.compile(r"(上午|下午)?(\d{1,2})[:：](\d{2})\D{1,3}?(\d{1,2})[:：](\d{2})")


class Hours(NamedTuple):
    """From the first minute to the last."""

    first: time
    last: time

    @property
    def span(self) -> str:
        """8:30—11:30, as the sheet of places has it."""
        return f"{self.first:%-H:%M}—{self.last:%-H:%M}"

    @property
    def words(self) -> str:
        """上午 8:30—11:30; the half of the day only where it is one."""
        half = "上午 " if self.last <= NOON else "下午 " if self.first >= NOON else ""
        return f"{half}{self.span}"


def of(first: time | None, last: time | None) -> Hours | None:
    """Both times, or that none are known."""
    return Hours(first, last) if first and last else None


def read(words: str) -> Hours | None:
    """What somebody typed as 8:30—11:30; None when it is nothing of the kind."""
    found = SPAN.fullmatch(re.sub(r"\s", "", words))
    if found is None:
        return None
    try:
        first, last = (_at(found[1], int(found[at]), int(found[at + 1])) for at in (2, 4))
    except ValueError:
        return None
    return Hours(first, last) if first < last else None


def _at(half: str | None, hour: int, minute: int) -> time:
    """下午 2:30 is half past fourteen."""
    return time(hour + 12 if half == "下午" and hour < 12 else hour, minute)


def clock_time(figure: int) -> time:
    """8:30 of the figure 830."""
    return time(*divmod(figure, 100))
