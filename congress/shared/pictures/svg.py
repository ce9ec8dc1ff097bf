"""Shapes as SVG strings. The one module that marks strings safe: every word is escaped here.

Colours are presentation attributes: the content policy allows no inline style.
"""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

INK, GREY, LINE, NONE = "#1d2126", "#5c5a57", "#e7e1d9", "#efe9e0"
RED, PALE, SOFT = "#a8201a", "#d9918c", "#f6dedb"
GOLD, GOLD_INK, GOLD_SOFT, GOLD_LINE = "#b98a2f", "#8a641b", "#fdf6e6", "#ecd9ae"
GREEN, AMBER, DONE = "#5fa27a", "#d79a3c", "#ddd5c9"
HEI = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
SONG = "Noto Serif CJK SC, Source Han Serif SC, Songti SC, SimSun, serif"


def legend(x: float, y: float, entries: Iterable[tuple[str, str]]) -> list[str]:
    """Coloured squares with their words, side by side."""
    parts = []
    for colour, words in entries:
        parts += [
            rect(x, y - 10, 11, 11, colour, radius=2.5),
            text(x + 16, y, words, 12.5, GREY),
        ]
        x += 16 + 12.5 * sum(1 if ord(letter) > 255 else 0.56 for letter in words) + 14
    return parts


def text(  # the attributes of one SVG text
    x: float,
    y: float,
    words: str,
    size: float,
    colour: str = INK,
    *,
    anchor: str = "start",
    bold: bool = False,
    song: bool = False,
) -> str:
    """Words at a point."""
    weight = ' font-weight="700"' if bold else ""
    face = f' font-family="{SONG}"' if song else ""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{place}{weight}{face}>'
        f"{escape(words)}</text>"
    )


def rect(  # the attributes of one SVG box
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    *,
    radius: float,
    edge: str = "",
    extra: str = "",
) -> str:
    """A box with round corners."""
    edging = f' stroke="{edge}"' if edge else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'rx="{radius}" fill="{fill}"{edging}{extra}/>'
    )


def boxes(
    places: Iterable[tuple[float, float, float, float]], fill: str, *, radius: float, edge: str = ""
) -> str:
    """Many boxes alike as one shape: hundreds of shapes take long to draw on paper."""
    r, arc = radius, f"a{radius:g} {radius:g} 0 0 1 "
    corners = [f"{arc}{x:g} {y:g}" if r else "" for x, y in ((r, r), (-r, r), (-r, -r), (r, -r))]
    path = "".join(
        f"M{x + r:g} {y:g}h{w - 2 * r:g}{corners[0]}v{h - 2 * r:g}{corners[1]}"
        f"h{2 * r - w:g}{corners[2]}v{2 * r - h:g}{corners[3]}z"
        for x, y, w, h in places
    )
    edging = f' stroke="{edge}"' if edge else ""
    return f'<path d="{path}" fill="{fill}"{edging}/>'


def circle(x: float, y: float, radius: float, fill: str, *, edge: str = "") -> str:
    """A disc, with an edge when asked."""
    edging = f' stroke="{edge}" stroke-width="1.6"' if edge else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"{edging}/>'


def line(x: float, y: float, to_x: float, to_y: float, colour: str) -> str:
    """A thin line."""
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}"/>'


def shape(points: Sequence[tuple[float, float]], *, fill: str, stroke: str, extra: str = "") -> str:
    """A closed polygon."""
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{corners}" fill="{fill}" stroke="{stroke}"{extra}/>'


def frame(  # the frame of every picture
    size: tuple[int, int],
    title: str,
    words: str,
    parts: Iterable[str],
    *,
    kind: str,
    group: bool = False,
) -> SafeString:
    """The whole picture with its name and its text twin; a group when it holds links."""
    width, height = size
    role = "group" if group else "img"
    return mark_safe(  # noqa: S308  # numbers are ours, every word was escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture {kind}" '
        f'viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="{role}" aria-label="{escape(title)}" '
        f'font-family="{HEI}"><title>{escape(title)}</title><desc>{escape(words)}</desc>'
        f"{''.join(parts)}</svg>"
    )
