"""试算, the arithmetic: what a draft would have made of a year, proven by Hypothesis."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scoring.points import totals
from scoring.replay import Deed, Kind, Part, replay, summary
from scoring.tables import Figures, Table

CEILINGS = {"meetings": Decimal(50), "voters": Decimal(20), "self": Decimal(30)}


def figures(item, category, points, per_year=None, *, bonus=False, highest_only=False):
    limit = None if per_year is None else Decimal(per_year)
    return Figures(item, category, Decimal(points), limit, bonus, highest_only)


OLD = Table(
    CEILINGS,
    (
        figures("M1", "meetings", 8, 16),
        figures("C1", "voters", 2, 12),
        figures("C2", "voters", "0.5", 5),
        figures("S1", "self", 2),
        figures("B4", "bonus", 20, bonus=True, highest_only=True),
        figures("B6", "bonus", 8, bonus=True, highest_only=True),
    ),
)


def changed(table=OLD, ceilings=None, **by_item):
    """The table with other figures of these items; None takes an item out."""
    rows = (
        by_item.get(each.item, {}) is not None and replace(each, **by_item.get(each.item, {}))
        for each in table.figures
    )
    return Table({**table.ceilings, **(ceilings or {})}, tuple(row for row in rows if row))


def did(item, quantity=1, matter="", table=OLD):
    return Deed(item, quantity, table.by_item.get(item), matter, quantity)


def drives(one):
    return {part.code: points for part, points in one.drives.items()}


deeds = st.lists(
    st.builds(did, st.sampled_from([*OLD.by_item, "X9"]), st.integers(1, 9)),
    max_size=12,
    unique_by=lambda deed: deed.item,
)
points = st.decimals(Decimal("0.5"), Decimal(30), places=1)
others = st.fixed_dictionaries(
    {},
    optional={
        item: st.none() | st.fixed_dictionaries({"points": points})
        for item in ("M1", "C1", "C2", "S1", "B4")
    },
)


def test_a_rule_put_up_drives_what_it_adds():
    one = replay([did("C1", 3), did("M1")], CEILINGS, changed(C1={"points": Decimal(3)}))
    assert (one.before.total, one.after.total) == (Decimal(14), Decimal(17))
    assert drives(one) == {"C1": Decimal(3)}
    assert one.driver == Part(Kind.RULE, "C1")
    assert one.together == 0


def test_a_limit_that_holds_makes_no_drive():
    one = replay([did("C1", 9)], CEILINGS, changed(C1={"points": Decimal(3)}))
    assert (one.change, drives(one), one.driver) == (Decimal(0), {}, None)


def test_a_ceiling_is_a_part_of_its_own():
    full = [did("M1", 2), did("C1", 6), did("C2", 10), did("S1", 4)]
    one = replay(full, CEILINGS, changed(ceilings={"voters": Decimal(10), "self": Decimal(40)}))
    assert drives(one) == {"voters": Decimal(-7)}
    assert one.driver == Part(Kind.CEILING, "voters")


def test_what_two_parts_do_together_is_said_apart():
    table = changed(C1={"points": Decimal(4), "per_year": None}, C2={"per_year": None})
    one = replay([did("C1", 5), did("C2", 20)], CEILINGS, table)
    assert one.change == Decimal(5)
    assert (drives(one), one.driver) == ({}, None), "either alone would fill the category"
    assert one.together == Decimal(5)


def test_the_example_of_the_page_by_hand():
    done = [did("C1", 5), did("C2", 20)]
    dearer = {"points": Decimal("2.5"), "per_year": Decimal(15)}
    one = replay(done, CEILINGS, changed(C1=dearer))
    assert (one.before.total, one.after.total, drives(one)) == (15, 17.5, {"C1": Decimal("2.5")})
    one = replay(done, CEILINGS, changed(C1=dearer, C2={"per_year": None}))
    assert (one.after.total, drives(one), one.together) == (20, {"C2": Decimal("2.5")}, 2.5)


def test_an_item_added_or_dropped_drives_all_of_it():
    more = Table(CEILINGS, (*OLD.figures, figures("X9", "self", 3)))
    assert drives(replay([did("X9", 2)], CEILINGS, more)) == {"X9": Decimal(6)}
    assert drives(replay([did("S1", 2)], CEILINGS, changed(S1=None))) == {"S1": Decimal(-4)}


def test_of_awards_for_one_matter_only_the_highest_counts_in_both():
    awards = [did("B4", matter="劳模"), did("B6", matter="劳模"), did("B6", matter="好人")]
    one = replay(awards, CEILINGS, changed(B4={"points": Decimal(5)}))
    assert (one.before.bonus, one.after.bonus) == (Decimal(28), Decimal(16))
    assert drives(one) == {"B4": Decimal(-12)}, "the other award for the matter takes its place"
    both = replay(awards, CEILINGS, changed(B4={"highest_only": False}))
    assert both.after.bonus == Decimal(36)


def test_of_several_awards_under_one_rule_the_largest_counts_for_a_matter():
    awards = Deed("B6", 3, OLD.by_item["B6"], "好人", 1)
    one = replay([awards], CEILINGS, changed(B6={"highest_only": False}))
    assert (one.before.bonus, one.after.bonus) == (Decimal(8), Decimal(24))


def test_the_driver_is_the_part_that_moves_most_up_or_down_and_of_equals_the_first():
    less, more = {"points": Decimal(1)}, {"points": Decimal("2.5")}
    one = replay([did("C1", 3), did("S1", 4)], CEILINGS, changed(C1=less, S1=more))
    assert drives(one) == {"C1": Decimal(-3), "S1": Decimal(2)}
    assert one.driver == Part(Kind.RULE, "C1")
    one = replay([did("S1"), did("M1")], CEILINGS, changed(M1={"points": Decimal(9)}, S1=less))
    assert drives(one) == {"M1": Decimal(1), "S1": Decimal(-1)}
    assert one.driver == Part(Kind.RULE, "M1")


def test_a_rule_of_a_vanished_category_comes_back_with_its_ceiling():
    moved = Table(
        {"sittings": Decimal(80), "voters": Decimal(20)},
        (figures("M1", "sittings", 9, 18), *OLD.figures[1:3]),
    )
    one = replay([did("M1", 2)], CEILINGS, moved)
    assert drives(one) == {"M1": Decimal(2)}


@given(deeds)
def test_the_same_table_moves_nobody(done):
    one = replay([deed for deed in done if deed.was], CEILINGS, OLD)
    assert (one.change, one.drives) == (0, {})
    assert one.before == one.after


@given(deeds, others)
def test_both_totals_are_those_of_the_ledgers_arithmetic(done, change):
    table = changed(**change)
    one = replay(done, CEILINGS, table)
    was = [line for deed in done if (line := deed.under(deed.was))]
    now = [line for deed in done if (line := deed.under(table.by_item.get(deed.item)))]
    assert one.before == totals(was, CEILINGS)
    assert one.after == totals(now, CEILINGS)
    assert one.change == sum(one.drives.values()) + one.together


@given(deeds, st.sampled_from(["M1", "C1", "C2", "S1"]), points)
def test_where_one_rule_alone_is_another_it_drives_the_whole_change(done, item, worth):
    known = [deed for deed in done if deed.was]
    one = replay(known, CEILINGS, changed(**{item: {"points": worth}}))
    assert one.together == 0
    assert set(drives(one)) <= {item}


@given(deeds, others, st.randoms())
def test_the_order_of_deeds_never_matters(done, change, random):
    mixed = random.sample(done, len(done))
    assert replay(mixed, CEILINGS, changed(**change)) == replay(done, CEILINGS, changed(**change))


def test_the_summary_counts_who_moves_by_what_and_who_is_at_a_ceiling():
    table = changed(
        ceilings={"voters": Decimal(10), "self": Decimal(40)}, M1={"points": Decimal(9)}
    )
    people = [
        replay([did("C1", 6)], CEILINGS, table),
        replay([did("M1", 1)], CEILINGS, table),
        replay([], CEILINGS, table),
    ]
    found = summary(people, CEILINGS, table)
    assert (found.up, found.down, found.same) == (1, 1, 1)
    assert [(each.part.code, each.gain, each.lose, each.points) for each in found.parts] == [
        ("voters", 0, 1, Decimal(-2)),
        ("M1", 1, 0, Decimal(1)),
    ]
    voters = next(each for each in found.categories if each.code == "voters")
    assert (voters.before, voters.after) == (Decimal(4), Decimal(10) / 3)
    assert (voters.full_before, voters.full_after) == (0, 1)


def test_the_part_that_moves_most_people_comes_first_however_little_it_moves_them():
    table = changed(C2={"points": Decimal(1)}, S1={"points": Decimal(9)})
    people = [
        replay([did("C2")], CEILINGS, table),
        replay([did("C2"), did("S1")], CEILINGS, table),
    ]
    found = summary(people, CEILINGS, table).parts
    assert [(each.part.code, each.gain, each.lose) for each in found] == [
        ("C2", 2, 0),
        ("S1", 1, 0),
    ]


def test_a_summary_of_nobody_is_empty():
    found = summary([], CEILINGS, OLD)
    assert (found.up, found.down, found.same, found.parts, found.categories) == (0, 0, 0, [], [])
