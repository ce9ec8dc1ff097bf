"""评先表优的排序, by itself."""

from decimal import Decimal
from itertools import permutations

import pytest

from scoring.commending import Bounds, Merit, in_turn, proposed

PEOPLE = [
    ("甲", Merit(1, 9, Decimal("80.5"))),
    ("乙", Merit(1, 10, Decimal("70"))),
    ("丙", Merit(2, 8, Decimal("99"))),
    ("丁", Merit(1, 9, Decimal("80.5"))),
]


def names(rows) -> str:
    return "".join(name for name, _ in rows)


@pytest.mark.parametrize(
    ("turns", "order"),
    [
        ({"grade": 1, "stars": 2, "points": 3}, "乙甲丁丙"),
        ({"grade": 1, "stars": 0, "points": 2}, "甲丁乙丙"),
        ({"grade": 0, "stars": 0, "points": 1}, "丙甲丁乙"),
        ({"grade": 2, "stars": 1, "points": 3}, "乙甲丁丙"),
        ({"grade": 1, "stars": 1, "points": 1}, "乙甲丁丙"),
        ({"grade": 0, "stars": 0, "points": 0}, "甲乙丙丁"),
    ],
)
def test_the_county_says_what_is_looked_at_first(turns, order):
    assert names(in_turn(PEOPLE, turns)) == order


def test_only_ties_depend_on_the_order_of_names():
    turns = {"grade": 1, "stars": 2, "points": 3}
    found = {names(in_turn(each, turns)) for each in permutations(PEOPLE)}
    assert found == {"乙甲丁丙", "乙丁甲丙"}


@pytest.mark.parametrize(
    ("bounds", "reviewed", "who"),
    [
        (Bounds(1, 9, 10), 30, "甲乙丁"),
        (Bounds(1, 9, 10), 20, "甲乙"),
        (Bounds(1, 10, 10), 30, "乙"),
        (Bounds(2, 0, 100), 4, "甲乙丙丁"),
        (Bounds(1, 9, 10), 3, "甲"),
        (Bounds(1, 9, 10), 0, ""),
    ],
)
def test_as_many_are_proposed_as_there_are_places(bounds, reviewed, who):
    assert names(proposed(PEOPLE, bounds, reviewed)) == who
