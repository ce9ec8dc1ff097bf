"""履职画像 in words: what a year's numbers say of a deputy. Pure; kind, and honest.

The same numbers always give the same sentences. Every figure of a sentence is one of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.points import ZERO, plain

CLEARLY = Decimal("0.2")
"""A difference of a fifth of the ceiling is one that a person would remark on."""
MOST = Decimal("0.6")
LITTLE = Decimal("0.3")


@dataclass(frozen=True)
class Axis:
    """One category: points, ceiling, and the median of those who serve in the same congress."""

    name: str
    points: Decimal
    ceiling: Decimal
    middle: Decimal

    @property
    def share(self) -> Decimal:
        """Part of the ceiling that is reached."""
        return self.points / self.ceiling

    @property
    def is_full(self) -> bool:
        return self.points >= self.ceiling

    @property
    def is_strong(self) -> bool:
        """Full; or most of the ceiling and no less than the median; or clearly above the median."""
        ahead = self.points - self.middle
        return self.is_full or (
            self.points > ZERO
            and ((self.share >= MOST and ahead >= ZERO) or ahead >= CLEARLY * self.ceiling)
        )

    @property
    def is_thin(self) -> bool:
        """Little of the ceiling, or clearly below the median; never what is strong."""
        behind = CLEARLY * self.ceiling
        return not self.is_strong and (self.share < LITTLE or self.behind >= behind)

    @property
    def behind(self) -> Decimal:
        """How far below the median; negative above it."""
        return self.middle - self.points


def strengths(axes: Sequence[Axis]) -> str:
    """强项, the fullest first."""
    found = sorted((axis for axis in axes if axis.is_strong), key=lambda axis: -axis.share)
    if not any(axis.points > ZERO for axis in axes):
        return "今年还没有入账的积分。做过的事报上来，核实以后就会画在这里。"
    if not found:
        even = not any(axis.is_thin for axis in axes)
        return f"{'各类比较平均，' if even else ''}还没有特别突出的一类。"
    return f"做得好的：{'；'.join(_strong(axis) for axis in found)}。"


def _strong(axis: Axis) -> str:
    said = f"“{axis.name}”{plain(axis.points)} 分"
    if axis.is_full:
        return f"{said}，已经满分"
    ahead = axis.points - axis.middle
    return f"{said}，比中位数多 {plain(ahead)} 分" if ahead > ZERO else f"{said}，和中位数一样"


def thin_places(axes: Sequence[Axis]) -> str:
    """薄弱处, what lacks most first; then whatever else lies under the median, by how much."""
    thin = sorted((axis for axis in axes if axis.is_thin), key=lambda axis: axis.share)
    below = [axis for axis in axes if axis.behind > ZERO and not axis.is_thin]
    near = sorted(below, key=lambda axis: -axis.behind)
    said = f"还可以多做的：{'；'.join(_thin(axis) for axis in thin)}。" if thin else ""
    if near:
        gaps = "，".join(f"“{axis.name}”差 {plain(axis.behind)} 分" for axis in near)
        said += f"略低于中位数的：{gaps}。"
    return said or "每一类都不低于中位数。"


def _thin(axis: Axis) -> str:
    said = f"“{axis.name}”{plain(axis.points)} 分，满分 {plain(axis.ceiling)} 分"
    if axis.behind > ZERO:
        return f"{said}，离中位数还差 {plain(axis.behind)} 分"
    return f"{said}，多数人这一类也不多" if axis.points else f"{said}，还没有开始"


def trend(year: int, now: Sequence[Decimal], before: Sequence[Decimal], *, month: int) -> str:
    """到本月为止, against the same months of the year before."""
    here, there = sum(now[:month], ZERO), sum(before[:month], ZERO)
    if not any(before):
        return f"{year - 1} 年没有积分，不作比较。"
    span = f"1 到 {month} 月" if month > 1 else "1 月"
    said = f"{span}共 {plain(here)} 分，{year - 1} 年同期 {plain(there)} 分"
    if here == there:
        return f"{said}，一样多。"
    return f"{said}，{'多' if here > there else '少'} {plain(abs(here - there))} 分。"


def best_month(now: Sequence[Decimal]) -> str:
    """哪个月最多; the first of several."""
    most = max(now, default=ZERO)
    if most <= ZERO:
        return ""
    return f"{now.index(most) + 1} 月得分最多，{plain(most)} 分。"
