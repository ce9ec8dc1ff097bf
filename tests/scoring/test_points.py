"""积分算法, proven by examples of the rules and by Hypothesis."""

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


def line(item: str, quantity: int = 1) -> Line:
    category, points, per_year, bonus = RULES[item]
    return Line(category, item, points * quantity, per_year, bonus)


def reversal(of: Line) -> Line:
    return Line(of.category, of.item, -of.points, of.per_year, of.bonus)


lines = st.lists(
    st.builds(line, st.sampled_from(sorted(RULES)), st.integers(min_value=1, max_value=6)),
    max_size=40,
)


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


@given(lines)
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


def test_points_in_a_sentence_drop_the_empty_decimal():
    assert [plain(Decimal("2.0")), plain(Decimal("0.5")), plain(Decimal("12"))] == [
        "2",
        "0.5",
        "12",
    ]


def test_ceilings_must_add_up_to_a_hundred():
    assert why_not_ceilings([Decimal(60), Decimal(40)]) is None
    assert "现在是 99.5 分" in why_not_ceilings([Decimal(60), Decimal("39.5")])
