"""试算: a book run on a year's facts, against what that year's own books made of them.

The facts are those the ledger takes: verified records of the year whose deputy sat in the congress
on the day, without those whose entry was reversed. So the book in force replayed on its own year
gives exactly the totals shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, Max, OuterRef, QuerySet, Sum

from congress.shared.models import Assembly
from deputies.models import Deputy, DutyRecord, Mandate, Suspension
from scoring.models import Entry, Rule, RuleBook
from scoring.points import ZERO, Line, plain
from scoring.queries.books import Books
from scoring.queries.roll import seated
from scoring.queries.rules import Names, figures_of, table_of
from scoring.ranking import ranks
from scoring.replay import (
    Deed,
    Kind,
    OfCategory,
    OfPart,
    Part,
    Replayed,
    Summary,
    replay,
    summary,
)
from scoring.tables import Table


def deeds(assembly: Assembly, year: int) -> dict[int, list[Deed]]:
    """By deputy, what counts of the year: summed up by item, rule and matter in the database."""
    found: defaultdict[int, list[Deed]] = defaultdict(list)
    rules = Rule.objects.filter(book__assembly=assembly).select_related("item", "category")
    figures = {rule.pk: figures_of(rule) for rule in rules}
    standing = Entry.objects.filter(assembly=assembly, year=year, reverses=None, entry=None)
    keys = ("deputy_id", "rule_id", "record__matter")
    amounts = (Sum("points"), Max("points"))
    for deputy, rule, matter, all_of, one in (
        standing.order_by().values_list(*keys).annotate(*amounts)
    ):
        was = figures[rule]  # of a correction the rule says the item, not the record
        times = [int(points / was.points) for points in (all_of, one)]
        found[deputy].append(Deed(was.item, times[0], was, matter, times[1]))
    unspoken = _unspoken(assembly, year).order_by().values_list("deputy_id", "item__code", "matter")
    for deputy, item, matter, all_of, one in unspoken.annotate(Sum("quantity"), Max("quantity")):
        found[deputy].append(Deed(item, all_of, None, matter, one))
    return found


def _unspoken(assembly: Assembly, year: int) -> QuerySet[DutyRecord]:
    """Verified facts of the year without a line in this congress: no rule spoke of them."""
    seats = Mandate.objects.running(OuterRef("done_on")).filter(term__assembly=assembly)
    rests = Suspension.objects.running(OuterRef("done_on")).filter(deputy=OuterRef("deputy"))
    sat = Exists(seats.filter(deputy=OuterRef("deputy"))) & ~Exists(rests)
    lines = Entry.objects.filter(record=OuterRef("pk"), assembly=assembly)
    return DutyRecord.objects.verified().done_in(year).filter(~Exists(lines), sat)


@dataclass(frozen=True)
class Mover:
    """One deputy's line of a trial; `why` names what drives the change most."""

    pk: int
    name: str
    area_id: int | None
    group_id: int | None
    group: str
    rank_before: int
    rank_after: int
    replayed: Replayed
    why: str

    @property
    def before(self) -> str:
        return f"{self.replayed.before.total:.1f}"

    @property
    def after(self) -> str:
        return f"{self.replayed.after.total:.1f}"

    @property
    def change(self) -> str:
        return signed(self.replayed.change)

    @property
    def climbed(self) -> int:
        return self.rank_before - self.rank_after


@dataclass(frozen=True)
class Trial:
    """A book on a year: everybody who sits in the congress, most moved first, and the summary."""

    movers: list[Mover]
    summary: Summary
    parts: list[tuple[str, OfPart, str]]
    categories: list[tuple[str, OfCategory]]

    @property
    def most_up(self) -> Mover | None:
        """Who gains most, where anybody does."""
        best = max(self.movers, key=lambda each: each.replayed.change, default=None)
        return best if best and way(best) == "up" else None

    @property
    def most_down(self) -> Mover | None:
        """Who loses most, where anybody does."""
        worst = min(self.movers, key=lambda each: each.replayed.change, default=None)
        return worst if worst and way(worst) == "down" else None


def trial(book: RuleBook, year: int, today: date) -> Trial:
    """试算: who moves, by how much, and which rule drives it."""
    table, names = table_of(book), Names()
    was = Books([book.assembly_id]).ceilings(book.assembly_id, year)
    done = deeds(book.assembly, year)
    people = _people(book.assembly, min(today, date(year, 12, 31)))
    found = {pk: replay(done.get(pk, ()), was, table) for pk in people}
    before = ranks({pk: one.before.total for pk, one in found.items()})
    after = ranks({pk: one.after.total for pk, one in found.items()})
    movers = [
        Mover(pk, *people[pk], before[pk], after[pk], one, _why(one, names))
        for pk, one in found.items()
    ]
    movers.sort(key=lambda each: (-abs(each.replayed.change), each.rank_after, each.rank_before))
    in_all = summary(list(found.values()), was, table)
    return Trial(
        movers,
        in_all,
        [(part_name(each.part, names), each, signed(each.points)) for each in in_all.parts],
        [(names.categories.get(each.code, each.code), each) for each in in_all.categories],
    )


Place = tuple[str, int | None, int | None, str]
"""A deputy's name, township, group, and the group's name."""


def _people(assembly: Assembly, day: date) -> dict[int, Place]:
    """Who sits in the congress on that day, as the ranking has them, and in which group."""
    people = sorted(seated(assembly, day).values(), key=lambda one: (one.order, one.pk))
    return {one.pk: (one.name, one.area_id, one.group_id, one.group) for one in people}


def signed(points: Decimal) -> str:
    """+1.5, −2.0, or 0.0 of a change."""
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{abs(points):.1f}"


def part_name(part: Part, names: Names) -> str:
    """接待选民, or the ceiling of a category."""
    if part.kind == Kind.CEILING:
        return f"{names.categories.get(part.code, part.code)}封顶"
    return names.short.get(part.code, part.code)


def _why(one: Replayed, names: Names) -> str:
    if one.driver is None:
        return "几条规则一起" if one.change else ""
    said = f"{part_name(one.driver, names)} {signed(one.drives[one.driver])}"
    return f"{said} 等 {len(one.drives)} 项" if len(one.drives) > 1 else said


@dataclass(frozen=True)
class TrialLine:
    """One item of a deputy's year under both books, before any limit."""

    code: str
    name: str
    quantity: int
    before: str
    after: str
    drive: str


@dataclass(frozen=True)
class TrialSum:
    """One category of a deputy's year under both books, after the limits."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class OwnTrial:
    """某位代表的试算: item by item, category by category, and what drives the change."""

    replayed: Replayed
    lines: list[TrialLine]
    sums: list[TrialSum]
    drives: list[tuple[str, str]]
    together: str

    @property
    def change(self) -> str:
        return signed(self.replayed.change)


def own_trial(book: RuleBook, deputy: Deputy, year: int) -> OwnTrial:
    """The same computation for one deputy, with its lines."""
    table, names = table_of(book), Names()
    was = Books([book.assembly_id]).ceilings(book.assembly_id, year)
    done = deeds(book.assembly, year)[deputy.pk]
    one = replay(done, was, table)
    drives = sorted(one.drives.items(), key=lambda each: -abs(each[1]))
    return OwnTrial(
        one,
        list(_own_lines(done, one, table, names)),
        [
            TrialSum(
                names.categories.get(code, code),
                _held(one.before.by_category, code, was),
                _held(one.after.by_category, code, table.ceilings),
            )
            for code in {**was, **table.ceilings}
        ],
        [(part_name(part, names), signed(points)) for part, points in drives],
        signed(one.together) if one.together else "",
    )


def _own_lines(
    done: Iterable[Deed], one: Replayed, table: Table, names: Names
) -> Iterator[TrialLine]:
    by_item: defaultdict[str, list[Deed]] = defaultdict(list)
    for deed in done:
        by_item[deed.item].append(deed)
    for code in (code for code in names.items if code in by_item):
        own, part = by_item[code], Part(Kind.RULE, code)
        yield TrialLine(
            code=code,
            name=names.items[code],
            quantity=sum(deed.quantity for deed in own),
            before=_sum(deed.under(deed.was) for deed in own),
            after=_sum(deed.under(table.by_item.get(code)) for deed in own),
            drive=signed(one.drives[part]) if part in one.drives else "",
        )


def _sum(found: Iterable[Line | None]) -> str:
    return f"{sum((line.points for line in found if line), ZERO):.1f}"


def _held(sums: Mapping[str, Decimal], code: str, ceilings: Mapping[str, Decimal]) -> str:
    """What a category counts, of how much it can."""
    if code not in ceilings:
        return "没有这一类"
    full = "，已满" if sums[code] == ceilings[code] else ""
    return f"{sums[code]:.1f} / {plain(ceilings[code])}{full}"


def years(today: date) -> list[int]:
    """The years that have facts to run a book on: last year first, the others newest first."""
    known = set(DutyRecord.objects.verified().years()) | {today.year, today.year - 1}
    return sorted(known, key=lambda year: (year != today.year - 1, -year))


def chosen(
    movers: Iterable[Mover],
    *,
    area: int | None = None,
    group: int | None = None,
    moved: str = "",
    q: str = "",
) -> list[Mover]:
    """Those of this township, group, name and direction; ranks stay those among all."""
    return [
        each
        for each in movers
        if (not area or each.area_id == area)
        and (not group or each.group_id == group)
        and (not moved or moved == way(each))
        and (not q or q in each.name)
    ]


def way(mover: Mover) -> str:
    """Up, down or the same."""
    change = mover.replayed.change
    return "up" if change > 0 else "down" if change < 0 else "same"
