"""What the tests of 积分异议 share: a contested line, and what stands afterwards."""

from decimal import Decimal

from congress.shared import clock
from congress.shared.models import AuditEvent
from scoring.actions import appeals
from scoring.models import Entry, Rule, YearTotal
from tests import make
from tests.scoring import facts


def posted_line() -> Entry:
    """A3, as registered: 1.5 points."""
    facts.book()
    return facts.posted(make.deputy(), "A3")


def rule(code: str) -> Rule:
    return Rule.objects.get(item__code=code, book__assembly=make.assembly())


def appeal_of(entry, words="那次是全县统一定题，应按 A2 记。", *, today=None, **how):
    by = how.pop("by", make.as_deputy(entry.deputy))
    return appeals.appeal(entry, words=words, by=by, today=today or clock.today(), **how)


def total(deputy) -> Decimal:
    return YearTotal.objects.get(deputy=deputy, assembly=make.assembly(), year=2026).total


def lines() -> list[tuple[str, Decimal]]:
    return list(Entry.objects.values_list("rule__item__code", "points"))


def trail(row) -> list[tuple[str, str, str]]:
    events = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(events.order_by("pk").values_list("was", "now", "by_name"))
