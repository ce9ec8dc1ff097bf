"""最小分组: which cells of one table may be shown so that no hidden one can be worked out.

Pure. The table has one row for each unit and perhaps a total; each row has, for each measure, how
many were sent and how they were marked. What a reader knows of a hidden row is its forms, with how
many asks each has (everybody can count those), and, if the total is shown, what the shown rows
leave over: of all measures at once, since a reply that nobody rated is unrated in every one.

Proved, and tried by the tests over all worlds of small tables: for every hidden cell at least two
values fit all that is published. Which replies may be the unrated ones is looked at exactly; once
that is given, the measures say nothing of each other, and in a table with fixed margins the values
that fit are exactly those between the Fréchet bounds. Not proved: what may be guessed from knowing
that the rule was at work (docs/decisions/0037-no-cell-can-be-solved.md).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from proposals.rating_states import Measure

Unrated = tuple[int, int]
"""So many replies that nobody rated, with so many asks on their forms."""
Sums = Mapping[int, int]
"""For so many unrated replies the numbers of asks that they may have together, as bits."""
Counts = tuple[int, int, int, int]
"""Best, middle, worst, unrated; together the number of forms sent."""


class Limits(NamedTuple):
    """本地规则: at least so many replies and raters; all alike only from so many on."""

    replies: int
    raters: int
    alike_below: int


class Row(NamedTuple):
    """One unit's year: who rated its replies, the counts of each measure, and its forms.

    Of each form there is how many asks its deputy could mark: what was merged and kept from them
    while they rated is sent and stays unrated, whatever they do.
    """

    unit: int
    raters: frozenset[int]
    counts: Mapping[str, Counts]
    forms: tuple[int, ...]

    @property
    def replies(self) -> int:
        return len(self.forms)


class Form(NamedTuple):
    """One reply as a row of its own, and whether it answers what is withheld as a whole."""

    row: Row
    withheld: bool


class Shown(NamedTuple):
    """What may be published: of which units, and whether the total."""

    units: frozenset[int]
    total: bool


def together(rows: Iterable[Row], unit: int = 0) -> Row:
    """All of these as one row."""
    found = list(rows)
    counts: dict[str, Counts] = {}
    for measure in found[0].counts if found else ():
        columns = zip(*(row.counts[measure] for row in found), strict=True)
        best, middle, worst, unrated = (sum(column) for column in columns)
        counts[measure] = (best, middle, worst, unrated)
    raters = frozenset().union(*(row.raters for row in found))
    return Row(unit, raters, counts, tuple(asks for row in found for asks in row.forms))


def rows(forms: Iterable[Form]) -> list[Row]:
    """One row for each unit, of the forms alone that everybody can count."""
    units: dict[int, list[Row]] = {}
    for form in forms:
        if not form.withheld:
            units.setdefault(form.row.unit, []).append(form.row)
    return [together(each, unit) for unit, each in sorted(units.items())]


def too_small(row: Row, limits: Limits) -> bool:
    """Fewer than the least, or every answer the same and not many of them."""
    if row.replies < limits.replies or len(row.raters) < limits.raters:
        return True
    return any(_alike(counts, limits.alike_below) for counts in row.counts.values())


def _alike(counts: Counts, below: int) -> bool:
    answers = counts[:3]
    return max(answers) == sum(answers) < below


def bounds(forms: int, left: Sequence[int]) -> list[tuple[int, int]]:
    """Least and most of each grade in a row of so many forms, when the hidden rows leave `left`."""
    return [(max(0, forms + each - sum(left)), min(forms, each)) for each in left]


def _is_covered(hidden: Collection[Row], limits: Limits) -> bool:
    """Whether these rows hide each other, once a total is shown beside the other rows."""
    if not hidden:
        return True
    left = together(hidden)
    if len(hidden) < 2 or too_small(left, limits):
        return False
    ways = unrated_in_each(hidden, _unrated(left))
    return all(_has_room(row, fit, left) for row, fit in zip(hidden, ways, strict=True))


def _unrated(left: Row) -> Unrated:
    """Of all hidden rows together, without the asks that nobody could mark."""
    asks = left.counts.get(Measure.ASKS, (0, 0, 0, 0))
    return left.counts[Measure.PROCESS][3], asks[3] - sum(asks) + sum(left.forms)


def _has_room(row: Row, ways: Collection[Unrated], left: Row) -> bool:
    """Whether each cell of this hidden row may have two values."""
    for measure, counts in left.counts.items():
        by_ask = measure == Measure.ASKS
        if not (forms := sum(row.forms) if by_ask else row.replies):
            continue
        unrated = {way[by_ask] for way in ways}
        fit = zip(*(bounds(forms - each, counts[:3]) for each in unrated), strict=True)
        if len(unrated) < 2 or any(
            min(least for least, _ in cell) == max(most for _, most in cell) for cell in fit
        ):
            return False
    return True


def unrated_in_each(rows: Collection[Row], left: Unrated) -> list[frozenset[Unrated]]:
    """What may be unrated in each row, when so much is in all of them; the rest is in the others.

    The sums before a row are kept from nothing up, those after it from `left` down, so that a pair
    that makes it up stands at the same place of both.
    """
    ways, (replies, asks) = [_ways(row.forms) for row in rows], left
    before: list[Sums] = [{0: 1}]
    for each in ways:
        before.append(_added(before[-1], each, asks))
    after: list[Sums] = [{replies: 1 << asks}]
    for each in reversed(ways):
        after.append(_taken(after[-1], each))
    return [
        frozenset(way for way in fit if _meet(before[at], _taken(after[-2 - at], {way})))
        for at, fit in enumerate(ways)
    ]


def _ways(forms: Iterable[int]) -> frozenset[Unrated]:
    """Any of these forms may have stayed empty."""
    found = {(0, 0)}
    for asks in forms:
        found |= {(replies + 1, sum_of + asks) for replies, sum_of in found}
    return frozenset(found)


def _added(sums: Sums, ways: Collection[Unrated], most: int) -> Sums:
    found: dict[int, int] = {}
    for replies, asks in ways:
        for so_far, bits in sums.items():
            kept = (bits << asks) & ((1 << most + 1) - 1)
            found[so_far + replies] = found.get(so_far + replies, 0) | kept
    return found


def _taken(sums: Sums, ways: Collection[Unrated]) -> Sums:
    found: dict[int, int] = {}
    for replies, asks in ways:
        for so_far, bits in sums.items():
            found[so_far - replies] = found.get(so_far - replies, 0) | bits >> asks
    return found


def _meet(one: Sums, other: Sums) -> bool:
    return any(bits & other.get(replies, 0) for replies, bits in one.items())


def choose(rows: Collection[Row], limits: Limits) -> Shown:
    """The small ones hidden, then as many again beside them at most; else the total too."""
    hidden = [row for row in rows if too_small(row, limits)]
    fit = sorted(
        (row for row in rows if row not in hidden), key=lambda row: (row.replies, row.unit)
    )
    whole = together(rows)
    if rows and not too_small(whole, limits):
        for more in range(min(len(hidden), len(fit) - 1) + 1 if fit else 0):
            if _is_covered([*hidden, *fit[:more]], limits):
                return Shown(frozenset(row.unit for row in fit[more:]), total=True)
    return Shown(frozenset(row.unit for row in fit), total=False)
