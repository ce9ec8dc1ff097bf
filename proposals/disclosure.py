"""最小分组: which cells of one table may be shown so that no hidden one can be worked out.

Pure. The table has one row for each unit and perhaps a total; each row has, for each measure, how
many forms were sent (everybody can count those) and how they were marked. What a reader knows of a
hidden row is its number of forms and, if the total is shown, what the shown rows leave over.

Proved, and solved anew by the tests as a linear system in whole numbers: for every hidden cell at
least two values fit all that is published. In a table with fixed margins the values that fit are
exactly those between the Fréchet bounds, so looking at the bounds is enough. Not proved: what may
be guessed from knowing that the rule was at work (docs/decisions/0037-no-cell-can-be-solved.md).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

Counts = tuple[int, int, int, int]
"""Best, middle, worst, unrated; together the number of forms sent."""


class Limits(NamedTuple):
    """本地规则: at least so many replies and raters; all alike only from so many on."""

    replies: int
    raters: int
    alike_below: int


class Row(NamedTuple):
    """One unit's year: its replies, who rated them, and the counts of each measure."""

    unit: int
    replies: int
    raters: frozenset[int]
    counts: Mapping[str, Counts]


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
    return Row(unit, sum(row.replies for row in found), raters, counts)


def too_small(row: Row, limits: Limits) -> bool:
    """Fewer than the least, or every answer the same and not many of them."""
    if row.replies < limits.replies or len(row.raters) < limits.raters:
        return True
    return any(_alike(counts, limits.alike_below) for counts in row.counts.values())


def _alike(counts: Counts, below: int) -> bool:
    answers = counts[:3]
    return max(answers) == sum(answers) < below


def bounds(counts: Counts, left: Sequence[int]) -> list[tuple[int, int]]:
    """Least and most of each cell of a row of so many forms, when the hidden rows leave `left`."""
    sent, rest = sum(counts), sum(left)
    return [(max(0, sent + each - rest), min(sent, each)) for each in left]


def _is_covered(hidden: Collection[Row], limits: Limits) -> bool:
    """Whether these rows hide each other, once a total is shown beside the other rows."""
    if not hidden:
        return True
    left = together(hidden)
    if len(hidden) < 2 or too_small(left, limits):
        return False
    return all(
        least < most
        for row in hidden
        for measure, counts in row.counts.items()
        if sum(counts)
        for least, most in bounds(counts, left.counts[measure])
    )


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
