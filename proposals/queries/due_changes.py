"""期限变动: running parts whose stored day is not what calendar and rules now give."""

from datetime import date
from hashlib import sha256
from typing import NamedTuple

from proposals.models import Assignment
from proposals.queries.clocks import Step
from proposals.queries.terms import DueDays


class Change(NamedTuple):
    """One part, its day as stored, the day it should be, and why that one."""

    part: Assignment
    before: date
    after: date
    why: list[Step]

    @property
    def moved(self) -> str:
        """晚 3 天, 早 1 天."""
        days = (self.after - self.before).days
        return f"晚 {days} 天" if days > 0 else f"早 {-days} 天"


def due_changes() -> list[Change]:
    """Every running part whose day differs, by proposal: two queries more for any number."""
    due_days = DueDays()
    rows = Assignment.objects.running().with_clock().order_by("proposal", "position")
    found = ((part, part.due_on, due_days.of(part)) for part in rows)
    return [
        Change(part, was, now, due_days.why(part)) for part, was, now in found if was and was != now
    ]


def seal_of(changes: list[Change]) -> str:
    """The list as one word: what is confirmed must be what was shown."""
    said = ";".join(f"{each.part.pk}:{each.before}:{each.after}" for each in changes)
    return sha256(said.encode()).hexdigest()[:16]
