"""A sheet in any state, and parts with a running clock, made by the real verbs."""

from datetime import date

from proposals.actions import objections, sheets
from proposals.models import Assignment, Sheet
from proposals.states import SheetState, State
from tests import make
from tests.proposals import walk

DRAWN_ON = date(2026, 2, 24)
REHEARSED_ON = date(2026, 2, 26)
OBJECT_UNTIL = date(2026, 3, 4)
"""The fifth working day: 28 February is worked."""
SETTLED_ON = walk.ASSIGNED_ON
OTHER = "县水利和湖泊局"


def sheet(state=SheetState.DRAFTED, *, count=2, unit=None):
    """A sheet of that many proposals, walked as far as `state`."""
    lines = [
        (
            walk.proposal(State.ACCEPTED, title=f"关于疏通第 {number} 条渠的建议"),
            walk.shares(unit),
        )
        for number in range(1, count + 1)
    ]
    row = sheets.draw_up_sheet(
        session=make.session(), name="五次会议交办单", lines=lines, by=make.actor(), today=DRAWN_ON
    )
    if state in (SheetState.REHEARSED, SheetState.SETTLED):
        sheets.rehearse(row, by=make.actor(), today=REHEARSED_ON)
    if state == SheetState.SETTLED:
        sheets.settle(row, by=make.actor(), today=SETTLED_ON)
    return Sheet.objects.get(pk=row.pk)


def planned():
    """One part that its unit may object to."""
    return sheet(SheetState.REHEARSED, count=1).lines.get()


def handed():
    """One part whose clock runs."""
    return walk.proposal(State.ASSIGNED).lead_assignment


def objected(part=None, *, by=None, today=REHEARSED_ON, to=OTHER):
    part = part or planned()
    return objections.object_to(
        part,
        better_unit=make.unit(to),
        reason="按“三定”方案归水利。",
        by=by or walk.unit_clerk(part.unit),
        today=today,
    )


def again(part):
    return Assignment.objects.get(pk=part.pk)
