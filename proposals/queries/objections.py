"""异议 for the office's list, and 预交办 for the unit's."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.calendar import Works
from congress.shared.models import Workday
from proposals.models import Assignment, Objection, Proposal, Sheet
from proposals.permissions.objections import Window, Windows
from proposals.queries.clocks import (
    DayReason,
    day,
    waited,
    why_kept,
    why_this_objection_date,
)
from proposals.states import ANSWERABLE, ObjectionState, Part, SheetState, UnitRole

RAISED_SHOWN = 20


class ObjectionLine(NamedTuple):
    """One objection: for how long it has waited, or what was said to it."""

    objection: Objection
    waited: str


class PlannedLine(NamedTuple):
    """One part that the unit may still object to, until when and why until then."""

    part: Assignment
    until: str
    partners: str
    steps: list[DayReason]
    dismissed: Objection | None
    """What the unit has said against it before, with the office's answer."""


def rows(actor: Actor, *, decided: bool = False) -> "QuerySet[Objection]":
    """Those that wait, the oldest first; or those decided, the newest first."""
    found = Objection.objects.visible_to(actor).with_case()
    if decided:
        return found.exclude(state=ObjectionState.OPEN)
    return found.open().order_by("raised_on", "pk")


def lines(shown: Iterable[Objection], today: date, *, decided: bool) -> list[ObjectionLine]:
    """One page of them."""
    if decided:
        return [ObjectionLine(each, day(each.decided_on, today)) for each in shown]
    works = Workday.objects.works()
    return [ObjectionLine(each, waited(each.raised_on, today, works)) for each in shown]


def disputed(proposal: Proposal, actor: Actor) -> list[Objection]:
    """What units say against this sharing out and nobody has answered yet."""
    rows = Objection.objects.visible_to(actor).open().filter(assignment__proposal=proposal)
    return list(rows.with_case().order_by("raised_on", "pk"))


def open_to(actor: Actor, today: date) -> list[PlannedLine]:
    """What the unit may still object to."""
    own = Assignment.objects.handled_by(actor).filter(state__in=(Part.PLANNED, *ANSWERABLE))
    loaded = own.select_related("sheet", "unit", "proposal__lead", "proposal__session__term")
    more = ("proposal__assignments__unit", "asks", "objections")
    parts = list(loaded.prefetch_related(*more).order_by("pk"))
    windows = Windows(parts)
    return [
        _planned(each, windows, today)
        for each in parts
        if (last := windows.ends(each)) and last >= today
    ]


def of_unit(actor: Actor, today: date) -> dict[str, Any]:
    """What the unit may object to, the objections that wait, and those answered."""
    found = open_to(actor, today)
    raised = Objection.objects.visible_to(actor).with_case()
    waiting = raised.open().order_by("raised_on", "pk")
    answered = raised.exclude(pk__in=waiting.values("pk"))[:RAISED_SHOWN]
    gone = Assignment.objects.taken_back_from(actor).values("sheet")
    back = Sheet.objects.filter(pk__in=gone, state=SheetState.DROPPED)[:RAISED_SHOWN]
    heard = sum(line.part.state == Part.PLANNED for line in found)
    return {
        "lines": found,
        "heard": heard,
        "handed": len(found) - heard,
        "waiting": list(waiting),
        "answered": list(answered),
        "taken_back": list(back),
        "today": today,
    }


def _planned(part: Assignment, windows: Windows, today: date) -> PlannedLine:
    return PlannedLine(
        part,
        f"{day(windows.ends(part), today)}前",
        _partners(part, part.proposal.assignments.all()),
        why_objection(part, windows),
        next(
            (each for each in part.objections.all() if each.state == ObjectionState.DISMISSED), None
        ),
    )


def _partners(part: Assignment, others: Iterable[Assignment]) -> str:
    named = [
        f"{UnitRole(each.role).label} {each.unit.short_name}"
        for each in others
        if each.pk != part.pk and each.state != Part.REMOVED
    ]
    return "，".join(named) or "单独办理"


def why_objection(part: Assignment, windows: Windows | None = None) -> list[DayReason]:
    """为什么是这一天, for the objection window."""
    found = windows or Windows([part])
    window = found.of(part)
    if window is None:
        return []
    counted = found.as_counted(window)
    steps = why_window(min(window, counted, key=lambda each: each.last), found.works)
    return steps + why_kept(counted.last, window.last)


def why_window(window: Window, works: Works) -> list[DayReason]:
    """The days of a window, counted."""
    begins, days, last, heard = window
    return why_this_objection_date(begins, last, days, works, heard=heard)
