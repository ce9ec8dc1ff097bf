"""十星 and 参考分, pure: no database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.stars import JUDGES, Light, Marks, YearFacts, light, lit
from scoring.states import Step
from scoring.suggest import points_part, suggest

MARKS = Marks(
    leaves=1,
    speeches=1,
    led=1,
    cosigned=3,
    supervisions=1,
    receptions=4,
    turnout=70,
    lessons=2,
)
FULL = YearFacts(
    congress_calls=2,
    congress_leaves=1,
    speeches=1,
    led=1,
    answered=2,
    followed=2,
    receptions=4,
    calls=10,
    came=7,
    lessons=2,
    reports=1,
)


def test_a_full_year_lights_nine_and_the_tenth_says_what_is_missing():
    assert lit(FULL, MARKS) == 9
    assert light("image", FULL, MARKS) == Light(False, "述职 1 次，没有述职测评结果")


def test_an_empty_year_lights_only_what_nobody_withheld_and_every_dark_star_says_why():
    blank = YearFacts()
    lights = {code: light(code, blank, MARKS) for code in JUDGES}
    assert {code for code, each in lights.items() if each.lit} == {"stance", "law"}
    assert all(each.reason for each in lights.values())


@pytest.mark.parametrize(
    ("code", "change", "expected"),
    [
        ("stance", {"withheld": "违反组织纪律"}, Light(False, "违反组织纪律")),
        ("law", {"withheld": "受到行政处罚"}, Light(False, "受到行政处罚")),
        ("meetings", {}, Light(True, "人代会应到 2 次，实到 1 次，请假 1 次")),
        ("meetings", {"congress_leaves": 2}, Light(False, "人代会应到 2 次，实到 0 次，请假 2 次")),
        (
            "meetings",
            {"congress_leaves": 0, "congress_absences": 1},
            Light(False, "人代会应到 2 次，实到 1 次，未经批准缺席 1 次"),
        ),
        (
            "meetings",
            {"congress_calls": 0, "congress_leaves": 0},
            Light(False, "本年没有出席人代会的登记"),
        ),
        ("speaking", {"speeches": 0}, Light(False, "审议发言 0 次，需 1 次")),
        ("proposals", {"led": 0, "cosigned": 3}, Light(True, "受理的建议领衔 0 件，附议 3 件")),
        (
            "proposals",
            {"led": 0, "cosigned": 2},
            Light(False, "受理的建议领衔 0 件，附议 2 件；需领衔 1 件或附议 3 件"),
        ),
        ("follow_up", {"followed": 1}, Light(False, "领衔建议答复 2 件，三见面并按时评价 1 件")),
        (
            "follow_up",
            {"answered": 0, "followed": 0, "supervisions": 1},
            Light(True, "没有到期的领衔建议，参加督办活动 1 次"),
        ),
        ("voters", {"receptions": 3}, Light(False, "接待选民 3 次，需 4 次")),
        ("activities", {}, Light(True, "应参加活动 10 次，到场 7 次")),
        ("activities", {"came": 6}, Light(False, "应参加活动 10 次，到场 6 次，不到 70%")),
        ("activities", {"calls": 0, "came": 0}, Light(False, "本年没有应参加的活动")),
        ("learning", {"lessons": 1}, Light(False, "学习培训 1 次，需 2 次")),
        ("image", {"reports": 0}, Light(False, "没有述职测评结果")),
    ],
)
def test_each_star_is_lit_by_its_own_condition_and_says_so(code, change, expected):
    assert light(code, replace(FULL, **change), MARKS) == expected


def test_a_star_the_county_invents_stays_dark_until_it_has_a_rule():
    assert light("bamboo", FULL, MARKS) == Light(False, "这颗星还没有判定办法")


def test_every_reason_fits_its_column():
    words = "理" * 120
    many = YearFacts(**dict.fromkeys(FULL.__dataclass_fields__, 999) | {"withheld": words})
    assert max(len(light(code, many, MARKS).reason) for code in JUDGES) <= 120


WEIGHTS = {
    Step.SELF: Decimal(10),
    Step.GROUP: Decimal(20),
    Step.TOWNSHIP: Decimal(30),
    Step.COMMITTEE: Decimal(40),
}


def parts(one, group, township, points):
    given = zip(WEIGHTS, (one, group, township, points), strict=True)
    return {step: None if score is None else Decimal(score) for step, score in given}


def test_the_reference_score_is_the_weighted_mean():
    found = suggest(parts(90, 80, 70, 60), WEIGHTS)
    assert (found.score, found.missing) == (Decimal("70.0"), ())
    assert found.words == "参考分 70.0"


def test_a_missing_part_is_left_out_the_rest_weigh_more_and_it_is_said():
    found = suggest(parts(None, 80, None, 60), WEIGHTS)
    assert found.score == Decimal("66.7")
    assert found.words == "参考分 66.7，本人自评、乡镇参评未提交，其余各方按权重折算"
    assert found.weighed == "小组核校 33%、年度积分 67%"


def test_with_no_part_at_all_there_is_no_score():
    found = suggest(parts(None, None, None, None), WEIGHTS)
    assert (found.score, found.words) == (None, "各方意见都没有提交，没有参考分")


def test_points_beyond_a_hundred_say_nothing_more():
    assert points_part(Decimal("131.5")) == 100
    assert points_part(Decimal("64.5")) == Decimal("64.5")
