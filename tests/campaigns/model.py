"""The ledger as it ought to be, in whole tenths of a point: no database, none of our arithmetic."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

Account = tuple[int, int, int]
"""Deputy, assembly, year."""


def tenths(points: object) -> int:
    return round(float(str(points)) * 10)


@dataclass(frozen=True)
class Worth:
    """One row of a rule book: tenths for one unit, tenths in a year, and where it counts."""

    points: int
    per_year: int | None
    bonus: bool
    highest_only: bool
    category: str


@dataclass(frozen=True)
class Book:
    """A table of points in force from a day: item by item, category by category."""

    pk: int
    from_on: date
    worth: dict[str, Worth]
    ceilings: dict[str, int]


@dataclass
class Sum:
    """What one item has come to in one account, and the widest limit it was ever posted under."""

    category: str
    points: int
    per_year: int | None


@dataclass(frozen=True)
class Shown:
    """年度积分 in tenths."""

    base: int
    bonus: int

    @property
    def total(self) -> int:
        return self.base + self.bonus


@dataclass
class Model:
    """Every account's sums. `move` is the only way to move one."""

    books: dict[int, list[Book]] = field(default_factory=lambda: defaultdict(list))
    items: dict[Account, dict[str, Sum]] = field(default_factory=lambda: defaultdict(dict))
    bonus: dict[Account, int] = field(default_factory=lambda: defaultdict(int))
    awards: dict[Account, dict[str, Counter[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )
    raw: dict[Account, int] = field(default_factory=lambda: defaultdict(int))
    lines: int = 0

    def book(self, assembly: int, day: date) -> Book | None:
        """The newest book that had begun on that day."""
        begun = [book for book in self.books[assembly] if book.from_on <= day]
        return begun[-1] if begun else None

    def worth(self, assembly: int, code: str, day: date) -> Worth | None:
        """The row of that book."""
        book = self.book(assembly, day)
        return book.worth.get(code) if book else None

    def move(self, account: Account, code: str, worth: Worth, points: int, matter: str) -> None:
        """A line of so many tenths, or one taken back, stands in the account."""
        self.lines += 1
        self.raw[account] += points
        if worth.highest_only and matter:
            self.awards[account][matter][abs(points)] += 1 if points > 0 else -1
            return
        if worth.bonus:
            self.bonus[account] += points
            return
        known = self.items[account].setdefault(code, Sum(worth.category, 0, worth.per_year))
        known.points += points
        if known.per_year is not None:
            known.per_year = worth.per_year and max(known.per_year, worth.per_year)

    def ceilings(self, assembly: int, year: int) -> dict[str, int]:
        """Of the book in force on 1 January, else of the year's first."""
        books = self.books[assembly]
        old = [book for book in books if book.from_on <= date(year, 1, 1)]
        return (old[-1] if old else books[0]).ceilings

    def shown(self, account: Account) -> Shown:
        """What the total row must say."""
        sums: defaultdict[str, int] = defaultdict(int)
        for each in self.items[account].values():
            held = each.points if each.per_year is None else min(each.points, each.per_year)
            sums[each.category] += held
        ceilings = self.ceilings(*account[1:])
        base = sum(min(points, ceilings[name]) for name, points in sums.items())
        bonus = self.bonus[account]
        for awards in self.awards[account].values():
            bonus += max((points for points, times in awards.items() if times), default=0)
        return Shown(base, bonus)

    def ranks(self, assembly: int, year: int, seated: set[int]) -> dict[int, int]:
        """One more than the number who have more; ties share."""
        totals = {one: self.shown((one, assembly, year)).total for one in seated}
        order = sorted(totals.values(), reverse=True)
        first: dict[int, int] = {}
        for place, total in enumerate(order, start=1):
            first.setdefault(total, place)
        return {one: first[total] for one, total in totals.items()}
