"""默认积分表: the shipped figures as a rule book takes them, in either wording of the list."""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from deputies.wordings import Wording, division

DATA = Path(__file__).parent / "data"
BONUS = "bonus"
"""附加分: the category of what counts under no ceiling."""


@dataclass(frozen=True)
class Figures:
    """What one item is worth, and under which category's ceiling it counts."""

    item: str
    category: str
    points: Decimal
    per_year: Decimal | None
    bonus: bool
    highest_only: bool


@dataclass(frozen=True)
class Table:
    """A whole book: ceilings by category, which add up to 100, and the figures of each item."""

    ceilings: Mapping[str, Decimal]
    figures: tuple[Figures, ...]

    @cached_property
    def by_item(self) -> dict[str, Figures]:
        """The figures by the item's code, in the list's order."""
        return {each.item: each for each in self.figures}


EMPTY = Table({}, ())
"""Where no book is in force."""


def fingerprint(table: Table) -> str:
    """A digest of all that stands in the table: another one as soon as a cell is another."""
    words = repr((sorted(table.ceilings.items()), table.figures))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def why_not_table(table: Table) -> str | None:
    """The reason a table cannot be counted with: what is no bonus counts under a ceiling."""
    if not table.figures:
        return "积分表里还没有列入任何条目。"
    homeless = [each.item for each in table.figures if not _housed(each, table)]
    if homeless:
        return f"{'、'.join(homeless)} 所在的类别没有封顶分：请填封顶分，或者换一个类别。"
    return None


def _housed(figures: Figures, table: Table) -> bool:
    return figures.bonus or figures.category in table.ceilings


def shipped(wording: str = Wording.POLICY) -> Table:
    """The default table in this wording: points are the same in both, ceilings are not."""
    categories = division(Wording(wording))
    return Table(
        ceilings={
            row["category"]: Decimal(row["points"])
            for row in _rows("ceilings.csv")
            if row["wording"] == wording
        },
        figures=tuple(
            Figures(
                item=row["item"],
                category=categories[row["item"]],
                points=Decimal(row["points"]),
                per_year=Decimal(row["per_year"]) if row["per_year"] else None,
                bonus=row["bonus"] == "1",
                highest_only=row["highest_only"] == "1",
            )
            for row in _rows("rulebook.csv")
        ),
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
