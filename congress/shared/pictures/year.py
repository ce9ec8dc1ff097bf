"""A person's year: the five-axis portrait, the heat calendar, the months.

Each picture has a text twin `<name>_words`, which is also its <desc>; `narrow=True` draws the
phone's own picture. User units stay in the hundreds, as WeasyPrint's SVG text wants them.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
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
    width, height, reach, size = (320, 292, 96, 15) if narrow else (420, 350, 122, 15)
    middle = (width / 2, height / 2 + 12)
    corners = [Decimal(1)] * len(axes)
    parts = [
        shape(_web(middle, reach, corners), fill="#fdfcfa", stroke=LINE),
        *(
            shape(_web(middle, reach, [Decimal(ring) / 4] * len(axes)), fill="none", stroke=LINE)
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
    return frame(width, height, "五类履职画像", portrait_words(axes), parts)


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


def heat_calendar(
    year: int,
    counts: Mapping[date, int],
    *,
    today: date | None = None,
    narrow: bool = False,
) -> SafeString:
    """一年日历: months down, days across (phones: days down), the tens in gold."""
    words, tens = heat_calendar_words(year, counts), frozenset(reception_days(year))
    if narrow:
        cell, tall, left, top = 21.0, 11.0, 28.0, 24.0
        width, height = 320, int(top + 31 * (tall + 2) + 30)
    else:
        cell, tall, left, top = 15.0, 15.0, 48.0, 26.0
        width, height = int(left + 31 * 18), int(top + 12 * 18 + 34)
    across, down = cell + 3, tall + (2 if narrow else 3)
    parts = []
    for ten in TENS:
        if narrow:
            y = top + (ten - 1) * down - 1.5
            parts.append(rect(0, y, width, tall + 3, GOLD_SOFT, radius=3))
        else:
            x = left + (ten - 1) * across - 2
            parts.append(rect(x, 2, cell + 4, top + 12 * down, GOLD_SOFT, radius=3))
    for label in (1, 5, *TENS[:1], 15, 20, 25, 30):
        gold = label in TENS
        x = 22 if narrow else left + (label - 1) * across + cell / 2
        y = top + (label - 1) * down + tall - 1 if narrow else top - 9
        anchor, colour = ("end" if narrow else "middle"), (GOLD_INK if gold else GREY)
        parts.append(text(x, y, str(label), 12, colour, anchor=anchor, bold=gold))
    for month in range(1, 13):
        x = left + (month - 1) * across + cell / 2 if narrow else left - 8
        y = 14.0 if narrow else top + (month - 1) * down + tall - 3
        name = str(month) if narrow else f"{month} 月"
        parts.append(text(x, y, name, 12, GREY, anchor="middle" if narrow else "end"))
        for number in range(1, monthrange(year, month)[1] + 1):
            day = date(year, month, number)
            column, row = (month, number) if narrow else (number, month)
            x, y = left + (column - 1) * across, top + (row - 1) * down
            parts.append(
                _day(
                    (x, y, cell, tall),
                    counts.get(day, 0),
                    ahead=today is not None and day > today,
                    ten=day in tens,
                )
            )
    parts += legend(
        0 if narrow else left,
        height - 8,
        ((NONE, "没有"), (PALE, "1 条"), (RED, "2 条以上"), (GOLD_LINE, "逢十接待日")),
    )
    return frame(width, height, f"{year} 年日历", words, parts)


def _day(place: tuple[float, float, float, float], count: int, *, ahead: bool, ten: bool) -> str:
    colour = RED if count > 1 else PALE if count else "#fff" if ahead else NONE
    edge = GOLD if ten else LINE if ahead else ""
    return rect(*place, colour, radius=2.5, edge=edge)


def month_bars_words(values: Sequence[Decimal]) -> str:
    """每月积分 in words."""
    return "，".join(f"{i} 月 {value}" for i, value in enumerate(values, 1)) + "。"


def month_bars(values: Sequence[Decimal], *, current: int = 12) -> SafeString:
    """每月积分: a bar a month up to the current one, which is red and says its gain."""
    most = max((*values, Decimal(1)))
    parts = []
    for i, value in enumerate(values[:current], 1):
        tall = float(max(value, Decimal(0)) / most) * 62 + 3
        now = i == current
        parts.append(rect((i - 1) * 20, 68 - tall, 14, tall, RED if now else "#e6bcb8", radius=3))
    gain = values[current - 1] if 0 < current <= len(values) else Decimal(0)
    parts.append(text(0, 90, "1 月", 16, GREY))
    parts.append(text(234, 90, f"本月 {gain:+}", 16, GREY, anchor="end"))
    return frame(234, 96, "每月积分", month_bars_words(values[:current]), parts)


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
