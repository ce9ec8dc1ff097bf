"""不足以公开: no hidden cell can be worked out, tried over all worlds of random tables."""

from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from proposals.disclosure import Limits, Row, Shown, choose, rows, too_small
from tests.proposals.tables import betrayed, broken, determined, forms

LIMITS = Limits(5, 5, 10)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32))
@example(17)
def test_no_hidden_cell_of_any_table_is_determined_by_all_measures_together(seed):
    sent = forms(Random(seed))  # noqa: S311 - chance, not secrecy
    assert not betrayed(sent) + broken(rows(sent))


def row(unit, *process, raters=None):
    process = (*process, *(0,) * (4 - len(process)))
    people = frozenset(range(unit * 100, unit * 100 + (raters or sum(process[:3]))))
    return Row(unit, people, {"process": process}, (0,) * sum(process))


def test_the_measures_share_which_replies_are_unrated():
    """One of the small ones has the one form of three asks, and three asks are unrated."""
    found = [
        Row(1, frozenset(), of((0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 3)), (3,)),
        Row(2, frozenset(range(10, 15)), of((3, 1, 1, 0), (2, 2, 1, 0), (3, 1, 1, 0)), (1,) * 5),
        Row(
            3,
            frozenset(range(20, 32)),
            of((6, 3, 2, 1), (6, 3, 2, 1), (6, 4, 3, 1)),
            (*(1,) * 10, 2, 2),
        ),
    ]
    assert (1, "process", 3) in determined(found, Shown(frozenset({3}), total=True))
    assert choose(found, LIMITS) == (frozenset({2, 3}), False)


def of(*counts):
    return dict(zip(("process", "result", "asks"), counts, strict=True))


def test_a_small_one_takes_another_with_it_so_that_the_total_gives_neither_away():
    big, middling, small = row(1, 12, 5, 3, 1), row(2, 5, 2, 1, 1), row(3, 1, 1, 1, 1)
    shown = choose([big, middling, small], LIMITS)
    assert (shown.units, shown.total) == ({1}, True)
    assert choose([big, middling], LIMITS) == (frozenset({1, 2}), True)
    assert not choose([big, middling, row(3, 1, 1, 1)], LIMITS).units & {3}


def test_two_small_ones_that_were_never_unsatisfied_cost_the_total():
    found = [row(1, 12, 5, 3), row(2, 8, 4, 1), row(3, 2, 1), row(4, 3, 1)]
    assert choose(found, LIMITS) == (frozenset({1, 2}), False)
    assert determined(found, Shown(frozenset({1, 2}), total=True))


def test_one_unit_alone_that_is_small_shows_nothing():
    assert choose([row(1, 2, 1)], LIMITS) == (frozenset(), False)
    assert choose([], LIMITS) == (frozenset(), False)


def test_all_alike_is_shown_from_ten_on_and_few_raters_hide_many_replies():
    assert too_small(row(1, 9, 0, 0, 4), LIMITS)
    assert not too_small(row(1, 10, 0, 0), LIMITS)
    assert too_small(row(1, 6, 3, 2, raters=4), LIMITS)
