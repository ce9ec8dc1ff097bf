"""公示: when the results become final."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from scoring.models import ReviewCycle
from scoring.states import CycleState, Stage
from scoring.timetable import said


def why_not_finalise(by: Actor, cycle: ReviewCycle, today: date) -> str | None:
    """通报: the director, when the last day of publicity is past."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以结束公示、通报结果。"
    if reason := why_not_move(cycle, CycleState.FINAL):
        return reason
    last = cycle.stages.get(step=Stage.PUBLICITY).closes_on
    if today <= last:
        return f"公示到 {said(last)}为止，过了这一天才能结束公示、通报结果。"
    return None
