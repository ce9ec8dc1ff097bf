"""对照: what differs between two tables, cell by cell."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.differences import Change, What, differences
from scoring.tables import EMPTY, Figures, Table, fingerprint, shipped, why_not_table

C1 = Figures("C1", "voters", Decimal(2), Decimal(12), bonus=False, highest_only=False)
B4 = Figures("B4", "bonus", Decimal(20), None, bonus=True, highest_only=True)
OLD = Table({"voters": Decimal(60), "self": Decimal(40)}, (C1, B4))


def test_equal_tables_differ_in_nothing():
    assert differences(OLD, Table(dict(OLD.ceilings), tuple(OLD.figures))) == []
    assert differences(EMPTY, EMPTY) == []


@pytest.mark.parametrize(
    ("cells", "what", "was", "now"),
    [
        ({"points": Decimal(3)}, What.POINTS, Decimal(2), Decimal(3)),
        ({"per_year": None}, What.PER_YEAR, Decimal(12), None),
        ({"category": "self"}, What.CATEGORY, "voters", "self"),
        ({"bonus": True}, What.BONUS, False, True),
        ({"highest_only": True}, What.HIGHEST_ONLY, False, True),
    ],
)
def test_each_cell_that_differs_is_told_by_itself(cells, what, was, now):
    new = Table(OLD.ceilings, (replace(C1, **cells), B4))
    assert differences(OLD, new) == [Change("C1", what, was, now)]
    assert fingerprint(new) != fingerprint(OLD)


def test_items_and_ceilings_come_and_go():
    new = Table({"voters": Decimal(70), "groups": Decimal(30)}, (B4,))
    assert differences(OLD, new) == [
        Change("voters", What.CEILING, Decimal(60), Decimal(70)),
        Change("self", What.CEILING, Decimal(40), None),
        Change("groups", What.CEILING, None, Decimal(30)),
        Change("C1", What.DROPPED, C1, None),
    ]
    assert differences(Table(OLD.ceilings, (B4,)), OLD) == [Change("C1", What.ADDED, None, C1)]


def test_what_is_no_bonus_needs_a_ceiling_to_count_under():
    assert why_not_table(OLD) is None
    assert why_not_table(shipped()) is None
    assert "C1 所在的类别没有封顶分" in why_not_table(Table({"self": Decimal(100)}, (C1, B4)))
    assert "没有列入任何条目" in why_not_table(Table(OLD.ceilings, ()))
