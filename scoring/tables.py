"""默认积分表: the shipped figures as a rule book takes them, in either wording of the list."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from deputies.wordings import Wording, division

DATA = Path(__file__).parent / "data"


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
