"""积分算法, proven by examples of the rules and by Hypothesis."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.points import Line, Totals, explain, plain, shares, totals, why_not_ceilings

CEILINGS = {"meetings": Decimal(25), "proposals": Decimal(20), "voters": Decimal(20)}
RULES = {
    # item: category, points, yearly limit, bonus
    "M1": ("meetings", Decimal("8.0"), Decimal(16), False),
    "M4": ("meetings", Decimal("1.5"), Decimal(6), False),
    "M9": ("meetings", Decimal("9.0"), None, False),
    "P3": ("proposals", Decimal("1.0"), Decimal(5), False),
    "P9": ("proposals", Decimal("12.5"), None, False),
    "C1": ("voters", Decimal("2.0"), Decimal(12), False),
    "C2": ("voters", Decimal("0.5"), None, False),
    "B6": ("bonus", Decimal("8.0"), None, True),
}
LEVELS = {"B4": 20, "B5": 12, "B6": 8, "B7": 4}


def line(item: str, quantity: int = 1) -> Line:
    category, points, per_year, bonus = RULES[item]
    return Line(category, item, points * quantity, per_year, bonus)


def award(item: str, matter: str = "优秀代表") -> Line:
    return Line("bonus", item, Decimal(LEVELS[item]), None, bonus=True, matter=matter)


def reversal(of: Line) -> Line:
    return replace(of, points=-of.points)


duties = st.builds(line, st.sampled_from(sorted(RULES)), st.integers(min_value=1, max_value=6))
awards = st.builds(award, st.sampled_from(sorted(LEVELS)), st.sampled_from(["优秀代表", "好建议"]))
lines = st.lists(duties | awards, max_size=40)


def test_nothing_done_is_nought_in_every_category():
    nothing = dict.fromkeys(CEILINGS, Decimal(0))
    assert totals([], CEILINGS) == Totals(Decimal(0), Decimal(0), Decimal(0), nothing)


def test_an_item_counts_up_to_its_yearly_limit():
    assert totals([line("M4")] * 5, CEILINGS).total == Decimal(6)


def test_a_category_counts_up_to_its_ceiling():
    assert totals([line("P9"), line("P9")], CEILINGS).by_category["proposals"] == Decimal(20)


def test_the_bonus_is_added_without_a_ceiling():
    year = totals([line("B6")] * 20 + [line("C1")], CEILINGS)
    assert (year.base, year.bonus, year.total) == (Decimal(2), Decimal(160), Decimal(162))


def test_a_reversal_takes_effect_before_the_limits():
    over = [line("M4")] * 5
    assert totals([*over, reversal(over[0])], CEILINGS).total == Decimal(6)
    assert totals([*over, reversal(over[0]), reversal(over[0])], CEILINGS).total == Decimal("4.5")


def test_where_two_rule_books_of_a_year_differ_the_wider_limit_holds():
    older, newer = (
        Line("voters", "C1", Decimal(7), Decimal(6)),
        Line("voters", "C1", Decimal(7), Decimal(12)),
    )
    assert totals([older, newer], CEILINGS).total == Decimal(12)
    assert totals([newer, Line("voters", "C1", Decimal(1), None)], CEILINGS).total == Decimal(8)


@given(lines, st.randoms())
def test_the_order_of_lines_never_matters(drawn, random):
    mixed = list(drawn)
    random.shuffle(mixed)
    assert totals(mixed, CEILINGS) == totals(drawn, CEILINGS)


@given(lines)
def test_the_total_is_base_and_bonus_and_never_more_than_the_lines(drawn):
    year = totals(drawn, CEILINGS)
    assert year.total == year.base + year.bonus
    assert year.base == sum(year.by_category.values())
    assert year.total <= sum((one.points for one in drawn), Decimal(0))
    assert all(Decimal(0) <= year.by_category[name] <= CEILINGS[name] for name in CEILINGS)


@given(st.lists(duties, max_size=40))
def test_lines_summed_up_by_item_give_the_same(drawn):
    sums: dict[str, Decimal] = {}
    for one in drawn:
        sums[one.item] = sums.get(one.item, Decimal(0)) + one.points
    summed = [
        Line(RULES[item][0], item, points, RULES[item][2], RULES[item][3])
        for item, points in sums.items()
    ]
    assert totals(summed, CEILINGS) == totals(drawn, CEILINGS)


@given(lines, lines, st.randoms())
def test_lines_that_were_reversed_leave_no_trace_in_the_sums(kept, undone, random):
    mixed = [*kept, *undone, *map(reversal, undone)]
    random.shuffle(mixed)
    assert totals(mixed, CEILINGS) == totals(kept, CEILINGS)


@given(st.lists(awards, max_size=12), st.lists(awards, max_size=12), st.randoms())
def test_of_one_matter_the_highest_award_that_stands_counts(kept, undone, random):
    mixed = [*kept, *undone, *map(reversal, undone)]
    random.shuffle(mixed)
    matters = {one.matter for one in kept}
    best = (max(one.points for one in kept if one.matter == matter) for matter in matters)
    assert totals(mixed, CEILINGS).bonus == sum(best)


@given(lines)
def test_the_highest_of_each_matter_alone_gives_the_same(drawn):
    best = {one.matter: one for one in sorted(drawn, key=lambda one: one.points) if one.matter}
    others = [one for one in drawn if not one.matter]
    assert totals([*others, *best.values()], CEILINGS) == totals(drawn, CEILINGS)


@given(lines, lines)
def test_one_line_more_never_costs_points(drawn, more):
    assert totals([*drawn, *more], CEILINGS).total >= totals(drawn, CEILINGS).total


@given(lines, lines, st.randoms())
def test_what_is_counted_of_each_line_adds_up_to_the_total(kept, undone, random):
    drawn = [*kept, *undone, *map(reversal, undone)]
    random.shuffle(drawn)
    counted = sum((share.counted for share in shares(drawn, CEILINGS)), Decimal(0))
    assert counted == totals(drawn, CEILINGS).total


@given(st.lists(lines, min_size=2, max_size=8), st.randoms())
def test_permuted_ledgers_give_the_same_ranks(people, random):
    def board(ledgers):
        sums = [totals(own, CEILINGS).total for own in ledgers]
        return [1 + sum(other > own for other in sums) for own in sums]

    mixed = [random.sample(own, len(own)) for own in people]
    assert board(mixed) == board(people)


@given(lines)
def test_every_sum_keeps_one_decimal_place(drawn):
    assert totals(drawn, CEILINGS).total.as_tuple().exponent >= -1


@pytest.mark.parametrize(
    ("before", "last", "quantity", "sentence"),
    [
        ([], "C1", 1, "接待选民 1 次 × 2 分 = 2 分"),
        (["C2"] * 40, "C1", 1, "接待选民 1 次 × 2 分 = 2 分；本类已满 20 分，计入 0 分"),
        (["C1"] * 5, "C1", 2, "接待选民 2 次 × 2 分 = 4 分；本项全年最多 12 分，计入 2 分"),
        (["C1"] * 6, "C1", 1, "接待选民 1 次 × 2 分 = 2 分；本项全年最多 12 分，计入 0 分"),
    ],
)
def test_a_line_says_why_it_is_worth_that(before, last, quantity, sentence):
    ledger = [*map(line, before), line(last, quantity)]
    share = shares(ledger, CEILINGS)[-1]
    said = explain(share, name="接待选民", unit="次", quantity=quantity, each=Decimal("2.0"))
    assert said == sentence


def test_both_limits_are_named_when_both_hold_something_back():
    ledger = [line("C2", 36), line("C1", 5), line("C1", 2)]
    share = shares([ledger[1], ledger[0], ledger[2]], CEILINGS)[-1]
    said = explain(share, name="接待选民", unit="次", quantity=2, each=Decimal(2))
    assert said.endswith("= 4 分；本项全年最多 12 分；本类已满 20 分，计入 0 分")


def test_a_reversal_says_what_it_takes_back():
    first = line("C1")
    share = shares([first, reversal(first)], CEILINGS)[1]
    assert share.counted == Decimal(-2)
    said = explain(share, name="接待选民", unit="次", quantity=1, each=Decimal(2))
    assert said == "冲销 接待选民 1 次，原来的 2 分不再计"


@pytest.mark.parametrize(
    ("codes", "counted", "end"),
    [
        (["B6"], [8], "× 8 分 = 8 分"),
        (["B6", "B5"], [8, 4], "= 12 分；同一事项取最高级，另一级已计 8 分，计入 4 分"),
        (["B5", "B6"], [12, 0], "= 8 分；同一事项已有更高的奖（12 分），不另计"),
        (["B6", "B6"], [8, 0], "= 8 分；同一事项已有同级的奖（8 分），不另计"),
    ],
)
def test_awards_of_one_matter_say_what_the_highest_leaves_them(codes, counted, end):
    found = shares([award(code) for code in codes], CEILINGS)
    assert [share.counted for share in found] == counted
    each = found[-1].line.points
    assert explain(found[-1], name="表彰", unit="项", quantity=1, each=each).endswith(end)


def test_when_the_highest_is_taken_back_the_lesser_counts_again():
    province, city = award("B5"), award("B6")
    back = shares([province, city, reversal(province)], CEILINGS)[-1]
    assert back.counted == Decimal(-4)
    said = explain(back, name="省级表彰", unit="项", quantity=1, each=Decimal(12))
    assert said == "冲销 省级表彰 1 项，原来的 12 分不再计；同一事项按 8 分计"
    alone = shares([province, reversal(province)], CEILINGS)[-1]
    said = explain(alone, name="省级表彰", unit="项", quantity=1, each=Decimal(12))
    assert (alone.counted, said) == (Decimal(-12), "冲销 省级表彰 1 项，原来的 12 分不再计")


def test_an_award_of_half_a_point_stands_like_any_other():
    half = replace(award("B7"), points=Decimal("0.5"))
    assert totals([half], CEILINGS).bonus == Decimal("0.5")
    assert totals([half, reversal(half)], CEILINGS).bonus == 0


def test_awards_for_different_matters_all_count():
    assert totals([award("B6"), award("B6", "好建议")], CEILINGS).bonus == Decimal(16)


def test_half_a_point_is_earned_and_not_taken_back():
    share = shares([Line("voters", "C2", Decimal("0.5"))], CEILINGS)[0]
    said = explain(share, name="联系选民", unit="户", quantity=1, each=Decimal("0.5"))
    assert said == "联系选民 1 户 × 0.5 分 = 0.5 分"


def test_points_in_a_sentence_drop_the_empty_decimal():
    assert [plain(Decimal("2.0")), plain(Decimal("0.5")), plain(Decimal("12"))] == [
        "2",
        "0.5",
        "12",
    ]


def test_ceilings_must_add_up_to_a_hundred():
    assert why_not_ceilings([Decimal(60), Decimal(40)]) is None
    assert "现在是 99.5 分" in why_not_ceilings([Decimal(60), Decimal("39.5")])
