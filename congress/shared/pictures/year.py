"""A person's year: the five-axis portrait, the heat calendar, the months.

Each picture has a text twin `<name>_words`, which is also its <desc>; `narrow=True` draws the
phone's own picture. User units stay in the hundreds, as WeasyPrint's SVG text wants them.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import cos, pi, sin

from django.utils.safestring import SafeString

from congress.shared.calendar import reception_days
from congress.shared.pictures.svg import (
    GOLD,
    GOLD_INK,
    GOLD_LINE,
    GOLD_SOFT,
    GREY,
    LINE,
    NONE,
    PALE,
    RED,
    boxes,
    circle,
    frame,
    legend,
    line,
    rect,
    shape,
    text,
)

TENS = (10, 20, 30)


def portrait_words(axes: Sequence[tuple[str, Decimal]]) -> str:
    """五类履职画像 in words."""
    return "，".join(f"{name}完成 {_percent(share)}" for name, share in axes) + "。"


def portrait(
    axes: Sequence[tuple[str, Decimal]],
    *,
    median: Sequence[Decimal] = (),
    narrow: bool = False,
) -> SafeString:
    """五类履职画像: each axis is the share of the year's list that is done, full scale is all."""
    width, height, reach, size = (320, 270, 86, 15) if narrow else (420, 350, 122, 15)
    middle = (width / 2, height / 2 + 12)
    corners = [Decimal(1)] * len(axes)
    parts = [
        shape(_web(middle, reach, corners), fill="#fdfcfa", stroke=LINE),
        *(
            shape(
                _web(middle, reach, [Decimal(ring) / 4] * len(axes)),
                fill="none",
                stroke=LINE,
            )
            for ring in (1, 2, 3)
        ),
    ]
    for x, y in _web(middle, reach, corners):
        parts.append(line(middle[0], middle[1], x, y, LINE))
    if median:
        points = _web(middle, reach, median)
        parts.append(shape(points, fill="none", stroke=GREY, extra=' stroke-dasharray="4 4"'))
    person = _web(middle, reach, [share for _, share in axes])
    fill = ' fill-opacity=".14" stroke-width="2" stroke-linejoin="round"'
    parts.append(shape(person, fill=RED, stroke=RED, extra=fill))
    parts += [circle(x, y, 3.5, RED) for x, y in person]
    for (name, share), (x, corner) in zip(axes, _web(middle, reach + 16, corners), strict=True):
        above, below = corner < middle[1] - reach / 2, corner > middle[1] + reach / 2
        side = "middle" if above or below else "start" if x > middle[0] else "end"
        y = corner + (-16 if above else 10 if below else -4)
        parts.append(text(x, y, name, size, anchor=side))
        parts.append(text(x, y + size + 3, _percent(share), size, RED, anchor=side, bold=True))
    return frame((width, height), "五类履职画像", portrait_words(axes), parts, kind="portrait")


def heat_calendar_words(year: int, counts: Mapping[date, int]) -> str:
    """一年日历 in words."""
    days = [day for day, count in counts.items() if count and day.year == year]
    tens = len(set(reception_days(year)).intersection(days))
    months = sorted({day.month for day in days})
    if not days:
        return f"{year} 年还没有履职记录。"
    records = sum(counts[day] for day in days)
    spread = "、".join(f"{month} 月" for month in months)
    total = f"{year} 年 {len(days)} 天有 {records} 条记录，其中逢十接待日 {tens} 天"
    return f"{total}；有记录的月份：{spread}。"


@dataclass(frozen=True)
class Grid:
    """Where a day's cell lies: months down and days across, or, upright, days down."""

    upright: bool
    wide: float
    tall: float
    left: float
    top: float

    def cell(self, month: int, day: int) -> tuple[float, float, float, float]:
        column, row = (month, day) if self.upright else (day, month)
        x = self.left + (column - 1) * (self.wide + 3)
        return (
            x,
            self.top + (row - 1) * (self.tall + (2 if self.upright else 3)),
            self.wide,
            self.tall,
        )

    @property
    def size(self) -> tuple[int, int]:
        x, y, wide, tall = self.cell(12, 31)
        return int(x + wide + 3), int(y + tall + 34)


DESK = Grid(upright=False, wide=15, tall=15, left=48, top=26)
PAPER = Grid(upright=False, wide=17, tall=10.5, left=48, top=26)
PHONE = Grid(upright=True, wide=21, tall=11, left=28, top=24)


def heat_calendar(
    year: int,
    counts: Mapping[date, int],
    *,
    today: date | None = None,
    narrow: bool = False,
    paper: bool = False,
) -> SafeString:
    """一年日历: months down, days across (phones: days down), the tens in gold.

    On paper it is low and wide, and has sharp corners.
    """
    grid = PHONE if narrow else PAPER if paper else DESK
    tens = frozenset(reception_days(year))
    alike: defaultdict[tuple[str, str], list[tuple[float, float, float, float]]]
    alike = defaultdict(list)
    for month in range(1, 13):
        for number in range(1, monthrange(year, month)[1] + 1):
            day = date(year, month, number)
            count, ahead = counts.get(day, 0), today is not None and day > today
            colour = RED if count > 1 else PALE if count else "#fff" if ahead else NONE
            edge = GOLD if day in tens else LINE if ahead else ""
            alike[colour, edge].append(grid.cell(month, number))
    parts, radius = _scale(grid), 0 if paper else 2.5
    # What has an edge is drawn last, or its neighbours would lie on it.
    for (colour, edge), cells in sorted(alike.items(), key=lambda each: each[0][1]):
        parts.append(boxes(cells, colour, radius=radius, edge=edge))
    signs = (
        (NONE, "没有"),
        (PALE, "1 条"),
        (RED, "2 条以上"),
        (GOLD_LINE, "逢十接待日"),
    )
    parts += legend(0 if narrow else grid.left, grid.size[1] - 8, signs)
    words = heat_calendar_words(year, counts)
    return frame(grid.size, f"{year} 年日历", words, parts, kind="calendar")


def _scale(grid: Grid) -> list[str]:
    """The gold bands of the tens, the days 1, 5, 10 …, and the months."""
    parts = []
    for day in (1, 5, 10, 15, 20, 25, 30):
        x, y, wide, tall = grid.cell(1, day)
        if day in TENS and grid.upright:
            parts.append(rect(0, y - 1.5, grid.size[0], tall + 3, GOLD_SOFT, radius=3))
        elif day in TENS:
            parts.append(rect(x - 2, 2, wide + 4, grid.size[1] - 38, GOLD_SOFT, radius=3))
        at = (22.0, y + tall - 1, "end") if grid.upright else (x + wide / 2, y - 9, "middle")
        colour = GOLD_INK if day in TENS else GREY
        parts.append(text(*at[:2], str(day), 12, colour, anchor=at[2], bold=day in TENS))
    for month in range(1, 13):
        x, y, wide, tall = grid.cell(month, 1)
        if grid.upright:
            parts.append(text(x + wide / 2, 14, str(month), 12, GREY, anchor="middle"))
        else:
            parts.append(text(grid.left - 8, y + tall - 3, f"{month} 月", 12, GREY, anchor="end"))
    return parts


def month_bars_words(values: Sequence[Decimal]) -> str:
    """每月积分 in words."""
    return "，".join(f"{i} 月 {value}" for i, value in enumerate(values, 1)) + "。"


def month_bars(values: Sequence[Decimal], *, current: int = 12) -> SafeString:
    """每月积分: a bar a month up to the current one, which is red and says its gain."""
    most = max((*values, Decimal(1)))
    parts = []
    for i, value in enumerate(values[:current], 1):
        tall = float(max(value, Decimal(0)) / most) * 40 + 2
        colour = RED if i == current else "#e6bcb8"
        parts.append(rect((i - 1) * 13, 44 - tall, 9, tall, colour, radius=2))
    gain = values[current - 1] if 0 < current <= len(values) else Decimal(0)
    parts.append(text(0, 60, "1 月", 12, GREY))
    parts.append(text(156, 60, f"本月 {gain:+}", 12, GREY, anchor="end"))
    words = month_bars_words(values[:current])
    return frame((156, 64), "每月积分", words, parts, kind="months")


def _percent(share: Decimal) -> str:
    return f"{share * 100:.0f}%"


def _web(
    middle: tuple[float, float], reach: float, shares: Sequence[Decimal]
) -> list[tuple[float, float]]:
    turn = 2 * pi / max(len(shares), 1)
    sizes = [float(min(max(share, Decimal(0)), Decimal(1))) * reach for share in shares]
    return [
        (middle[0] + size * sin(i * turn), middle[1] - size * cos(i * turn))
        for i, size in enumerate(sizes)
    ]
