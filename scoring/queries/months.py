"""积分月报: what was posted in one month in one congress, and which months have their sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from congress.shared.models import Assembly
from deputies.models import Deputy
from scoring.models import Entry, LedgerAnchor, LedgerAudit
from scoring.points import ZERO

BONUS = "附加分"


@dataclass(frozen=True)
class CategoryMonth:
    """One category's lines of the month, and what was taken back."""

    name: str
    lines: int
    points: Decimal
    reversals: int
    taken: Decimal

    @property
    def net(self) -> Decimal:
        return self.points + self.taken


@dataclass(frozen=True)
class Month:
    """A month that is over: how many lines it has, and its sheet when one was made."""

    first: date
    lines: int
    anchor: LedgerAnchor | None
    audited: bool
    """Whether an audit after it found nothing off: what a sheet is made from."""


def next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _from(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def ended_at(month: date) -> datetime:
    """The instant at which the month was over, in Asia/Shanghai."""
    return _from(next_month(month))


def lines_of_month(assembly: Assembly, month: date) -> QuerySet[Entry]:
    """What was posted in that month; over, it never changes."""
    return Entry.objects.filter(
        assembly=assembly, posted_at__gte=_from(month), posted_at__lt=ended_at(month)
    )


def by_category(assembly: Assembly, month: date) -> list[CategoryMonth]:
    """Category by category in their order, the bonus last."""
    undone = Q(reverses__isnull=False)
    rows = lines_of_month(assembly, month).order_by("rule__bonus", "rule__category__position")
    grouped = rows.values_list("rule__bonus", "rule__category__name").annotate(
        lines=Count("pk", filter=~undone),
        given=Sum("points", filter=~undone),
        reversals=Count("pk", filter=undone),
        taken=Sum("points", filter=undone),
    )
    found: dict[str, CategoryMonth] = {}
    for bonus, category, lines, given, reversals, taken in grouped:
        name = BONUS if bonus else category
        was = found.get(name, CategoryMonth(name, 0, ZERO, 0, ZERO))
        found[name] = CategoryMonth(
            name,
            was.lines + lines,
            was.points + (given or ZERO),
            was.reversals + reversals,
            was.taken + (taken or ZERO),
        )
    return list(found.values())


def seated_and_without(assembly: Assembly, month: date) -> tuple[int, int]:
    """月末在任 in this congress, and how many of them had no line posted that month."""
    last_day = next_month(month) - timedelta(days=1)
    seated = set(Deputy.objects.sitting_in(assembly, last_day).values_list("pk", flat=True))
    earned = lines_of_month(assembly, month).filter(reverses__isnull=True)
    return len(seated), len(seated - set(earned.values_list("deputy", flat=True)))


def audit_after(month: date) -> LedgerAudit | None:
    """The first audit that saw every line of the month and found nothing off."""
    clean = LedgerAudit.objects.filter(at__gte=ended_at(month), faults=0)
    return clean.order_by("at", "pk").first()


def last_month(today: date) -> date:
    """The newest month that is over."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def without_sheet(month: date) -> QuerySet[Assembly]:
    """The congresses that had lines in that month and have no sheet of it, with how many lines."""
    rows = Entry.objects.filter(posted_at__gte=_from(month), posted_at__lt=ended_at(month))
    lines = rows.filter(assembly=OuterRef("pk")).order_by().values("assembly")
    made = LedgerAnchor.objects.filter(month=month).values("assembly")
    found = Assembly.objects.filter(pk__in=rows.values("assembly")).exclude(pk__in=made)
    counted = found.annotate(lines=Subquery(lines.annotate(count=Count("pk")).values("count")))
    return counted.order_by("level__rank", "pk")


def is_audited(month: date) -> bool:
    """Whether an audit after the month found nothing off."""
    return audit_after(month) is not None


def months(assembly: Assembly, today: date) -> list[Month]:
    """Every month from the first line to the last month that is over, newest first."""
    rows = Entry.objects.filter(assembly=assembly).order_by()
    counts = {
        timezone.localdate(first): lines
        for first, lines in rows.annotate(month=TruncMonth("posted_at"))
        .values_list("month")
        .annotate(Count("pk"))
    }
    made = {anchor.month: anchor for anchor in LedgerAnchor.objects.filter(assembly=assembly)}
    clean = _last_clean()
    known = [
        Month(first, counts.get(first, 0), made.get(first), clean >= ended_at(first))
        for first in _all(counts, today)
    ]
    return known[::-1]


def _last_clean() -> datetime:
    """When an audit last found nothing off; before all months when none ever did."""
    last = LedgerAudit.objects.filter(faults=0).order_by("-at").values_list("at", flat=True).first()
    return last or _from(date(2000, 1, 1))


def _all(counts: dict[date, int], today: date) -> Iterator[date]:
    month = min(counts, default=today)
    while month < today.replace(day=1):
        yield month
        month = next_month(month)
