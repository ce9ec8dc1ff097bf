"""十星 and 参考分, pure: no database."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

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
    rota=80,
    turnout=70,
    excused=3,
    lessons=2,
    satisfied=80,
)
FULL = YearFacts(
    congress_calls=2,
    congress_leaves=1,
    speeches=1,
    led=1,
    answered=2,
    followed=2,
    receptions=4,
    turns=5,
    kept=4,
    calls=10,
    came=7,
    lessons=2,
    reports=1,
    ballots=46,
    content=45,
)


def test_a_full_year_lights_all_ten_and_each_says_by_what():
    assert lit(FULL, MARKS) == 10
    assert all(light(code, FULL, MARKS).reason for code in JUDGES)


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
        ("voters", {}, Light(True, "接待选民 4 次；轮值 5 次，到岗 4 次")),
        (
            "voters",
            {"receptions": 3},
            Light(False, "接待选民 3 次，需 4 次；轮值 5 次，到岗 4 次"),
        ),
        (
            "voters",
            {"kept": 3, "unnoted": 2},
            Light(
                False,
                "接待选民 4 次；轮值 5 次，到岗 3 次（另有 2 次站里没有登记，不计），"
                "到岗率不到 80%",
            ),
        ),
        (
            "voters",
            {"turns": 0, "kept": 0},
            Light(True, "接待选民 4 次；没有登记过的轮值，不看到岗率"),
        ),
        ("activities", {}, Light(True, "应参加活动 10 次，到场 7 次")),
        ("activities", {"came": 6}, Light(False, "应参加活动 10 次，到场 6 次，不到 70%")),
        (
            "activities",
            {"came": 5, "on_leave": 3},
            Light(True, "应参加活动 10 次，到场 5 次，请假 3 次（3 次不计入应到）"),
        ),
        (
            "activities",
            {"came": 4, "on_leave": 6},
            Light(False, "应参加活动 10 次，到场 4 次，请假 6 次（3 次不计入应到），不到 70%"),
        ),
        (
            "activities",
            {"calls": 2, "came": 0, "on_leave": 2},
            Light(False, "应参加活动 2 次，到场 0 次，请假 2 次（2 次不计入应到），不到 70%"),
        ),
        ("activities", {"calls": 0, "came": 0}, Light(False, "本年没有应参加的活动")),
        ("learning", {"lessons": 1}, Light(False, "学习培训 1 次，需 2 次")),
        ("image", {}, Light(True, "述职 1 次，测评有效票 46 票，满意和基本满意 45 票（97.8%）")),
        ("image", {"reports": 0, "ballots": 0, "content": 0}, Light(False, "本年没有述职")),
        ("image", {"ballots": 0, "content": 0}, Light(False, "述职 1 次，没有述职测评结果")),
        (
            "image",
            {"ballots": 10000, "content": 7999},
            Light(
                False,
                "述职 1 次，测评有效票 10000 票，满意和基本满意 7999 票（79.9%），不到 80%",
            ),
        ),
    ],
)
def test_each_star_is_lit_by_its_own_condition_and_says_so(code, change, expected):
    assert light(code, replace(FULL, **change), MARKS) == expected


def by_hand(code, facts):
    """The conditions of data/stars.csv once more, written down another way."""
    return {
        "meetings": facts.congress_calls > 0
        and facts.congress_absences == 0
        and facts.congress_leaves < 2,
        "speaking": facts.speeches > 0,
        "proposals": facts.led > 0 or facts.cosigned > 2,
        "follow_up": facts.followed == facts.answered if facts.answered else facts.supervisions > 0,
        "voters": facts.receptions > 3 and facts.kept >= Decimal("0.8") * facts.turns,
        "activities": facts.came > 0
        and facts.came >= Decimal("0.7") * (facts.calls - min(3, facts.on_leave)),
        "learning": facts.lessons > 1,
        "image": facts.reports > 0 < facts.ballots
        and facts.content >= Decimal("0.8") * facts.ballots,
    }[code]


SMALL = {
    "meetings": (
        *((calls, leaves, absences) for calls in range(4) for leaves in range(calls + 1)
          for absences in range(calls - leaves + 1)),
    ),
    "speaking": (*((n,) for n in range(3)),),
    "proposals": (*product(range(3), range(5)),),
    "follow_up": (
        *((answered, followed, helped) for answered in range(4)
          for followed in range(answered + 1) for helped in range(3)),
    ),
    "voters": (
        *((receptions, turns, kept) for receptions in range(6) for turns in range(11)
          for kept in range(turns + 1)),
    ),
    "activities": (
        *((calls, came, leave) for calls in range(12) for came in range(calls + 1)
          for leave in range(calls - came + 1)),
    ),
    "learning": (*((n,) for n in range(4)),),
    "image": (
        *((reports, ballots, content) for reports in range(3) for ballots in range(12)
          for content in range(ballots + 1)),
    ),
}  # fmt: skip
READS = {
    "meetings": ("congress_calls", "congress_leaves", "congress_absences"),
    "speaking": ("speeches",),
    "proposals": ("led", "cosigned"),
    "follow_up": ("answered", "followed", "supervisions"),
    "voters": ("receptions", "turns", "kept"),
    "activities": ("calls", "came", "on_leave"),
    "learning": ("lessons",),
    "image": ("reports", "ballots", "content"),
}


@pytest.mark.parametrize("code", READS)
def test_every_small_year_is_judged_by_the_words_of_the_condition(code):
    for numbers in SMALL[code]:
        facts = YearFacts(**dict(zip(READS[code], numbers, strict=True)))
        assert light(code, facts, MARKS).lit == by_hand(code, facts), facts


def test_each_star_reads_its_own_facts_alone():
    assert {*READS, "stance", "law"} == set(JUDGES)
    for code, own in READS.items():
        others = [name for name in YearFacts.__dataclass_fields__ if name not in {*own, "withheld"}]
        others = [name for name in others if code != "voters" or name != "unnoted"]
        changed = replace(FULL, **dict.fromkeys(others, 77))
        assert light(code, changed, MARKS) == light(code, FULL, MARKS)


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
