"""积分账 read: what facts are worth, what entries add up to, and where a deputy stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, QuerySet, Sum

from deputies.models import DutyRecord, Mandate
from scoring.models import Entry, Rule
from scoring.points import Line, Totals, totals
from scoring.queries.books import Books

Account = tuple[int, int, int]
"""One deputy in one assembly in one year: what has one total."""


class Seats:
    """Who sat where and when, and was not suspended, read once for many records."""

    def __init__(self, deputy_ids: Iterable[int]) -> None:
        rest = ("deputy__suspensions__from_on", "deputy__suspensions__to_on")
        rows = Mandate.objects.filter(deputy__in=set(deputy_ids)).values_list(
            "deputy_id", "term__assembly_id", "from_on", "to_on", *rest
        )
        self._spells: defaultdict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
        self._rests: defaultdict[int, list[tuple[date, date | None]]] = defaultdict(list)
        for deputy_id, assembly_id, from_on, to_on, rests_from, acts_from in rows:
            self._spells[deputy_id].append((assembly_id, from_on, to_on))
            if rests_from:
                self._rests[deputy_id].append((rests_from, acts_from))
        self.assembly_ids = {seat[0] for seats in self._spells.values() for seat in seats}

    def on(self, deputy_id: int, day: date) -> list[int]:
        """The assemblies the deputy sat in on that day, each once; none while suspended."""
        rests, spells = self._rests[deputy_id], self._spells[deputy_id]
        if any(start <= day and (not end or day < end) for start, end in rests):
            return []
        return sorted({a for a, start, end in spells if start <= day and (not end or day <= end)})


@dataclass(frozen=True)
class Worth:
    """What a verified record is worth in one assembly."""

    record: DutyRecord
    assembly_id: int
    rule: Rule

    @property
    def points(self) -> Decimal:
        """分 before any limit."""
        return self.rule.points * self.record.quantity

    def entry(self) -> Entry:
        """The line as it is to stand in the ledger, not yet saved."""
        return Entry(
            deputy_id=self.record.deputy_id,
            assembly_id=self.assembly_id,
            year=self.record.done_on.year,
            rule=self.rule,
            record=self.record,
            points=self.points,
        )


def worth(records: Iterable[DutyRecord], books: Books | None = None) -> list[Worth]:
    """Each assembly where the deputy sat on the day and whose book then has a rule for it.

    `books` are all that is known of: those of one congress, or of a past day.
    """
    return weigh(records, books)[0]


def weigh(records: Iterable[DutyRecord], books: Books | None = None) -> tuple[list[Worth], Books]:
    """The same, with the books it was read from: posting goes on to add up under them."""
    known = list(records)
    seats = Seats(record.deputy_id for record in known)
    books = books or Books(seats.assembly_ids, items={record.item_id for record in known})
    found = [
        Worth(record, assembly_id, rule)
        for record in known
        for assembly_id in seats.on(record.deputy_id, record.done_on)
        if (rule := books.rule(assembly_id, record.item_id, record.done_on))
    ]
    return found, books


def sums(accounts: Iterable[Account], books: Books) -> dict[Account, Totals]:
    """年度积分 of these accounts, computed anew from their entries."""
    wanted = set(accounts)
    found = lines_of(entries_of(wanted))
    return {
        account: totals(found[account], books.ceilings(*account[1:])) for account in sorted(wanted)
    }


def all_sums() -> dict[Account, Totals]:
    """年度积分 of everybody, from the entries alone: what the nightly audit compares with.

    A line that no ceiling of its year speaks of counts nothing, so that the audit can name it.
    """
    books = Books(Entry.objects.values_list("assembly_id", flat=True).distinct())
    found = {}
    for account, own in lines_of(Entry.objects.all()).items():
        ceilings = books.ceilings(*account[1:])
        held = [line for line in own if line.bonus or line.category in ceilings]
        found[account] = totals(held, ceilings)
    return found


def entries_of(accounts: Iterable[Account]) -> QuerySet[Entry]:
    """The entries of these accounts, and perhaps of some that cross them."""
    wanted = list(accounts)
    return Entry.objects.filter(
        deputy__in={deputy for deputy, _, _ in wanted},
        assembly__in={assembly for _, assembly, _ in wanted},
        year__in={year for _, _, year in wanted},
    )


def lines_of(rows: QuerySet[Entry]) -> defaultdict[Account, list[Line]]:
    """Lines of one rule come summed up from the database: limits apply to sums anyway.

    Awards come by their matter, one for each rule under which one still stands.
    """
    lines: defaultdict[Account, list[Line]] = defaultdict(list)
    account = ("deputy_id", "assembly_id", "year")
    rule = ("rule__category__code", "rule__item__code", "rule__per_year", "rule__bonus")
    keys = (*account, *rule, "rule_id")
    summed = rows.exclude(rule__highest_only=True).order_by().values_list(*keys)
    for row in summed.annotate(Sum("points")):
        category, item, per_year, bonus, _, points = row[3:]
        lines[row[:3]].append(Line(category, item, points, per_year, bonus))
    of_matters = rows.filter(rule__highest_only=True).order_by()
    undone = of_matters.filter(reverses__isnull=False).values("reverses")
    standing = of_matters.filter(reverses=None).exclude(pk__in=undone)
    awards = standing.values_list(*keys, "record__matter")
    for row in awards.annotate(Sum("points"), Max("points")):
        category, item, per_year, bonus, _, matter, all_of, one = row[3:]
        points = one if matter else all_of
        lines[row[:3]].append(Line(category, item, points, per_year, bonus, matter))
    return lines
