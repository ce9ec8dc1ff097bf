"""试算: what one table of points would have made of a year's facts. Pure: no database, no clock.

Which rule drives it: the drive of a part (a rule, or a ceiling) is what the new total loses when
only that part is put back to what it was. Limits make parts work together, so drives need not add
up to the change: the rest is shown as such. docs/scoring.md says it in words.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from scoring.points import ZERO, Line, Totals, totals
from scoring.tables import Figures, Table


class Kind(StrEnum):
    RULE = "规则"
    CEILING = "封顶"


class Part(NamedTuple):
    """What can be put back alone: the rule of an item, or the ceiling of a category."""

    kind: Kind
    code: str


@dataclass(frozen=True)
class Deed:
    """What one deputy did of one item under one rule, summed up.

    `was` is that rule, None where none spoke of the item. Of awards for one matter only the
    `largest` can count, where a rule says so.
    """

    item: str
    quantity: int
    was: Figures | None
    matter: str = ""
    largest: int = 0

    def under(self, figures: Figures | None) -> Line | None:
        """The deed's line under these figures; None where a table does not speak of the item."""
        if figures is None:
            return None
        matter = self.matter if figures.highest_only else ""
        return Line(
            category=figures.category,
            item=self.item,
            points=figures.points * (self.largest if matter else self.quantity),
            per_year=figures.per_year,
            bonus=figures.bonus,
            matter=matter,
        )


@dataclass(frozen=True)
class Replayed:
    """One deputy's year under both tables, and what each changed part drives."""

    before: Totals
    after: Totals
    drives: Mapping[Part, Decimal]

    @property
    def change(self) -> Decimal:
        return self.after.total - self.before.total

    @property
    def together(self) -> Decimal:
        """What no part does alone: the limits at which several of them meet."""
        return self.change - sum(self.drives.values(), ZERO)

    @property
    def driver(self) -> Part | None:
        """The part that drives most; of equals the first in the list's order."""
        return max(self.drives, key=lambda part: abs(self.drives[part]), default=None)


def replay(deeds: Sequence[Deed], was: Mapping[str, Decimal], table: Table) -> Replayed:
    """One deputy's deeds under `table`, against what they were worth under the ceilings `was`."""
    figures = table.by_item
    old = _by_item((deed, deed.was) for deed in deeds)
    new = _by_item((deed, figures.get(deed.item)) for deed in deeds)
    before, after = totals(_all(old), was), totals(_all(new), table.ceilings)
    drives = {part: points for part, points in _drives(old, new, was, table) if points}
    return Replayed(before, after, drives)


Lines = dict[str, list[Line]]
"""Lines by the item's code."""


def _by_item(deeds: Iterable[tuple[Deed, Figures | None]]) -> Lines:
    found: Lines = {}
    for deed, figures in deeds:
        lines = found.setdefault(deed.item, [])
        line = deed.under(figures)
        if line is not None:
            lines.append(line)
    return found


def _all(lines: Lines) -> list[Line]:
    return [line for own in lines.values() for line in own]


def _drives(
    old: Lines, new: Lines, was: Mapping[str, Decimal], table: Table
) -> Iterator[tuple[Part, Decimal]]:
    """What each part that differs drives, rules first and in the table's order, then ceilings."""
    both = {**was, **table.ceilings}
    for item in {**table.by_item, **dict.fromkeys(sorted(new))}:
        if item in new and old[item] != new[item]:
            yield Part(Kind.RULE, item), _drive(item, old, new, both)
    lines = _all(new)
    for category, points in table.ceilings.items():
        if was.get(category, points) != points:
            own = [line for line in lines if line.category == category]
            now, then = ({category: ceiling} for ceiling in (points, was[category]))
            yield Part(Kind.CEILING, category), totals(own, now).total - totals(own, then).total


def _drive(item: str, old: Lines, new: Lines, both: Mapping[str, Decimal]) -> Decimal:
    """After minus after with the item put back; a total is a sum of pots, so others do not matter.

    A rule of a category that the table no longer has comes back with that category's ceiling.
    """
    pots = {_pot(line) for line in (*old[item], *new[item])}
    beside = [line for line in _all(new) if line.item != item and _pot(line) in pots]
    ceilings = {line.category: both[line.category] for line in beside if not line.bonus}
    ceilings |= {
        line.category: both[line.category] for line in (*old[item], *new[item]) if not line.bonus
    }
    now, then = totals([*beside, *new[item]], ceilings), totals([*beside, *old[item]], ceilings)
    return now.total - then.total


def _pot(line: Line) -> tuple[str, str]:
    """What limits a line together with others: its category, or the matter of an award."""
    if line.matter:
        return ("matter", line.matter)
    return ("bonus", line.item) if line.bonus else ("category", line.category)


@dataclass(frozen=True)
class OfPart:
    """What one part drives in all: how many gain and lose by it, and how much."""

    part: Part
    gain: int
    lose: int
    points: Decimal


@dataclass(frozen=True)
class OfCategory:
    """One category under both tables: the average of all, and how many are at the ceiling."""

    code: str
    before: Decimal
    after: Decimal
    full_before: int
    full_after: int


@dataclass(frozen=True)
class Summary:
    """试算的结论: how many gain, lose and stay, by part and by category."""

    up: int
    down: int
    same: int
    parts: list[OfPart]
    categories: list[OfCategory]


def summary(people: Collection[Replayed], was: Mapping[str, Decimal], table: Table) -> Summary:
    """Of all deputies together."""
    up = sum(one.change > 0 for one in people)
    down = sum(one.change < 0 for one in people)
    codes = {**was, **table.ceilings}
    return Summary(
        up,
        down,
        len(people) - up - down,
        _by_part(people),
        [_by_category(code, people, was, table) for code in codes] if people else [],
    )


def _by_part(people: Collection[Replayed]) -> list[OfPart]:
    """The parts that drive somebody, the one with most people first."""
    found: defaultdict[Part, list[Decimal]] = defaultdict(list)
    for one in people:
        for part, points in one.drives.items():
            found[part].append(points)
    parts = [
        OfPart(part, sum(p > 0 for p in all_), sum(p < 0 for p in all_), sum(all_, ZERO))
        for part, all_ in found.items()
    ]
    return sorted(parts, key=lambda each: (-each.gain - each.lose, each.part))


def _by_category(
    code: str, people: Collection[Replayed], was: Mapping[str, Decimal], table: Table
) -> OfCategory:
    before = [one.before.by_category.get(code, ZERO) for one in people]
    after = [one.after.by_category.get(code, ZERO) for one in people]
    return OfCategory(
        code,
        sum(before, ZERO) / len(people),
        sum(after, ZERO) / len(people),
        sum(points == was.get(code) for points in before),
        sum(points == table.ceilings.get(code) for points in after),
    )
