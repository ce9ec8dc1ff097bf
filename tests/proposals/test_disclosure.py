"""不足以公开: no hidden cell can be worked out, tried over random tables as a linear system."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.disclosure import Limits, Row, choose, together, too_small

LIMITS = Limits(5, 5, 10)
COUNTS = st.tuples(*(st.integers(0, most) for most in (9, 4, 2, 3)))


@st.composite
def tables(draw):
    """Some units with their replies, each marked or not; raters may lead several."""
    rows = []
    for unit in range(draw(st.integers(1, 9))):
        process = draw(COUNTS)
        sent = sum(process)
        cut = sorted(draw(st.lists(st.integers(0, sent), min_size=3, max_size=3)))
        result = tuple(b - a for a, b in zip([0, *cut], [*cut, sent], strict=True))
        raters = draw(st.frozensets(st.integers(1, 40), max_size=sent - process[3]))
        rows.append(Row(unit + 1, sent, raters, {"process": process, "result": result}))
    return rows


def determined(rows, shown, measure):
    """The hidden cells that everything published leaves one value, in whole numbers.

    Unknown is each hidden cell. Known are a row's number of forms and, with a total, each column
    less what is shown. First the equations alone, then bounds tightened until they hold still.
    """
    hidden = [row for row in rows if row.unit not in shown.units]
    if not hidden:
        return []
    size, cells = len(hidden), len(hidden) * 4
    equations, sums = [], []
    for at, row in enumerate(hidden):
        equations.append([1 if cell // 4 == at else 0 for cell in range(cells)])
        sums.append(sum(row.counts[measure]))
    if shown.total:
        left = np.array(together(rows).counts[measure])
        for row in rows:
            if row.unit in shown.units:
                left = left - np.array(row.counts[measure])
        for column in range(4):
            equations.append([1 if cell % 4 == column else 0 for cell in range(cells)])
            sums.append(int(left[column]))
    system, values = np.array(equations), np.array(sums)
    free = np.linalg.svd(system)[2][np.linalg.matrix_rank(system) :]
    by_equations = {
        cell for cell in range(cells) if not np.abs(free[:, cell]).max(initial=0) > 1e-9
    }
    low, high = np.zeros(cells), np.full(cells, np.inf)
    for _ in range(2 * size + 8):
        for line, value in zip(system, values, strict=True):
            inside = np.flatnonzero(line)
            for cell in inside:
                others = inside[inside != cell]
                high[cell] = min(high[cell], value - low[others].sum())
                low[cell] = max(low[cell], value - high[others].sum())
    by_bounds = {cell for cell in range(cells) if low[cell] == high[cell]}
    empty = {cell for cell in range(cells) if not sum(hidden[cell // 4].counts[measure])}
    return (by_equations | by_bounds) - empty


@settings(max_examples=30, deadline=None)
@given(tables())
def test_no_hidden_cell_of_any_table_is_determined(rows):
    shown = choose(rows, LIMITS)
    for measure in ("process", "result"):
        assert not determined(rows, shown, measure)
    assert not [row for row in rows if row.unit in shown.units and too_small(row, LIMITS)]


def row(unit, *process, raters=None):
    process = (*process, *(0,) * (4 - len(process)))
    people = frozenset(range(unit * 100, unit * 100 + (raters or sum(process[:3]))))
    return Row(unit, sum(process), people, {"process": process})


def test_a_small_one_takes_another_with_it_so_that_the_total_gives_neither_away():
    big, middling, small = row(1, 12, 5, 3, 1), row(2, 5, 2, 1, 1), row(3, 1, 1, 1, 1)
    shown = choose([big, middling, small], LIMITS)
    assert (shown.units, shown.total) == ({1}, True)
    assert choose([big, middling], LIMITS) == (frozenset({1, 2}), True)
    assert not choose([big, middling, row(3, 1, 1, 1)], LIMITS).units & {3}


def test_two_small_ones_that_were_never_unsatisfied_cost_the_total():
    rows = [row(1, 12, 5, 3), row(2, 8, 4, 1), row(3, 2, 1), row(4, 3, 1)]
    shown = choose(rows, LIMITS)
    if shown.total:
        assert not determined(rows, shown, "process")
    assert not shown.units & {3, 4}


def test_one_unit_alone_that_is_small_shows_nothing():
    assert choose([row(1, 2, 1)], LIMITS) == (frozenset(), False)
    assert choose([], LIMITS) == (frozenset(), False)


def test_all_alike_is_shown_from_ten_on_and_few_raters_hide_many_replies():
    assert too_small(row(1, 9, 0, 0, 4), LIMITS)
    assert not too_small(row(1, 10, 0, 0), LIMITS)
    assert too_small(row(1, 6, 3, 2, raters=4), LIMITS)
