"""公示: until when results are public, and when they become final."""

from datetime import date

from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days
from congress.shared.models import Workday
from congress.shared.workflow import why_not_move
from scoring.models import GradeAmendment, GradeObjection, ReviewCycle
from scoring.rules import PUBLICITY_DAYS
from scoring.states import CycleState, Stage
from scoring.timetable import said


def publicity_until(cycle: ReviewCycle, decided_on: date | None = None) -> date:
    """公示到哪天: the stage's last day, and never fewer working days than the county's rule.

    A decision that comes late cuts nobody's days to object short; `decided_on` asks beforehand.
    """
    last = next(each.closes_on for each in cycle.stages.all() if each.step == Stage.PUBLICITY)
    at = decided_on or (timezone.localdate(cycle.decided_at) if cycle.decided_at else None)
    if at is None:
        return last
    return max(last, add_working_days(at, PUBLICITY_DAYS.on(at), Workday.objects.works()))


def why_not_finalise(by: Actor, cycle: ReviewCycle, today: date) -> str | None:
    """通报: the director, when publicity is over and everything said against it is answered."""
    if not by.directs_office:
        return "只有代工委主任可以结束公示、通报结果。"
    if reason := why_not_move(cycle, CycleState.FINAL):
        return reason
    until = publicity_until(cycle)
    if today <= until:
        return f"公示到 {said(until)}为止，过了这一天才能结束公示、通报结果。"
    if objections := GradeObjection.objects.of_cycle(cycle).open().count():
        return f"还有 {objections} 条公示异议没有答复，全部答复以后再通报。"
    if waiting := GradeAmendment.objects.proposed().filter(grading__cycle=cycle).count():
        return f"还有 {waiting} 项等次更正没有确认，全部确认或退回以后再通报。"
    return None


def late_words(cycle: ReviewCycle, today: date) -> str:
    """Results are told by 31 December; a later telling goes ahead, and says that it is late."""
    late = (today - cycle.last_day).days
    if late <= 0:
        return ""
    return f"通报应在 {cycle.year} 年 12 月 31 日前完成，今天已经晚了 {late} 天。"
