"""履职清单 of one deputy's year: every item with what was done beside what is still open."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from congress.shared.models import Assembly, Term
from deputies import codes
from deputies.models import Deputy, DutyCategory, DutyItem, DutyRecord
from scoring.models import Rule
from scoring.points import ZERO, plain
from scoring.queries.past import UNDER_WAY
from scoring.queries.statement import Account, account
from stations.models import Attendance, Presence
from stations.rules import FATAL_ABSENCES


@dataclass(frozen=True)
class Line:
    """One item: what one is worth, what was done, what can still be had, and who tells it."""

    item: DutyItem
    each: str
    times: int
    points: str
    limit: str
    left: Decimal
    words: str
    tells: str
    waiting: int
    absences: str
    leaves: int

    @property
    def done(self) -> bool:
        """Whether something of it stands in the ledger."""
        return self.times > 0


@dataclass(frozen=True)
class Part:
    """One category under its ceiling; the bonus has none."""

    name: str
    points: str
    ceiling: str
    full: bool
    lines: list[Line]

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)


@dataclass(frozen=True)
class DutyList:
    """The whole list; `left` is what the ceilings and the yearly limits still leave to be had."""

    assembly: Assembly
    year: int
    parts: list[Part]
    bonus: Part | None
    left: Decimal

    @property
    def base_lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]

    @property
    def done(self) -> int:
        return sum(line.done for line in self.base_lines)

    @property
    def of(self) -> int:
        return len(self.base_lines)


@dataclass(frozen=True)
class _Facts:
    """What the lines are made of: by item, read once."""

    year: Account
    times: Mapping[int, int]
    points: Mapping[int, Decimal]
    waiting: Mapping[int, int]
    calls: Mapping[tuple[int, str], int]
    absent_in_term: int


def duty_list(deputy: Deputy, assembly: Assembly, year: int, today: date) -> DutyList:
    """The items of the book that ends the year or is in force today, in a fixed number of queries.

    What was reversed is open again. Without a book there is no list.
    """
    facts = _facts(deputy, assembly, year, today)
    books = facts.year.books
    book = books.in_force(assembly.pk, min(today, date(year, 12, 31)))
    rules = [rule for rule in books.rules.values() if book and rule.book_id == book.pk]
    groups: defaultdict[DutyCategory, list[Rule]] = defaultdict(list)
    for rule in sorted(rules, key=lambda rule: rule.item.position):
        groups[rule.category].append(rule)
    parts, bonus, left = [], None, ZERO
    for category in sorted(groups, key=lambda each: each.position):
        own = groups[category]
        if category.code not in facts.year.ceilings:
            bonus = _bonus(category, own, facts)
            continue
        room = facts.year.ceilings[category.code] - facts.year.totals.by_category[category.code]
        part = _part(category, own, facts, room)
        parts.append(part)
        left += min(room, sum((line.left for line in part.lines), ZERO))
    return DutyList(assembly, year, parts, bonus, left)


def _facts(deputy: Deputy, assembly: Assembly, year: int, today: date) -> _Facts:
    found = account(deputy, assembly, year)
    times: Counter[int] = Counter()
    points: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for entry, _ in found.split:
        item = entry.rule.item_id
        times[item] += entry.quantity * (-1 if entry.reverses_id else 1)
        points[item] += entry.points
    under_way = DutyRecord.objects.of_deputy(deputy).done_in(year).filter(state__in=UNDER_WAY)
    waiting = under_way.order_by().values_list("item").annotate(Count("pk"))
    roll = Attendance.objects.filter(deputy=deputy, activity__held_on__year=year).order_by()
    missed = roll.exclude(presence=Presence.PRESENT).values_list("activity__item", "presence")
    term = Term.objects.current(assembly, min(today, date(year, 12, 31)))
    absent = Attendance.objects.absences_since(term.from_on, assembly, [deputy.pk])
    return _Facts(
        year=found,
        times=times,
        points=points,
        waiting=dict(waiting),
        calls={(item, kind): count for item, kind, count in missed.annotate(Count("pk"))},
        absent_in_term=absent.get(deputy.pk, 0),
    )


def _part(category: DutyCategory, rules: list[Rule], facts: _Facts, room: Decimal) -> Part:
    code = category.code
    return Part(
        name=category.name,
        points=f"{facts.year.totals.by_category[code]:.1f}",
        ceiling=plain(facts.year.ceilings[code]),
        full=room <= 0,
        lines=[_line(rule, facts, room) for rule in rules],
    )


def _bonus(category: DutyCategory, rules: list[Rule], facts: _Facts) -> Part:
    return Part(
        name=category.name,
        points=f"{facts.year.totals.bonus:.1f}",
        ceiling="",
        full=False,
        lines=[_line(rule, facts, None) for rule in rules],
    )


def _line(rule: Rule, facts: _Facts, room: Decimal | None) -> Line:
    """`room` is what the category's ceiling still leaves; the bonus has no ceiling."""
    item, had = rule.item, facts.points[rule.item_id]
    left = ZERO
    if room is not None:
        left = max(min(room, room if rule.per_year is None else rule.per_year - had), ZERO)
    return Line(
        item=item,
        each=f"每{item.unit} {plain(rule.points)} 分",
        times=facts.times[item.pk],
        points=plain(had if rule.per_year is None else min(had, rule.per_year)),
        limit=plain(rule.per_year) if rule.per_year is not None else "",
        left=left,
        words=_words(rule, had, left, room),
        tells=_tells(item),
        waiting=facts.waiting.get(item.pk, 0),
        absences=_absences(item, facts),
        leaves=facts.calls.get((item.pk, Presence.LEAVE), 0),
    )


def _words(rule: Rule, had: Decimal, left: Decimal, room: Decimal | None) -> str:
    """What the item can still bring, or why it brings no more."""
    if room is None:
        return "同一事项取最高级" if rule.highest_only else "不封顶"
    if rule.per_year is not None and had >= rule.per_year:
        return "本项已满"
    return f"还可得 {plain(left)} 分" if left else "本类已满，再做也记录，不再加分"


def _tells(item: DutyItem) -> str:
    """谁来登记: whom the deputy has to wait for, or nobody."""
    if item.organiser_may_report and item.deputy_may_report:
        return "组织方登记，也可本人上报"
    if item.organiser_may_report:
        return "组织方登记"
    return "本人上报" if item.deputy_may_report else "系统自动记"


def _absences(item: DutyItem, facts: _Facts) -> str:
    """未经批准缺席 in words: it earns nothing, and at the congress the law counts it."""
    times = facts.calls.get((item.pk, Presence.ABSENT), 0)
    if not times:
        return ""
    said = f"未经批准缺席 {times} 次，不得分。"
    if item.code != codes.CONGRESS_MEETING or not facts.absent_in_term:
        return said
    return (
        f"{said}本届人代会已缺席 {facts.absent_in_term} 次，"
        f"满 {FATAL_ABSENCES} 次代表资格依法终止（代表法第六十二条）。"
    )
