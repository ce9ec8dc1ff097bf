"""名次, pure: whatever the order of the points, the ranks are the same."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from scoring.ranking import middle, ranks

POINTS = some.dictionaries(
    some.integers(1, 40), some.decimals(0, 120, places=1, allow_nan=False), max_size=30
)


@given(POINTS, some.randoms())
def test_permuted_points_give_the_same_ranks(points, dice):
    shuffled = list(points.items())
    dice.shuffle(shuffled)
    assert ranks(dict(shuffled)) == ranks(points)


@given(POINTS)
def test_a_rank_is_one_more_than_the_number_who_have_more(points):
    found = ranks(points)
    for who, own in points.items():
        assert found[who] == 1 + sum(other > own for other in points.values())


def test_ties_share_a_rank_and_the_next_one_is_left_out():
    found = ranks({"甘露": Decimal(8), "陶然": Decimal(8), "石头": Decimal(3)})
    assert found == {"甘露": 1, "陶然": 1, "石头": 3}


def test_the_median_of_nobody_is_none():
    assert middle([]) is None
    assert middle([Decimal(1), Decimal(4)]) == Decimal("2.5")
