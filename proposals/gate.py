"""三见面的关口: what each of the three meetings is worth, and what still keeps the reply back.

Works on what is loaded with the part: it asks the database nothing of its own.
"""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from itertools import takewhile

from django.utils import timezone

from congress.shared.calendar import Works, working_days_until
from proposals.models import Assignment, Meeting, Waiver
from proposals.states import Side, Stage


class Standing(Enum):
    """How one of the three stands."""

    MISSING = "还没有登记"
    WAITING = "等对方确认"
    ONE_SIDED = "单方登记"
    CONFIRMED = "双方已确认"
    WAIVED = "代表同意免去"
    EXCUSED = "人大免去"


OPEN = frozenset({Standing.ONE_SIDED, Standing.CONFIRMED, Standing.WAIVED, Standing.EXCUSED})
"""The gate is open there. A meeting that only one side claims counts, and is shown as such."""
COLOURS = {
    Standing.MISSING: "",
    Standing.WAITING: "gold",
    Standing.ONE_SIDED: "gold",
    Standing.CONFIRMED: "green",
    Standing.WAIVED: "green",
    Standing.EXCUSED: "green",
}
"""Never without its words."""


def held(assignment: Assignment) -> dict[str, Meeting]:
    """The meeting of each stage that nobody has contradicted."""
    return {meeting.stage: meeting for meeting in assignment.held}


def standings(
    assignment: Assignment, today: date, works: Works, days: int
) -> Mapping[Stage, Standing]:
    """Each stage in order; silence of more than `days` working days leaves a meeting one-sided."""
    met = held(assignment)
    waived = {waiver.stage: waiver for waiver in assignment.waivers.all()}
    return {
        stage: _waived(waived[stage])
        if stage in waived
        else _standing(met.get(stage), today, works, days)
        for stage in Stage
    }


def _waived(waiver: Waiver) -> Standing:
    return Standing.EXCUSED if waiver.office else Standing.WAIVED


def _standing(meeting: Meeting | None, today: date, works: Works, days: int) -> Standing:
    if meeting is None:
        return Standing.MISSING
    if meeting.confirmed_at:
        return Standing.CONFIRMED
    told_on = timezone.localdate(meeting.recorded_at)
    silent = working_days_until(told_on, today, works) > days
    return Standing.ONE_SIDED if silent else Standing.WAITING


def missing_stages(assignment: Assignment) -> list[Stage]:
    """三见面: those neither held nor waived, in their order."""
    met = held(assignment)
    waived = {waiver.stage for waiver in assignment.waivers.all()}
    return [stage for stage in Stage if stage not in met and stage not in waived]


def denied_stages(assignment: Assignment) -> list[Stage]:
    """三见面: those missing of which the deputy has denied what the unit had written down."""
    rows = assignment.meetings.all()
    denied = {each.stage for each in rows if each.denied_at and each.side == Side.UNIT}
    return [stage for stage in missing_stages(assignment) if stage in denied]


def unconfirmed(assignment: Assignment) -> list[Meeting]:
    """三见面: those that one side claims and the other has not borne out, nor the deputy waived."""
    waived = {waiver.stage for waiver in assignment.waivers.all()}
    met = held(assignment)
    rows = [met[stage] for stage in Stage if stage in met and stage not in waived]
    return [each for each in rows if not each.confirmed_at]


def stages_behind(assignment: Assignment) -> list[Stage]:
    """三见面 as a way: those borne out or waived, up to the first that is neither.

    All of them once the unit has answered, for then the gate was open.
    """
    if assignment.reply:
        return list(Stage)
    claimed = {Stage(each.stage) for each in unconfirmed(assignment)}
    ahead = claimed.union(missing_stages(assignment))
    return list(takewhile(lambda stage: stage not in ahead, Stage))
