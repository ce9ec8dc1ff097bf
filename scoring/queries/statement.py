"""我的积分: every line of one deputy's year, and why it is worth that."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from congress.shared.models import Assembly, AuditEvent
from deputies.models import Deputy, DutyCategory, DutyRecord
from deputies.queries.duties import day_words, done_words
from deputies.states import DutyState
from scoring.models import Entry
from scoring.points import ZERO, Share, Totals, explain, plain, shares, totals
from scoring.queries.board import NOT_RANKED, Ranked, Standing, contested, own_ranks
from scoring.queries.books import Books
from scoring.queries.ledger import worth
from scoring.queries.past import UNDER_WAY, books_known, end_of, under_way


@dataclass(frozen=True)
class Bar:
    """One category with its ceiling."""

    name: str
    points: str
    ceiling: str
    full: bool


@dataclass(frozen=True)
class Line:
    """One line of the ledger in words."""

    title: str
    when: str
    points: str
    why: str
    rule: str
    record: int
    people: list[str]
    note: str
    colour: str


@dataclass(frozen=True)
class Month:
    label: str
    points: str
    lines: list[Line]


@dataclass(frozen=True)
class Waiting:
    """A duty that is not yet counted."""

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
    months: list[Month]
    count: int
    waiting: list[Waiting]
    waiting_points: str


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
        .select_related("rule__book", "rule__category")
        .order_by("pk")
    )
    lines = [books.line_of(entry) for entry in entries]
    split = list(zip(entries, shares(lines, ceilings), strict=True))
    return Account(books, ceilings, totals(lines, ceilings), split)


def statement(
    deputy: Deputy, assembly: Assembly, year: int, today: date, *, on: date | None = None
) -> Statement:
    """我的积分 of one year in one congress, every line explained; `on` is a past day."""
    found = account(deputy, assembly, year, on=on)
    waiting, points = _waiting(deputy, assembly, year, on)
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
        months=_months(found.split),
        count=len(found.split),
        waiting=waiting,
        waiting_points=plain(points),
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


def standing_day(entry: Entry) -> date:
    """The day under which a line stands: of the deed; a reversal's is the day it was made."""
    day = timezone.localdate(entry.posted_at) if entry.reverses_id else entry.record.done_on
    return day if day.year == entry.year else date(entry.year, 12, 31)  # reversed after the year


def _months(split: Iterable[tuple[Entry, Share]]) -> list[Month]:
    """By the day of the deed, newest first; a reversal stands in the month it was made."""
    known = list(split)
    undone = {entry.reverses_id for entry, _ in known if entry.reverses_id}
    reasons = _reasons([entry.pk for entry, _ in known if entry.reverses_id])
    months: defaultdict[date, list[tuple[date, int, Line, Decimal]]] = defaultdict(list)
    for entry, share in known:
        day = standing_day(entry)
        line = _line(entry, share, day, reasons.get(entry.pk, ""), undone=entry.pk in undone)
        months[day.replace(day=1)].append((day, entry.pk, line, share.counted))
    return [
        Month(
            label=f"{month.month} 月",
            points=f"{sum((counted for *_, counted in rows), ZERO):+.1f}",
            lines=[line for _, _, line, _ in sorted(rows, key=lambda row: row[:2], reverse=True)],
        )
        for month, rows in sorted(months.items(), reverse=True)
    ]


def _reasons(numbers: list[int]) -> dict[int, str]:
    notes = AuditEvent.objects.filter(subject=Entry._meta.label, subject_id__in=numbers)
    return dict(notes.values_list("subject_id", "note"))


def _line(entry: Entry, share: Share, day: date, reason: str, *, undone: bool) -> Line:
    record, item = entry.record, entry.record.item
    back = entry.reverses_id is not None
    sentence = explain(
        share,
        name=item.short_name,
        unit=item.unit,
        quantity=record.quantity,
        each=entry.rule.points,
    )
    return Line(
        title=f"冲销：{item.short_name}" if back else done_words(record),
        when=f"{day_words(day)} · {entry.rule.category.name}",
        points=f"{share.counted:+.1f}",
        why=sentence,
        rule=f"规则第 {entry.rule.book.version} 版 {item.code}",
        record=record.pk,
        people=[] if back else _people(record),
        note=reason if back else "后来已冲销，见冲销那一笔。" if undone else "",
        colour="muted" if back else "gold" if entry.rule.bonus else "red",
    )


def _people(record: DutyRecord) -> list[str]:
    seen = (
        ("核对", record.checked_by, record.checked_at),
        ("核实", record.verified_by, record.verified_at),
    )
    return [
        f"{act} {who.name} {day_words(timezone.localdate(at))}"
        for act, who, at in seen
        if who and at
    ]


def _waiting(
    deputy: Deputy, assembly: Assembly, year: int, on: date | None
) -> tuple[list[Waiting], Decimal]:
    """Reported and not yet verified, with what the rules give before any limit."""
    records = DutyRecord.objects.of_deputy(deputy).done_in(year)
    then = under_way(deputy, year, end_of(on)) if on else {}
    waiting = records.filter(pk__in=then) if on else records.filter(state__in=UNDER_WAY)
    known = list(waiting.select_related("item"))
    points = {
        found.record.pk: found.rule.points * found.record.quantity
        for found in worth(known)
        if found.assembly_id == assembly.pk
    }
    rows = [
        Waiting(
            title=done_words(record),
            when=day_words(record.done_on),
            record=record.pk,
            state=DutyState(then.get(record.pk, record.state)).label,
            points=f"约 {plain(points[record.pk])} 分" if record.pk in points else "不计分",
        )
        for record in known
    ]
    return rows, sum(points.values(), ZERO)
