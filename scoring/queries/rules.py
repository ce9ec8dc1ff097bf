"""规则书 read: as plain tables, as a list, as a page, and against the book before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from congress.shared.models import Assembly
from deputies.models import DutyCategory, DutyItem
from scoring.differences import Change, What, differences
from scoring.models import Rule, RuleBook
from scoring.points import plain
from scoring.states import BookState
from scoring.tables import EMPTY, Figures, Table


def figures_of(rule: Rule) -> Figures:
    """The rule as plain values; it comes with its item and its category."""
    return Figures(
        item=rule.item.code,
        category=rule.category.code,
        points=rule.points,
        per_year=rule.per_year,
        bonus=rule.bonus,
        highest_only=rule.highest_only,
    )


def table_of(book: RuleBook) -> Table:
    """The whole book as plain values, in the list's order."""
    ceilings = book.ceilings.select_related("category").order_by("category__position")
    rules = book.rules.select_related("item", "category").order_by("item__position", "item__code")
    return Table(
        {ceiling.category.code: ceiling.points for ceiling in ceilings},
        tuple(figures_of(rule) for rule in rules),
    )


def before(book: RuleBook) -> RuleBook | None:
    """The version that came before; of a draft, the newest there is."""
    versions = RuleBook.objects.adopted().filter(assembly=book.assembly_id)
    if book.version:
        versions = versions.filter(version__lt=book.version)
    return versions.order_by("-version").first()


def usual_assembly() -> Assembly | None:
    """The congress one most likely drafts for: the county's, whose points most things hang on."""
    return Assembly.objects.filter(level__code="county").order_by("pk").first()


@dataclass(frozen=True)
class BookRow:
    """One book of the list, with the word for where it stands."""

    book: RuleBook
    word: str
    colour: str
    when: str


def shelf(today: date) -> list[tuple[str, list[BookRow]]]:
    """The books by congress: drafts first, then versions, newest first, then what was dropped."""
    order = {BookState.DRAFT: 0, BookState.ADOPTED: 1, BookState.DROPPED: 2}
    books = RuleBook.objects.select_related("assembly", "adopted_by")
    found: dict[str, list[BookRow]] = {}
    forced: set[int] = set()
    for book in sorted(
        books, key=lambda b: (b.assembly_id, order[BookState(b.state)], -(b.version or b.pk))
    ):
        found.setdefault(str(book.assembly), []).append(_row(book, today, forced))
    return list(found.items())


def _row(book: RuleBook, today: date, forced: set[int]) -> BookRow:
    if book.from_on is None:
        word, colour = ("草案", "gold") if book.state == BookState.DRAFT else ("已放弃", "")
        return BookRow(book, word, colour, f"{_day(timezone.localdate(book.drafted_at))}起草")
    when = f"{_day(book.from_on)}起用"
    if book.from_on > today:
        return BookRow(book, "到期起用", "blue", when)
    if book.assembly_id in forced:
        return BookRow(book, "已被替换", "", when)
    forced.add(book.assembly_id)
    return BookRow(book, "现行", "green", when)


def _day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


@dataclass(frozen=True)
class PageRule:
    """One rule as a book's page prints it."""

    code: str
    name: str
    unit: str
    points: str
    per_year: str
    highest_only: bool


@dataclass(frozen=True)
class PagePart:
    """One category of a book with its ceiling, and the rules that count under it."""

    name: str
    ceiling: str
    rules: list[PageRule]


def page(book: RuleBook) -> list[PagePart]:
    """规则书 as it is read and printed: category by category."""
    ceilings = {each.category_id: each.points for each in book.ceilings.all()}
    known: dict[int, list[PageRule]] = {}
    for rule in book.rules.select_related("item").order_by("item__position"):
        known.setdefault(rule.category_id, []).append(_page_rule(rule))
    return [
        PagePart(
            each.name,
            f"封顶 {plain(ceilings[each.pk])} 分" if each.pk in ceilings else "不封顶",
            known.get(each.pk, []),
        )
        for each in DutyCategory.objects.order_by("position")
        if each.pk in known or each.pk in ceilings
    ]


def _page_rule(rule: Rule) -> PageRule:
    return PageRule(
        rule.item.code,
        rule.item.name,
        rule.item.unit,
        plain(rule.points),
        plain(rule.per_year) if rule.per_year is not None else "不限",
        rule.highest_only,
    )


@dataclass(frozen=True)
class DifferenceRow:
    """One cell old → new, in words."""

    code: str
    name: str
    what: str
    was: str
    now: str


class Names:
    """What categories and items are called, read once."""

    def __init__(self) -> None:
        self.categories = dict(DutyCategory.objects.values_list("code", "name"))
        self.items = dict(DutyItem.objects.values_list("code", "name"))
        self.short = dict(DutyItem.objects.values_list("code", "short_name"))


def compared(old: RuleBook | None, new: RuleBook) -> list[DifferenceRow]:
    """对照: what the new book changes of the old one, cell by cell."""
    changes = differences(table_of(old) if old else EMPTY, table_of(new))
    return list(_words(changes, Names()))


def _words(changes: Iterable[Change], names: Names) -> Iterable[DifferenceRow]:
    for change in changes:
        ceiling = change.what == What.CEILING
        name = (names.categories if ceiling else names.items).get(change.code, change.code)
        code = "" if ceiling else change.code
        was, now = (_said(change.what, value, names) for value in (change.was, change.now))
        yield DifferenceRow(code, name, str(change.what), was, now)


def _said(what: What, value: object, names: Names) -> str:
    if isinstance(value, Figures):
        limit = f"，全年最多 {plain(value.per_year)} 分" if value.per_year is not None else ""
        return f"{names.categories.get(value.category, '')} {plain(value.points)} 分{limit}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return plain(value)
    if what == What.CATEGORY:
        return names.categories.get(str(value), str(value))
    return "不限" if what == What.PER_YEAR else "没有"
