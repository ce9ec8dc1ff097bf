"""建议等次、否决、名额, pure: every number of stars, score and veto."""

from decimal import Decimal
from itertools import product

import pytest

from scoring.bands import (
    Band,
    Bar,
    Floors,
    Quota,
    is_far,
    mismatch,
    moved_words,
    place_of,
    suggested_band,
    why_not_place,
)

BANDS = [
    Band(1, "优秀", 9, 10),
    Band(2, "良好", 7, 8),
    Band(3, "称职", 6, 6),
    Band(4, "基本称职", 5, 5),
    Band(5, "不定等次", 0, 4),
]
FLOORS = Floors(competent=60, basic=40)
NOT_BEST = Bar(1, "政治星、守法星不亮")
SUSPENDED = Bar(3, "暂停执行职务")


@pytest.mark.parametrize(
    ("stars", "score", "bars", "place"),
    [
        (9, 90, (), 0),
        (8, 90, (), 1),
        (6, 75, (), 2),
        (5, 75, (), 3),
        (4, 75, (), 4),
        (9, 90, (NOT_BEST,), 1),
        (9, 90, (NOT_BEST, SUSPENDED), 3),
        (9, 59, (), 3),
        (9, 39, (), 4),
        (4, 59, (SUSPENDED,), 4),
        (9, None, (), 0),
        (11, 90, (), 4),
    ],
)
def test_the_grade_follows_the_stars_held_down_by_score_and_veto(stars, score, bars, place):
    mark = None if score is None else Decimal(score)
    assert suggested_band(stars, mark, BANDS, FLOORS, bars).place == place


def test_nothing_ever_lifts_a_grade_and_no_veto_is_passed_by():
    scores = (None, Decimal(0), Decimal("39.9"), Decimal(40), Decimal("59.9"), Decimal(60))
    bars = [Bar(place, "否决") for place in range(5)]
    for stars, score, bar in product(range(12), scores, bars):
        found = suggested_band(stars, score, BANDS, FLOORS, [bar])
        assert found.place >= max(place_of(stars, BANDS), bar.place)
        assert why_not_place(found.place, BANDS, [bar]) is None
        assert bool(found.held) == (found.place > found.by_stars)


def test_what_holds_a_grade_down_is_said_in_full():
    found = suggested_band(9, Decimal("35.7"), BANDS, FLOORS, [SUSPENDED])
    assert found.words(BANDS, 9) == (
        "9 星，按星数为优秀；暂停执行职务，最好只能评为基本称职；"
        "参考分 35.7 低于 40，最高建议不定等次"
    )
    assert suggested_band(6, None, BANDS, FLOORS).words(BANDS, 6) == "6 星，按星数为称职"


def test_a_veto_bars_every_better_grade_and_no_worse_one():
    said = [why_not_place(place, BANDS, [SUSPENDED]) for place in range(5)]
    assert [bool(each) for each in said] == [True, True, True, False, False]
    assert said[0] == "暂停执行职务，不能评为优秀，最好只能评为基本称职。"


def test_more_than_one_band_is_far_either_way():
    assert [is_far(moved) for moved in (-2, -1, 0, 1, 2)] == [True, False, False, False, True]
    assert [moved_words(moved) for moved in (-2, 0, 1)] == ["比建议高 2 等", "", "比建议低 1 等"]


def test_a_grade_that_is_not_the_stars_own_is_said():
    assert mismatch(9, 0, BANDS) == ""
    assert mismatch(9, 1, BANDS) == "点亮 9 星，按星数为优秀，评定为良好"


def test_the_quota_warns_with_its_numbers_and_only_when_it_is_passed():
    assert Quota(45, 228, 20).words == ""
    assert Quota(50, 228, 20).words == (
        "优秀 50 人，名额参考 20% 为 45 人，超出 5 人。只作提示，由委员会决定。"
    )
    assert Quota(0, 0, 20).over == 0


def test_a_bands_stars_are_said():
    assert (BANDS[0].stars, BANDS[2].stars) == ("9—10 星", "6 星")
