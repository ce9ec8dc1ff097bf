"""十星, drawn: a row of ten or two rows of five; lit ones are gold and shine, the others wait."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString

from congress.shared.pictures.svg import (
    GOLD,
    GOLD_INK,
    GOLD_LINE,
    GOLD_SOFT,
    GREY,
    NONE,
    circle,
    frame,
    shape,
    text,
)

EDGE = "#d5cdc2"
DASHED = ' stroke-width="1.5" stroke-dasharray="4 3"'
ROUND = ' stroke-width="2.5" stroke-linejoin="round"'
INNER = 0.42
"""How far the inner corners lie from the middle: a full star, not a thin one."""


class StarSign(NamedTuple):
    """One star: its name, and whether it is lit; None where that is not known yet."""

    name: str
    lit: bool | None


def ten_stars_words(signs: Sequence[StarSign]) -> str:
    """点亮的星 in words."""
    lit = [sign.name for sign in signs if sign.lit and sign.name]
    dark = [sign.name for sign in signs if sign.lit is False and sign.name]
    open_ones = [sign.name for sign in signs if sign.lit is None and sign.name]
    words = f"点亮 {sum(bool(sign.lit) for sign in signs)} 颗"
    words += f"：{'、'.join(lit)}" if lit else ""
    words += f"；没有亮：{'、'.join(dark)}" if dark else ""
    return f"{words}；还没有定：{'、'.join(open_ones)}。" if open_ones else f"{words}。"


def ten_stars(signs: Sequence[StarSign], *, narrow: bool = False) -> SafeString:
    """The stars with their names; phones get five in a row."""
    row, step, tall = (5, 66, 84) if narrow else (10, 66, 88)
    size = 21 if narrow else 23
    parts: list[str] = []
    for number, sign in enumerate(signs):
        x = step * (number % row) + step / 2
        y = tall * (number // row) + size + 10
        parts += _star(x, y, size, sign)
        colour = GOLD_INK if sign.lit else GREY
        parts.append(
            text(x, y + size + 21, sign.name, 15, colour, anchor="middle", bold=bool(sign.lit))
        )
    rows = -(-len(signs) // row) or 1
    words = ten_stars_words(signs)
    return frame((step * row, tall * rows), "十星", words, parts, kind="ten-stars")


def _star(x: float, y: float, size: float, sign: StarSign) -> list[str]:
    if sign.lit:
        return [
            circle(x, y, size + 8, GOLD_SOFT),
            circle(x, y, size + 3, GOLD_LINE),
            shape(corners(x, y, size), fill=GOLD, stroke=GOLD, extra=ROUND),
        ]
    extra = DASHED if sign.lit is None else ROUND
    return [shape(corners(x, y, size), fill=NONE, stroke=EDGE, extra=extra)]


def corners(x: float, y: float, size: float) -> list[tuple[float, float]]:
    """The ten corners of a star around a point, the first at the top."""
    found = []
    for corner in range(10):
        far = size if corner % 2 == 0 else size * INNER
        turn = math.pi * corner / 5
        found.append((x + far * math.sin(turn), y - far * math.cos(turn)))
    return found
