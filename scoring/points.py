"""积分算法: what the lines of one deputy's year add up to. Pure: no database and no clock.

百分制+附加分: each item counts up to its yearly limit, each category up to its ceiling; the five
ceilings add up to 100. The bonus has no ceiling, so the total has none: 累计积分上不封顶.
Limits apply to sums, never to single lines: in whatever order lines arrive, and whatever is
reversed in between, the sums are the same. Awards of several levels for one matter are no sum:
only the highest counts (同一事项取最高级). docs/scoring.md works one year by hand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal("0.0")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Line:
    """One line of the ledger; a reversal is the same line with its points negative.

    `matter` is what an award was for; it is empty where no other line can outdo this one.
    """

    category: str
    item: str
    points: Decimal
    per_year: Decimal | None = None
    bonus: bool = False
    matter: str = ""


@dataclass(frozen=True)
class Totals:
    """年度积分: total = base + bonus; `by_category` splits the base and has every category."""

    base: Decimal
    bonus: Decimal
    total: Decimal
    by_category: Mapping[str, Decimal]


@dataclass(frozen=True)
class Share:
    """What one line adds to the total, after the lines before it.

    `item_limit` or `ceiling` is the limit that held the rest back. `beside` is what other awards
    for the same matter count without this one.
    """

    line: Line
    counted: Decimal
    item_limit: Decimal | None = None
    ceiling: Decimal | None = None
    beside: Decimal = ZERO


def totals(lines: Iterable[Line], ceilings: Mapping[str, Decimal]) -> Totals:
    """Base, bonus and total of a year. Lines of one item may also come already summed up."""
    known = list(lines)
    limits = _limits(known)
    items: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    bonus = ZERO
    matters: defaultdict[str, Counter[Decimal]] = defaultdict(Counter)
    for line in known:
        if line.matter:
            matters[line.matter].update(_live(line))
        elif line.bonus:
            bonus += line.points
        else:
            items[line.category, line.item] += line.points
    sums = dict.fromkeys(ceilings, ZERO)
    for (category, item), points in items.items():
        sums[category] += _held(points, limits[category, item])
    by_category = {category: _held(points, ceilings[category]) for category, points in sums.items()}
    base = sum(by_category.values(), ZERO)
    bonus += sum(map(_highest, matters.values()), ZERO)
    return Totals(base, bonus, base + bonus, by_category)


def shares(lines: Iterable[Line], ceilings: Mapping[str, Decimal]) -> list[Share]:
    """What each line adds in the order given; the parts add up to the total."""
    known = list(lines)
    limits = _limits(known)
    items: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    sums = dict.fromkeys(ceilings, ZERO)
    matters: defaultdict[str, Counter[Decimal]] = defaultdict(Counter)
    split = []
    for line in known:
        if line.matter:
            split.append(_of_matter(line, matters[line.matter]))
            continue
        if line.bonus:
            split.append(Share(line, line.points))
            continue
        key, limit, ceiling = (line.category, line.item), None, ceilings[line.category]
        limit = limits[key]
        was = _held(items[key], limit)
        items[key] += line.points
        of_item = _held(items[key], limit) - was
        was = _held(sums[line.category], ceiling)
        sums[line.category] += of_item
        counted = _held(sums[line.category], ceiling) - was
        split.append(
            Share(
                line,
                counted,
                item_limit=limit if of_item != line.points else None,
                ceiling=ceiling if counted != of_item else None,
            )
        )
    return split


def explain(share: Share, *, name: str, unit: str, quantity: int, each: Decimal) -> str:
    """为什么是这个分: the arithmetic of one line in one sentence."""
    if share.line.points < 0:
        sentence = f"冲销 {name} {quantity} {unit}，原来的 {plain(-share.line.points)} 分不再计"
        return sentence + (f"；同一事项按 {plain(share.beside)} 分计" if share.beside else "")
    sentence = f"{name} {quantity} {unit} × {plain(each)} 分 = {plain(share.line.points)} 分"
    if share.item_limit is not None:
        sentence += f"；本项全年最多 {plain(share.item_limit)} 分"
    if share.ceiling is not None:
        sentence += f"；本类已满 {plain(share.ceiling)} 分"
    if share.beside and not share.counted:
        award = "更高的奖" if share.beside > share.line.points else "同级的奖"
        return f"{sentence}；同一事项已有{award}（{plain(share.beside)} 分），不另计"
    if share.beside:
        sentence += f"；同一事项取最高级，另一级已计 {plain(share.beside)} 分"
    if share.counted != share.line.points:
        sentence += f"，计入 {plain(share.counted)} 分"
    return sentence


def plain(points: Decimal) -> str:
    """Points inside a sentence: 2.0 reads 2, and 0.5 stays."""
    text = f"{points:.1f}"
    return text.removesuffix(".0")


def why_not_ceilings(ceilings: Iterable[Decimal]) -> str | None:
    """百分制: the ceilings of the categories must add up to 100."""
    found = sum(ceilings, ZERO)
    return None if found == HUNDRED else f"各类封顶分相加应为 100 分，现在是 {plain(found)} 分。"


def _live(line: Line) -> dict[Decimal, int]:
    """One more award of that worth, or by a reversal one less."""
    return {abs(line.points): 1 if line.points > 0 else -1}


def _highest(awards: Mapping[Decimal, int]) -> Decimal:
    """What a matter counts: the greatest award that stands."""
    return max((points for points, times in awards.items() if times > 0), default=ZERO)


def _of_matter(line: Line, awards: Counter[Decimal]) -> Share:
    """What one award adds to its matter; afterwards it is among the matter's awards."""
    was = _highest(awards)
    awards.update(_live(line))
    now = _highest(awards)
    return Share(line, now - was, beside=min(was, now))


def _limits(lines: Iterable[Line]) -> dict[tuple[str, str], Decimal | None]:
    """The yearly limit of each item: where two rule books of a year differ, the wider one.

    Nobody loses by a change of rules in mid-year what the older book had already given.
    """
    widest: dict[tuple[str, str], Decimal | None] = {}
    for line in lines:
        key = (line.category, line.item)
        if key not in widest:
            widest[key] = line.per_year
        else:
            known = widest[key]
            both = known is not None and line.per_year is not None
            widest[key] = max(known, line.per_year) if both else None  # type: ignore[type-var]  # both known
    return widest


def _held(points: Decimal, limit: Decimal | None) -> Decimal:
    return points if limit is None else min(points, limit)
