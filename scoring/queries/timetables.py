"""年度评价的日程 read: what local rules propose, and what a cycle has."""

from datetime import date

from congress.shared.models import Workday
from scoring.models import ReviewCycle
from scoring.rules import GRACE_DAYS, STAGE_DAYS
from scoring.states import Stage
from scoring.timetable import Span, Timetable, proposed


def proposal(year: int, today: date) -> Timetable:
    """The days that the form opens with."""
    days = {stage: rule.on(today) for stage, rule in STAGE_DAYS.items()}
    return proposed(year, today, days, GRACE_DAYS.on(today), Workday.objects.works())


def spans_of(cycle: ReviewCycle) -> dict[Stage, Span]:
    """The days of each stage of the cycle, in their order."""
    rows = {row.stage: Span(row.opens_on, row.closes_on) for row in cycle.stages.all()}
    return {stage: rows[stage] for stage in Stage if stage in rows}
