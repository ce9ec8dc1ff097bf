"""One year against the year before, month by month; the text twin says the same in a sentence."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from congress.shared.pictures.svg import GREY, LINE, PALE, RED, frame, legend, line, rect, text

FLOOR = 150.0


def two_years_words(year: int, now: Sequence[Decimal], before: Sequence[Decimal]) -> str:
    """每月积分，今年和去年, in words."""
    pairs = zip(now, before, strict=False)
    said = "；".join(
        f"{month} 月 {here:.1f} 分，上年 {there:.1f} 分"
        for month, (here, there) in enumerate(pairs, start=1)
    )
    return f"{year} 年每月积分：{said}。"


def two_years(
    year: int, now: Sequence[Decimal], before: Sequence[Decimal], *, narrow: bool = False
) -> SafeString:
    """每月积分: this year red, the year before pale beside it. Phones: a narrower twelve."""
    step, wide, left = (25.0, 9.0, 4.0) if narrow else (46.0, 17.0, 8.0)
    size = (int(left * 2 + 12 * step), 200)
    most = max((*now, *before, Decimal(1)))
    parts = [line(0, FLOOR, size[0], FLOOR, LINE)]
    for place in range(12):
        x = left + place * step
        for offset, values, colour in ((0.0, before, PALE), (wide + 1, now, RED)):
            value = values[place] if place < len(values) else Decimal(0)
            tall = float(max(value, Decimal(0)) / most) * 120
            parts.append(rect(x + offset, FLOOR - tall, wide, tall, colour, radius=2))
        shown = place % 2 == 0 or not narrow
        if shown:
            parts.append(text(x + wide, FLOOR + 17, f"{place + 1} 月", 12, GREY, anchor="middle"))
    parts += legend(left, 192, ((RED, f"{year} 年"), (PALE, f"{year - 1} 年")))
    parts.append(text(size[0] - left, 16, f"最高 {most:.1f} 分", 12, GREY, anchor="end"))
    words = two_years_words(year, now, before)
    return frame(size, "每月积分，今年和去年", words, parts, kind="trend")
