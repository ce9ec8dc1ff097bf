"""得分: everybody's points of one congress and year, today or at the end of any past day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from congress.shared.models import Assembly
from scoring.models import Entry, YearTotal
from scoring.points import ZERO, Totals, totals
from scoring.queries.books import Books
from scoring.queries.ledger import lines_of
from scoring.queries.past import books_known
from scoring.tables import BONUS


@dataclass(frozen=True)
class Score:
    """One deputy's year; the ranking goes by `part`: the total, or one category's points."""

    base: Decimal = ZERO
    bonus: Decimal = ZERO
    part: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.base + self.bonus


def scores(
    assembly: Assembly, year: int, *, category: str = "", until: datetime | None = None
) -> dict[int, Score]:
    """By deputy; who has no line is missing. Today's totals are read, the past is added up."""
    if until is not None:
        return _of_then(assembly, year, category, until)
    parts = _of_category(assembly, year, category) if category not in ("", BONUS) else None
    rows = YearTotal.objects.filter(assembly=assembly, year=year)
    return {
        pk: Score(base, bonus, _part(base, bonus, category, parts.get(pk, ZERO) if parts else ZERO))
        for pk, base, bonus in rows.values_list("deputy_id", "base", "bonus")
    }


def _part(base: Decimal, bonus: Decimal, category: str, points: Decimal) -> Decimal:
    if category == BONUS:
        return bonus
    return points if category else base + bonus


def _of_category(assembly: Assembly, year: int, category: str) -> dict[int, Decimal]:
    """Only this category's lines are read: its ceiling takes no notice of the others."""
    books = Books([assembly.pk])
    rows = Entry.objects.filter(assembly=assembly, year=year, rule__bonus=False)
    lines = lines_of(rows.filter(rule__category__code=category))
    ceilings = books.ceilings(assembly.pk, year)
    return {
        pk: totals(own, ceilings).by_category.get(category, ZERO)
        for (pk, _, _), own in lines.items()
    }


def _of_then(assembly: Assembly, year: int, category: str, until: datetime) -> dict[int, Score]:
    return {
        pk: Score(
            found.base,
            found.bonus,
            _part(found.base, found.bonus, category, found.by_category.get(category, ZERO)),
        )
        for pk, found in sums_of(assembly, year, until)[0].items()
    }


Ceilings = Mapping[str, Decimal]


def sums_of(
    assembly: Assembly, year: int, until: datetime | None = None
) -> tuple[dict[int, Totals], Ceilings]:
    """What the entries add up to, by deputy, under which ceilings; those before an instant only."""
    books = books_known(assembly, until) if until else Books([assembly.pk])
    ceilings = books.ceilings(assembly.pk, year)
    rows = Entry.objects.filter(assembly=assembly, year=year)
    known = rows.filter(posted_at__lt=until) if until else rows
    return {pk: totals(own, ceilings) for (pk, _, _), own in lines_of(known).items()}, ceilings
