"""异常值, pure: the robust distance by known values, and what it does not depend on."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from scoring.outliers import distances, far

LIMIT = Decimal("3.5")
VALUES = some.dictionaries(
    some.integers(1, 60), some.integers(0, 120).map(Decimal), min_size=5, max_size=40
)


def numbered(*values):
    return {place: Decimal(value) for place, value in enumerate(values)}


def test_the_distance_has_its_published_value():
    found = distances(numbered(1, 2, 3, 4, 100))
    assert found[4] == Decimal("65.4")  # 0.6745 × (100 − 3) / 1
    assert found[2] == 0


def test_high_and_low_are_found_and_the_middle_is_left_alone():
    found = far(numbered(30, 31, 29, 30, 32, 28, 30, 70, 0), LIMIT)
    assert set(found) == {7, 8}
    assert found[7] > 0 > found[8]


def test_half_of_them_equal_is_no_division_by_nought():
    assert distances(numbered(5, 5, 5, 5, 5)) == {}
    assert set(far(numbered(5, 5, 5, 5, 5, 5, 5, 5, 5, 80), LIMIT)) == {9}


def test_too_few_have_no_middle():
    assert distances(numbered(1, 2, 3, 100)) == {}


@given(VALUES, some.randoms())
def test_the_order_of_people_does_not_matter(values, dice):
    shuffled = list(values.items())
    dice.shuffle(shuffled)
    assert distances(dict(shuffled)) == distances(values)


@given(VALUES, some.integers(1, 50))
def test_adding_the_same_to_everybody_moves_nobody(values, more):
    moved = {who: value + more for who, value in values.items()}
    assert distances(moved) == distances(values)
