"""docs/scoring.md works one year by hand: the arithmetic and the real verbs give the same."""

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scoring import points, tables
from scoring.actions import posting
from scoring.models import YearTotal
from scoring.queries.statement import statement
from tests import make
from tests.scoring import facts

PAGE = Path(__file__).parents[2] / "docs" / "scoring.md"
ROW = re.compile(r"^\| (\d{4}-\d\d-\d\d) \| (−?)(\w+) \| (\d+) \| (\S+) \| (\S+) \| (\S+) \|", re.M)
YEAR = [
    (date.fromisoformat(day), minus == "−", code, int(quantity), *map(Decimal, numbers))
    for day, minus, code, quantity, *numbers in ROW.findall(PAGE.read_text("utf-8"))
]
BOOK = {
    row["item"]: row
    for row in csv.DictReader((tables.DATA / "rulebook.csv").read_text("utf-8").splitlines())
}
MATTER = "优秀人大代表"
CATEGORY = {"M": "meetings", "A": "activities", "P": "proposals", "C": "voters", "S": "self"}
CEILINGS = {
    row["category"]: Decimal(row["points"])
    for row in csv.DictReader((tables.DATA / "ceilings.csv").read_text("utf-8").splitlines())
    if row["wording"] == "policy"
}


def line(code: str, worth: Decimal) -> points.Line:
    rule = BOOK[code]
    limit = Decimal(rule["per_year"]) if rule["per_year"] else None
    bonus, matter = rule["bonus"] == "1", MATTER if rule["highest_only"] == "1" else ""
    return points.Line(CATEGORY.get(code[0], "bonus"), code, worth, limit, bonus, matter)


def test_the_page_has_a_year_to_look_at():
    assert len(YEAR) == 21
    assert sum(back for _, back, *_ in YEAR) == 1


def test_the_arithmetic_gives_the_numbers_of_the_page():
    ledger, total = [], Decimal(0)
    for _, back, code, quantity, worth, _, _ in YEAR:
        assert worth == Decimal(BOOK[code]["points"]) * quantity * (-1 if back else 1)
        ledger.append(line(code, worth))
    for share, (*_, counted, shown) in zip(points.shares(ledger, CEILINGS), YEAR, strict=True):
        total += share.counted
        assert (share.counted, total) == (counted, shown)
    year = points.totals(ledger, CEILINGS)
    assert (year.base, year.bonus, year.total) == (Decimal(44), Decimal(17), Decimal(61))
    assert year.by_category == {
        "meetings": Decimal(10),
        "activities": Decimal(5),
        "proposals": Decimal(5),
        "voters": Decimal(20),
        "self": Decimal(4),
    }


@pytest.mark.django_db
def test_the_real_verbs_give_the_numbers_of_the_page():
    facts.book()
    deputy, office, entries = make.deputy(), make.director(), {}
    with facts.on(date(2026, 12, 31)):
        for day, back, code, quantity, worth, _, shown in YEAR:
            if back:
                posting.reverse(entries[date(2026, 3, 10)], reason="同一次", by=office)
            else:
                entries[day] = facts.posted(deputy, code, on=day, quantity=quantity, matter=MATTER)
                assert entries[day].points == worth
            assert YearTotal.objects.get().total == shown
    page = statement(deputy, make.assembly(), 2026, date(2026, 12, 31))
    assert (page.base, page.bonus, page.total) == ("44.0", "17.0", "61.0")
    assert [bar.name for bar in page.bars if bar.full] == ["联系群众"]
