"""A draft of next year's rules lies at the office, changed enough to be worth a trial."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from scoring.actions import rules
from scoring.models import RuleBook
from scoring.queries.rules import table_of
from scoring.tables import Table, fingerprint

CEILINGS = {"meetings": Decimal(20), "voters": Decimal(25)}
CELLS: Mapping[str, Mapping[str, Any]] = {
    "M1": {"points": Decimal(6), "per_year": Decimal(12)},
    "A2": {"points": Decimal("1.5")},
    "C1": {"points": Decimal("2.5"), "per_year": Decimal(15)},
    "C2": {"points": Decimal(1), "per_year": Decimal(8)},
    "S1": {"points": Decimal("1.5")},
}


def leave_a_draft(cast: Cast) -> None:
    """加重联系群众: receptions and visits are worth more, sitting in meetings less."""
    with clock.at(moment(cast.today, 9)):
        book = rules.draft(
            cast.county,
            basis=f"{cast.today.year + 1} 年代表履职积分制度（征求意见稿）",
            of=RuleBook.objects.in_force(cast.county.pk, cast.today),
            by=cast.clerk,
        )
        before = table_of(book)
        figures = tuple(replace(each, **CELLS.get(each.item, {})) for each in before.figures)
        table = Table({**before.ceilings, **CEILINGS}, figures)
        rules.amend(book, table=table, seen=fingerprint(before), by=cast.clerk)
