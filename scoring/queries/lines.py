"""每一笔 in words: why it is worth that, by which rule and whose hand, and what contests it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, cast

from django.db.models import prefetch_related_objects
from django.utils import timezone

from congress.shared.models import AuditEvent
from deputies.models import DutyCategory, DutyRecord
from deputies.queries.duties import day_words, done_words
from scoring.models import Entry, RuleBook
from scoring.permissions.appeals import AppealTerms, why_not_contested
from scoring.points import ZERO, Share, explain, plain
from scoring.queries.contests import Contest, contests
from scoring.tables import BONUS

CONTESTED = "contested"
NOT_FROM_HERE = "这是过去那天的样子。要提异议，请回到今天的页面。"
MOST_OF_NEWEST, MOST_OF_OTHERS = 5, 1
"""So many lines of the newest month and of each earlier one stand open, the others folded."""


@dataclass(frozen=True)
class Line:
    """One line of the ledger in words."""

    pk: int
    title: str
    when: str
    points: str
    why: str
    rule: str
    worth: list[tuple[str, str]]
    evidence: str
    record: int
    people: list[tuple[str, str]]
    note: str
    colour: str
    kinds: frozenset[str]
    original: int | None
    successor: int | None
    contest: Contest | None
    refusal: str | None
    until: str


@dataclass(frozen=True)
class Month:
    """The newest lines of a month, and those behind a fold."""

    label: str
    points: str
    lines: list[Line]
    folded: list[Line]


@dataclass(frozen=True)
class Chip:
    """One way to look at the lines, and how many it shows."""

    key: str
    label: str
    count: int


Dated = tuple[date, Line, Decimal]
"""A line, the day under which it stands, and what it counts."""


def standing_day(entry: Entry) -> date:
    """The day under which a line stands: of the deed; a reversal's is the day it was made."""
    day = timezone.localdate(entry.posted_at) if entry.reverses_id else entry.record.done_on
    return day if day.year == entry.year else date(entry.year, 12, 31)  # reversed after the year


class Named(NamedTuple):
    """A line by itself, for the head of a page about it."""

    title: str
    when: str
    points: str
    rule: str


def in_words(entry: Entry) -> Named:
    day = day_words(standing_day(entry))
    return Named(_title(entry), day, signed(entry.points), _rule(entry))


def signed(points: Decimal) -> str:
    """+2.0 and −2.0, with the minus sign of print."""
    return f"{points:+.1f}".replace("-", "−")


def _rule(entry: Entry) -> str:
    book = entry.rule.book
    return f"{_begun(book).year} 年第 {book.version} 版 {entry.rule.item.code}"


def _begun(book: RuleBook) -> date:
    """起用日期: a book that has lines was adopted (the constraint on rule books says so)."""
    return cast("date", book.from_on)


def in_months(lines: Iterable[Dated]) -> list[Month]:
    """By the day of the deed, newest first; a reversal stands in the month it was made."""
    months: defaultdict[date, list[Dated]] = defaultdict(list)
    for each in lines:
        months[each[0].replace(day=1)].append(each)
    newest = max(months, default=None)
    found = []
    for month, dated in sorted(months.items(), reverse=True):
        rows = [line for _, line, _ in sorted(dated, key=lambda row: (row[0], row[1].pk))][::-1]
        most = MOST_OF_NEWEST if month == newest else MOST_OF_OTHERS
        first = [row for place, row in enumerate(rows) if place < most or CONTESTED in row.kinds]
        points = sum((counted for *_, counted in dated), ZERO)
        folded = [row for row in rows if row not in first]
        found.append(Month(f"{month.month} 月", signed(points), first, folded))
    return found


def chips_of(lines: list[Line]) -> list[Chip]:
    """全部, 有异议, 附加分, and each category that has a line."""
    names = {category.code: category.name for category in DutyCategory.objects.all()}
    kinds = {CONTESTED: "有异议", BONUS: "附加分"}
    kinds |= {code: name for code, name in names.items() if code != BONUS}
    counts = {key: sum(key in line.kinds for line in lines) for key in kinds}
    found = [Chip(key, label, counts[key]) for key, label in kinds.items() if counts[key]]
    return [Chip("", "全部", len(lines)), *found]


def lines_of(
    split: list[tuple[Entry, Share]], terms: AppealTerms, *, then: bool = False
) -> list[Dated]:
    """Each line in words, in the order of posting; the queries do not grow with the lines.

    On a past day (`then`) nothing is told of a line that only came to be known later.
    """
    entries = [entry for entry, _ in split]
    if then:
        return _lines_then(split)
    prefetch_related_objects(entries, "appeals", "record__evidence")
    reasons = _reasons([entry.pk for entry in entries if entry.reverses_id or entry.corrects_id])
    contested = contests(entries, terms.today)
    return [
        (
            day := standing_day(entry),
            _line(
                entry,
                share,
                day,
                reasons.get(entry.pk, ""),
                undone=hasattr(entry, "entry"),
                successor=_successor(entry),
                contest=contested.get(entry.pk),
                refusal=why_not_contested(entry, terms),
                until=day_words(terms.until(entry)),
            ),
            share.counted,
        )
        for entry, share in split
    ]


def _lines_then(split: list[tuple[Entry, Share]]) -> list[Dated]:
    entries = [entry for entry, _ in split]
    prefetch_related_objects(entries, "record__evidence")
    reasons = _reasons([entry.pk for entry in entries if entry.reverses_id or entry.corrects_id])
    undone = {entry.reverses_id: entry.pk for entry in entries if entry.reverses_id}
    after = undone | {entry.corrects_id: entry.pk for entry in entries if entry.corrects_id}
    return [
        (
            day := standing_day(entry),
            _line(
                entry,
                share,
                day,
                reasons.get(entry.pk, ""),
                undone=entry.pk in undone,
                successor=after.get(entry.pk),
                refusal=NOT_FROM_HERE,
            ),
            share.counted,
        )
        for entry, share in split
    ]


def _successor(entry: Entry) -> int | None:
    """The line that took this one back, or that stands in its place."""
    if hasattr(entry, "correction"):
        return int(entry.correction.pk)
    return int(entry.entry.pk) if hasattr(entry, "entry") else None


def _reasons(numbers: list[int]) -> dict[int, str]:
    notes = AuditEvent.objects.filter(subject=Entry._meta.label, subject_id__in=numbers)
    return dict(notes.values_list("subject_id", "note"))


def _line(  # one line has many parts
    entry: Entry,
    share: Share,
    day: date,
    reason: str,
    *,
    undone: bool,
    successor: int | None,
    refusal: str | None,
    contest: Contest | None = None,
    until: str = "",
) -> Line:
    record, item = entry.record, entry.rule.item
    back, bonus = entry.reverses_id is not None, entry.rule.bonus
    sentence = explain(
        share,
        name=item.short_name,
        unit=item.unit,
        quantity=entry.quantity,
        each=entry.rule.points,
    )
    kinds = {BONUS if bonus else entry.rule.category.code}
    if contest and contest.open:
        kinds.add(CONTESTED)
    return Line(
        pk=entry.pk,
        title=_title(entry),
        when=f"{day_words(day)} · {entry.rule.category.name}",
        points=signed(share.counted),
        why=sentence,
        rule=_rule(entry),
        worth=_worth(entry),
        evidence=_evidence(record),
        record=record.pk,
        people=[] if back or entry.corrects_id else _people(record),
        note=reason or ("后来已冲销，见冲销那一笔。" if undone else ""),
        colour="muted" if back else "gold" if bonus else "red",
        kinds=frozenset(kinds),
        original=entry.reverses_id or entry.corrects_id,
        successor=successor,
        contest=contest,
        refusal=refusal,
        until=until,
    )


def _title(entry: Entry) -> str:
    item = entry.rule.item
    if entry.reverses_id:
        return f"冲销：{item.short_name}"
    return f"改正：{item.short_name}" if entry.corrects_id else done_words(entry.record)


def _worth(entry: Entry) -> list[tuple[str, str]]:
    """看规则: the rule's own words."""
    rule, book = entry.rule, entry.rule.book
    begun = _begun(book)
    limit = "不封顶" if rule.bonus else "不另设上限"
    return [
        ("条目", f"{rule.item.code} {rule.item.name}"),
        ("分值", f"每{rule.item.unit} {plain(rule.points)} 分"),
        ("全年", f"最多 {plain(rule.per_year)} 分" if rule.per_year else limit),
        ("依据", f"第 {book.version} 版，{begun.year} 年 {day_words(begun)}起用"),
    ]


def _evidence(record: DutyRecord) -> str:
    """Photos when there are some; else what the organiser keeps."""
    photos = len(record.evidence.all())
    return f"照片 {photos} 张" if photos else record.item.evidence


def _people(record: DutyRecord) -> list[tuple[str, str]]:
    seen = (
        ("核对", record.checked_by, record.checked_at),
        ("核实", record.verified_by, record.verified_at),
    )
    return [
        (act, f"{who.name} {day_words(timezone.localdate(at))}")
        for act, who, at in seen
        if who and at
    ]
