"""期限变动: stored days that still run and are not what calendar and rules now give."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from congress.shared.calendar import Works, add_working_days
from proposals.models import Assignment, Sheet
from proposals.queries.clocks import Step, why_this_objection_date
from proposals.queries.terms import DueDays
from proposals.rules import REHEARSE_DAYS
from proposals.states import SheetState


class Change(NamedTuple):
    """One last day as stored, the day it should be, whose it is, and why that one."""

    row: Assignment | Sheet
    of: str
    who: str
    before: date
    after: date
    why: list[Step]

    @property
    def moved(self) -> str:
        """晚 3 天, 早 1 天."""
        days = (self.after - self.before).days
        return f"晚 {days} 天" if days > 0 else f"早 {-days} 天"

    @property
    def part(self) -> Assignment | None:
        """The part that it is about; a sheet is about many."""
        return self.row if isinstance(self.row, Assignment) else None


def due_changes(today: date) -> list[Change]:
    """答复期限 and 意见期限 by proposal, then 异议截止 of the sheets that are being heard."""
    due_days = DueDays()
    found = [*_parts(due_days), *_sheets(today, due_days.works)]
    return [each for each in found if each.before != each.after]


def _parts(due_days: DueDays) -> Iterator[Change]:
    rows = Assignment.objects.running().with_clock().order_by("proposal", "position")
    for part in rows:
        if part.due_on:
            of, who = "答复期限" if part.answers else "意见期限", part.unit.name
            yield Change(part, of, who, part.due_on, due_days.of(part), due_days.why(part))


def _sheets(today: date, works: Works) -> Iterator[Change]:
    """Those that units may still object to."""
    days = REHEARSE_DAYS.on_any_day()
    open_ones = Sheet.objects.filter(state=SheetState.REHEARSED, object_until__gte=today)
    for sheet in open_ones.exclude(heard_from=None).order_by("pk"):
        if sheet.object_until and sheet.heard_from:
            last = add_working_days(sheet.heard_from, days(sheet.heard_from), works)
            why = why_this_objection_date(None, last, 0)
            yield Change(sheet, "异议截止", "交办单上的各单位", sheet.object_until, last, why)


def seal_of(changes: list[Change]) -> str:
    """The list as one word: what is confirmed must be what was shown."""
    said = ";".join(
        f"{each.row._meta.label}.{each.row.pk}:{each.before}:{each.after}" for each in changes
    )
    return sha256(said.encode()).hexdigest()[:16]
