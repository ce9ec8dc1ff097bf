"""Work under way: where everything stands, and the lights of each unit.

Each picture has a text twin `<name>_words`, which is also its <desc>; `narrow=True` draws the
phone's own picture. User units stay in the hundreds, as WeasyPrint's SVG text wants them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString

from congress.shared.pictures.svg import (
    AMBER,
    DONE,
    GOLD_INK,
    GREEN,
    GREY,
    INK,
    RED,
    SOFT,
    circle,
    frame,
    legend,
    rect,
    text,
)


@dataclass(frozen=True)
class Flow:
    """阶段流: one stage, how many stay there now, where a tap leads, what is urgent there."""

    name: str
    count: int
    url: str = ""
    late: int = 0
    soon: int = 0


@dataclass(frozen=True)
class UnitLights:
    """各单位亮灯: one unit's parts by light."""

    name: str
    late: int = 0
    soon: int = 0
    ok: int = 0
    paused: int = 0
    done: int = 0

    @property
    def open(self) -> int:
        return self.late + self.soon + self.ok + self.paused

    @property
    def total(self) -> int:
        return self.open + self.done


def stage_flow_words(stages: Sequence[Flow]) -> str:
    """各在哪一步 in words."""
    return "，".join(f"{stage.name} {stage.count} 件" for stage in stages) + "。"


def stage_flow(stages: Sequence[Flow], *, narrow: bool = False) -> SafeString:
    """现在各在哪一步: circles count who stays at a step, the ribbon who came that far."""
    reached = [sum(later.count for later in stages[i:]) for i in range(len(stages))]
    most, title = max(reached[0] if reached else 1, 1), "现在各在哪一步"
    words, count = stage_flow_words(stages), max(len(stages), 1)
    if narrow:
        width, step = 320.0, 44.0
        size = (320, int(step * count))
        ends = [(150 - 46 * r / most - 3, 150 + 46 * r / most + 3) for r in reached]
        knots = [(step * (i + 0.5), *ends[i]) for i in range(len(stages))]
        ribbon = _ribbon(knots, step * count, upright=True)
    else:
        step, width = 880 / count, 880.0
        size = (880, 164)
        ends = [(56 - 44 * r / most - 4, 56 + 44 * r / most + 4) for r in reached]
        knots = [(step * (i + 0.5), *ends[i]) for i in range(len(stages))]
        ribbon = _ribbon(knots, width, upright=False)
    parts = [f'<path d="{ribbon}" fill="{SOFT}"/>'] if stages else []
    for i, stage in enumerate(stages):
        along = step * (i + 0.5)
        parts.append(_stop(stage, (150.0, along) if narrow else (along, 56.0), narrow=narrow))
    return frame(size, title, words, parts, kind="flow", group=any(stage.url for stage in stages))


def _stop(stage: Flow, at: tuple[float, float], *, narrow: bool) -> str:
    x, y = at
    radius = 15 if narrow else 17 + min(stage.count, 14) * 0.7
    full = stage.count >= 5
    urgent = "　".join(
        f"{word} {count}" for word, count in (("超期", stage.late), ("临近", stage.soon)) if count
    )
    ring = circle(x, y, radius, RED if full else "#fff", edge=RED)
    number = text(
        x,
        y + 6,
        str(stage.count),
        17,
        "#fff" if full else RED,
        anchor="middle",
        bold=True,
        song=True,
    )
    colour = RED if stage.late else GOLD_INK
    if narrow:
        names = text(88, y + 5, stage.name, 15, anchor="end")
        names += text(212, y + 5, urgent, 14, colour) if urgent else ""
        area = rect(0, y - 22, 320, 44, "#fff", radius=0, extra=' fill-opacity="0"')
    else:
        names = text(x, 132, stage.name, 15, anchor="middle")
        names += text(x, 155, urgent, 13, colour, anchor="middle") if urgent else ""
        area = rect(x - 45, 0, 90, 160, "#fff", radius=0, extra=' fill-opacity="0"')
    drawn = area + ring + number + names
    return f'<a href="{escape(stage.url)}">{drawn}</a>' if stage.url else drawn


def _ribbon(knots: Sequence[tuple[float, float, float]], end: float, *, upright: bool) -> str:
    """A smooth band through (along, near edge, far edge), from the first edge to the last."""
    if not knots:
        return ""
    full = [(0.0, *knots[0][1:]), *knots, (end, *knots[-1][1:])]

    def point(along: float, across: float) -> str:
        return f"{across:.1f} {along:.1f}" if upright else f"{along:.1f} {across:.1f}"

    def curve(edge: Sequence[tuple[float, float]]) -> str:
        bends = []
        for (a, b), (c, d) in pairwise(edge):
            half = (a + c) / 2
            bends.append(f"C{point(half, b)} {point(half, d)} {point(c, d)}")
        return "".join(bends)

    near = [(along, low) for along, low, _ in full]
    far = [(along, high) for along, _, high in reversed(full)]
    return f"M{point(*near[0])}{curve(near)}L{point(*far[0])}{curve(far)}Z"


def lights_by_unit_words(rows: Sequence[UnitLights]) -> str:
    """各单位亮灯 in words."""
    return "".join(
        f"{row.name}：超期 {row.late}，临近 {row.soon}，按期 {row.ok}，"
        f"暂停 {row.paused}，办完 {row.done}，共 {row.total}。"
        for row in rows
    )


def lights_by_unit(
    rows: Sequence[UnitLights], *, narrow: bool = False, most: int = 0
) -> SafeString:
    """各单位亮灯: one bar per unit, the urgent first, each piece with its number.

    `most` is the longest bar of several pictures that one reads side by side.
    """
    most = most or max((row.total for row in rows), default=1) or 1
    left, room, step, top = (0, 264, 58, 34) if narrow else (180, 350, 36, 38)
    width = 320 if narrow else 600
    key = ((RED, "超期"), (AMBER, "临近"), (GREEN, "按期"), (GREY, "暂停"), (DONE, "办完"))
    parts = [*legend(0, 16, key)]
    for i, row in enumerate(rows):
        y = top + i * step + (20 if narrow else 0)
        if narrow:
            parts.append(text(0, y - 5, row.name, 15))
        else:
            parts.append(text(left - 12, y + 17, row.name, 15, anchor="end"))
        x = float(left)
        for count, colour, ink in (
            (row.late, RED, "#fff"),
            (row.soon, AMBER, INK),
            (row.ok, GREEN, INK),
            (row.paused, GREY, "#fff"),
            (row.done, DONE, INK),
        ):
            if count:
                wide = max(room * count / most, 18)
                parts.append(rect(x, y, wide - 1.5, 22, colour, radius=3))
                parts.append(text(x + wide / 2, y + 16, str(count), 13, ink, anchor="middle"))
                x += wide
        parts.append(text(x + 8, y + 16, f"共 {row.total}", 13, GREY))
    height = top + len(rows) * step
    return frame((width, height), "各单位亮灯", lights_by_unit_words(rows), parts, kind="units")
