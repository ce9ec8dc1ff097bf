"""我的积分: every line of one deputy's year, and why it is worth that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congress.shared.models import Assembly
from deputies.models import Deputy, DutyCategory, DutyRecord
from deputies.queries.duties import day_words, done_words
from deputies.states import DutyState
from scoring.models import Entry
from scoring.permissions.appeals import AppealTerms
from scoring.points import ZERO, Share, Totals, plain, shares, totals
from scoring.queries.board import NOT_RANKED, Ranked, Standing, contested, own_ranks
from scoring.queries.books import Books
from scoring.queries.ledger import worth
from scoring.queries.lines import NOT_FROM_HERE, Chip, Month, chips_of, in_months, lines_of
from scoring.queries.past import UNDER_WAY, books_known, end_of, mended_since, under_way


@dataclass(frozen=True)
class Bar:
    """One category with its ceiling."""

    name: str
    points: str
    ceiling: str
    full: bool


@dataclass(frozen=True)
class Waiting:
    """A duty that is not yet counted; of a past day, without what was mended after it."""

    title: str
    when: str
    record: int
    state: str
    points: str


@dataclass(frozen=True)
class Statement:
    totals: Totals
    base: str
    bonus: str
    total: str
    standing: Standing
    ranks: list[Ranked]
    contested: int
    bars: list[Bar]
    chips: list[Chip]
    months: list[Month]
    count: int
    waiting: list[Waiting]
    waiting_points: str
    waiting_mended: int
    about_appeals: str


def assemblies(deputy: Deputy) -> list[Assembly]:
    """The congresses the deputy sits or sat in, the highest first."""
    found = Assembly.objects.filter(term__mandate__deputy=deputy).select_related("level")
    return list(found.distinct().order_by("level__rank", "pk"))


@dataclass(frozen=True)
class Account:
    """One deputy's lines of one year in one congress, with what each of them counts."""

    books: Books
    ceilings: Mapping[str, Decimal]
    totals: Totals
    split: list[tuple[Entry, Share]]


def account(deputy: Deputy, assembly: Assembly, year: int, *, on: date | None = None) -> Account:
    """The year as it stands now, or stood at the end of a past day.

    What each line counts follows the order of posting: so a line verified later never changes
    what was said of an earlier one.
    """
    books = books_known(assembly, end_of(on)) if on else Books([assembly.pk])
    ceilings = books.ceilings(assembly.pk, year)
    known = Entry.objects.filter(deputy=deputy, assembly=assembly, year=year)
    entries = list(
        (known.filter(posted_at__lt=end_of(on)) if on else known)
        .select_related("record__item", "record__checked_by", "record__verified_by")
        .select_related("rule__book", "rule__category", "rule__item")
        .select_related("deputy", "entry", "correction", "reverses__correction", "corrects")
        .order_by("pk")
    )
    lines = [books.line_of(entry) for entry in entries]
    split = list(zip(entries, shares(lines, ceilings), strict=True))
    return Account(books, ceilings, totals(lines, ceilings), split)


def statement(
    deputy: Deputy,
    assembly: Assembly,
    year: int,
    today: date,
    *,
    only: str = "",
    on: date | None = None,
) -> Statement:
    """我的积分 of one year in one congress, every line explained.

    `only` names a chip, `on` a past day.
    """
    found = account(deputy, assembly, year, on=on)
    terms = AppealTerms.of(assembly.pk, year, today)
    lines = lines_of(found.split, terms, then=on is not None)
    shown = [each for each in lines if not only or only in each[1].kinds]
    waiting, points = _waiting(deputy, assembly, year, on, found.books)
    ranks = own_ranks(assembly, year, today, deputy.pk, on=on)
    return Statement(
        totals=found.totals,
        base=f"{found.totals.base:.1f}",
        bonus=f"{found.totals.bonus:.1f}",
        total=f"{found.totals.total:.1f}",
        standing=Standing(ranks[0].rank, ranks[0].of) if ranks else NOT_RANKED,
        ranks=ranks,
        contested=contested(assembly, year, on).get(deputy.pk, 0),
        bars=bars(found),
        chips=chips_of([line for _, line, _ in lines]),
        months=in_months(shown),
        count=len(found.split),
        waiting=waiting,
        waiting_points=plain(points),
        waiting_mended=sum(not row.when for row in waiting),
        about_appeals=NOT_FROM_HERE if on else _about_appeals(terms),
    )


def _about_appeals(terms: AppealTerms) -> str:
    """异议 of the whole list, said once: which lines have the button, and what of the others."""
    return terms.closed or (
        f"记账后 {terms.days} 个工作日内，可以对一笔提出异议，按钮在那一笔下面。"
        "过了期限、确实记错了的，请打电话告诉代工委，由主任冲销。"
    )


def bars(year: Account) -> list[Bar]:
    """Each category under its ceiling; none where the congress has no rule book."""
    points, ceilings = year.totals.by_category, year.ceilings
    return [
        Bar(
            name=category.name,
            points=f"{points[category.code]:.1f}",
            ceiling=plain(ceilings[category.code]),
            full=points[category.code] == ceilings[category.code],
        )
        for category in DutyCategory.objects.all()
        if category.code in ceilings
    ]


def _waiting(
    deputy: Deputy, assembly: Assembly, year: int, on: date | None, books: Books
) -> tuple[list[Waiting], Decimal]:
    """Reported and not yet verified, with what the rules give before any limit.

    What a record said on a past day before it was mended is not known: it has only its item.
    """
    records = DutyRecord.objects.of_deputy(deputy).done_in(year)
    then = under_way(deputy, year, end_of(on)) if on else {}
    waiting = records.filter(pk__in=then) if on else records.filter(state__in=UNDER_WAY)
    known = list(waiting.select_related("item"))
    mended = mended_since(then, end_of(on)) if on else set()
    points = {
        found.record.pk: found.rule.points * found.record.quantity
        for found in worth(known, books)
        if found.assembly_id == assembly.pk and found.record.pk not in mended
    }
    rows = [
        Waiting(
            title=record.item.short_name if record.pk in mended else done_words(record),
            when="" if record.pk in mended else day_words(record.done_on),
            record=record.pk,
            state=DutyState(then.get(record.pk, record.state)).label,
            points=_guess(points.get(record.pk), mended=record.pk in mended),
        )
        for record in known
    ]
    return rows, sum(points.values(), ZERO)


def _guess(points: Decimal | None, *, mended: bool) -> str:
    if mended:
        return "那天以后改过，当时的数量没有留存，不估分"
    return "不计分" if points is None else f"约 {plain(points)} 分"
