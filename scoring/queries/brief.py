"""我的一年 on one card: total, rank, categories, what each month brought, the year's list."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congress.shared.models import Assembly
from deputies.models import Deputy
from scoring.points import ZERO
from scoring.queries.board import Standing, standing
from scoring.queries.lines import standing_day
from scoring.queries.statement import Account, Bar, account, bars

MONTHS = range(1, 13)


@dataclass(frozen=True)
class Checklist:
    """年度履职清单: how many items have a line, of how many, and which have none."""

    done: int
    of: int
    open: Sequence[str]


@dataclass(frozen=True)
class Brief:
    """One deputy's year in one congress; `gains` has what counted in each of twelve months."""

    assembly: Assembly
    total: str
    base: str
    bonus: str
    lines: int
    standing: Standing
    bars: Sequence[Bar]
    gains: Sequence[Decimal]
    checklist: Checklist


def brief(deputy: Deputy, assembly: Assembly, year: int, today: date) -> Brief:
    """The same figures as the page with every line, in a fixed number of queries."""
    found = account(deputy, assembly, year)
    return Brief(
        assembly=assembly,
        total=f"{found.totals.total:.1f}",
        base=f"{found.totals.base:.1f}",
        bonus=f"{found.totals.bonus:.1f}",
        lines=len(found.split),
        standing=standing(assembly, year, found.totals.total, today, deputy.pk),
        bars=bars(found),
        gains=_gains(found),
        checklist=_checklist(found, assembly, today),
    )


def _gains(found: Account) -> list[Decimal]:
    gains: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for entry, share in found.split:
        gains[standing_day(entry).month] += share.counted
    return [gains[month] for month in MONTHS]


def _checklist(found: Account, assembly: Assembly, today: date) -> Checklist:
    """The items of the book in force that give base points; what was reversed is open again."""
    book = found.books.in_force(assembly.pk, today)
    number = book.pk if book else None
    rules = [each for each in found.books.rules.values() if each.book_id == number]
    items = [rule.item for rule in rules if not rule.bonus]
    listed = sorted(items, key=lambda item: item.position)
    points: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for entry, _ in found.split:
        points[entry.rule.item_id] += entry.points
    open_ones = [item.short_name for item in listed if points[item.pk] <= 0]
    return Checklist(len(listed) - len(open_ones), len(listed), open_ones)
