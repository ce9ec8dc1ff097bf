"""年度评价的进程: who may open it and close it for opinions, and when."""

from datetime import date

from congress.shared.actors import SYSTEM, Actor
from congress.shared.models import Assembly
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from scoring.models import ReviewCycle
from scoring.states import OPINIONS, CycleState
from scoring.timetable import said


def why_not_open_cycle(
    by: Actor, assembly: Assembly | None = None, year: int | None = None, today: date | None = None
) -> str | None:
    """启动: the office's director, once for each year of an assembly, when the year has begun."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以启动年度评价。"
    if year and today and year > today.year:
        return f"{year} 年还没有开始，不能启动评价。"
    if assembly and year and ReviewCycle.objects.filter(assembly=assembly, year=year).exists():
        return f"{year} 年的评价已经启动。"
    return None


def why_not_close_opinions(by: Actor, cycle: ReviewCycle, today: date, left: int) -> str | None:
    """截止征集: the director or the clock, when all is in or the last day of every stage is past.

    `left` is how many opinions are missing.
    """
    if by != SYSTEM and not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以截止征集意见。"
    if reason := why_not_move(cycle, CycleState.GATHERED):
        return reason
    last = max(row.closes_on for row in cycle.stages.filter(step__in=OPINIONS))
    if today > last:
        return None
    if left:
        return (
            f"还有 {left} 份意见没有提交，征集到 {said(last)}为止；"
            "收齐了，或者过了这一天，才能截止。"
        )
    return None
