"""年终收尾: what a year's review waits for, and how much of it is done."""

from dataclasses import dataclass
from datetime import date, datetime

from congress.shared.actors import SYSTEM
from scoring.models import ReviewCycle
from scoring.permissions.cycle import why_not_close_opinions
from scoring.permissions.publicity import publicity_until
from scoring.queries.gathering import opinions_left
from scoring.queries.sealing import progress
from scoring.states import CycleState
from scoring.timetable import said


def waits_for(cycle: ReviewCycle, today: date) -> str:
    """What only people do before the files can be made; empty once they can."""
    if cycle.state == CycleState.OPEN:
        return why_not_close_opinions(SYSTEM, cycle, today, opinions_left(cycle, today)) or ""
    if cycle.state == CycleState.GATHERED:
        return "意见已经截止，等代工委主任录入常委会的评定。"
    if cycle.state == CycleState.DECIDED:
        until = publicity_until(cycle)
        if today <= until:
            return f"正在公示，到 {said(until)}为止，过后等代工委主任通报。"
        return "公示期已满，等代工委主任答复完异议、通报结果。"
    return ""


@dataclass(frozen=True)
class Done:
    """So many deputies, so many files made, so many that could not be."""

    deputies: int
    files: int
    failed: int


def done(cycles: list[ReviewCycle], now: datetime) -> Done:
    """Of all congresses of the year together."""
    found = [progress(cycle, now) for cycle in cycles]
    return Done(
        deputies=sum(each.total for each in found),
        files=sum(each.sealed for each in found),
        failed=sum(each.failed for each in found),
    )
