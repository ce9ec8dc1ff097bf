"""期限变动: stored days that still run and are not what calendar and rules now give."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from proposals.deadline import kept
from proposals.models import Assignment, Proposal, Reply, Sheet
from proposals.permissions.objections import Windows
from proposals.queries.clocks import DayReason
from proposals.queries.objections import why_window
from proposals.queries.terms import DueDays
from proposals.states import SheetState


class Change(NamedTuple):
    """One last day as stored, the day it should be, whose it is, and why that one."""

    row: Assignment | Reply | Sheet
    of: str
    who: str
    before: date
    after: date
    why: list[DayReason]

    @property
    def moved(self) -> str:
        """晚 3 天, 早 1 天."""
        days = (self.after - self.before).days
        return f"晚 {days} 天" if days > 0 else f"早 {-days} 天"

    @property
    def proposal(self) -> Proposal | None:
        """The proposal that it is about; a sheet is about many."""
        if isinstance(self.row, Sheet):
            return None
        part = self.row if isinstance(self.row, Assignment) else self.row.assignment
        return part.proposal


def due_changes(today: date) -> list[Change]:
    """答复期限 and 意见期限 by proposal, 评价截止, then 异议截止 of sheets that are being heard.

    None is moved into the past: what would end before today keeps its day.
    """
    due_days = DueDays()
    found = [*_parts(today, due_days), *_replies(today, due_days), *_sheets(today)]
    return [each for each in found if each.before != each.after]


def _parts(today: date, due_days: DueDays) -> Iterator[Change]:
    of_reply = ("proposal__assignments__pauses", "proposal__assignments__extensions")
    rows = Assignment.objects.running().with_clock().prefetch_related(*of_reply)
    for part in rows.order_by("proposal", "position"):
        if part.due_on:
            of, who = "答复期限" if part.answers else "意见期限", part.unit.name
            last = kept(part.due_on, due_days.of(part), today)
            yield Change(part, of, who, part.due_on, last, due_days.why_counted(part))


def _replies(today: date, due_days: DueDays) -> Iterator[Change]:
    """Those that the deputy may still rate."""
    later = Reply.objects.filter(assignment=OuterRef("assignment"), version__gt=OuterRef("version"))
    rows = Reply.objects.window_open(today).filter(~Exists(later))
    loaded = rows.select_related("assignment__unit", "assignment__proposal__lead__user")
    for reply in loaded.order_by("assignment__proposal", "pk"):
        last = kept(reply.rate_until, due_days.rating(reply.replied_on), today)
        who = f"{reply.assignment.proposal.lead.name}代表"
        why = due_days.why_rating(reply.replied_on, last)
        yield Change(reply, "评价截止", who, reply.rate_until, last, why)


def _sheets(today: date) -> Iterator[Change]:
    """Those that units may still object to."""
    rows = Sheet.objects.filter(state=SheetState.REHEARSED, object_until__gte=today)
    open_ones = list(rows.order_by("pk"))
    if not open_ones:
        return
    windows = Windows(())
    for sheet in open_ones:
        if was := windows.of_sheet(sheet):
            now = windows.as_counted(was)
            why = why_window(now, windows.works)
            last = kept(was.last, now.last, today)
            yield Change(sheet, "异议截止", "交办单上的各单位", was.last, last, why)


def seal_of(changes: list[Change]) -> str:
    """The list as one word: what is confirmed must be what was shown."""
    said = ";".join(
        f"{each.row._meta.label}.{each.row.pk}:{each.before}:{each.after}" for each in changes
    )
    return sha256(said.encode()).hexdigest()[:16]
