"""规则书 read once for many lines: which rule a fact falls under, and a year's ceilings."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from scoring.models import Ceiling, Entry, Rule, RuleBook
from scoring.points import Line


class Books:
    """The adopted rule books of some assemblies, in three queries; the rules of some `items` only.

    The books `besides` are left out of sight.
    """

    def __init__(
        self,
        assembly_ids: Iterable[int],
        items: Iterable[int] | None = None,
        *,
        besides: Iterable[int] = (),
    ) -> None:
        books = RuleBook.objects.adopted().filter(assembly__in=set(assembly_ids))
        books = books.exclude(pk__in=list(besides))
        self._of: defaultdict[int, list[RuleBook]] = defaultdict(list)
        for book in books.order_by("-from_on", "-version"):
            self._of[book.assembly_id].append(book)
        numbers = [book.pk for known in self._of.values() for book in known]
        rules = Rule.objects.filter(book__in=numbers).select_related("item", "category")
        if items is not None:
            rules = rules.filter(item__in=set(items))
        self.rules = {rule.pk: rule for rule in rules}
        self._rule = {(rule.book_id, rule.item_id): rule for rule in self.rules.values()}
        self._ceilings: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
        for ceiling in Ceiling.objects.filter(book__in=numbers).select_related("category"):
            self._ceilings[ceiling.book_id][ceiling.category.code] = ceiling.points

    def in_force(self, assembly_id: int, day: date) -> RuleBook | None:
        """The newest book that had begun on that day."""
        return next((book for book in self._of[assembly_id] if _begun(book, day)), None)

    def rule(self, assembly_id: int, item_id: int, day: date) -> Rule | None:
        """What the item is worth on that day; None when no book or no rule speaks of it."""
        book = self.in_force(assembly_id, day)
        return self._rule.get((book.pk, item_id)) if book else None

    def ceilings(self, assembly_id: int, year: int) -> dict[str, Decimal]:
        """One set for the whole year: of the book in force on 1 January, else on the first day.

        Of books that begin on one day the latest version is in force, in `ruling` as here.

        A book that begins in mid-year changes what new lines are worth, never an old total.
        """
        book = self.in_force(assembly_id, date(year, 1, 1))
        if book is None:
            first = min((day for day in self._days(assembly_id) if day.year == year), default=None)
            book = self.in_force(assembly_id, first) if first else None
        return self._ceilings[book.pk] if book else {}

    def _days(self, assembly_id: int) -> list[date]:
        return [book.from_on for book in self._of[assembly_id] if book.from_on]

    def line(self, rule_id: int, points: Decimal, matter: str = "") -> Line:
        """Points under a rule as the arithmetic takes them."""
        rule = self.rules[rule_id]
        return Line(
            category=rule.category.code,
            item=rule.item.code,
            points=points,
            per_year=rule.per_year,
            bonus=rule.bonus,
            matter=matter if rule.highest_only else "",
        )

    def line_of(self, entry: Entry) -> Line:
        """One entry as the arithmetic takes it; the entry comes with its record."""
        return self.line(entry.rule_id, entry.points, entry.record.matter)


def _begun(book: RuleBook, day: date) -> bool:
    return book.from_on is not None and book.from_on <= day
