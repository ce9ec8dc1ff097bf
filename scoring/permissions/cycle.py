"""年度评价的进程: who may open it and close it for opinions, and when."""

from datetime import date

from congress.shared.actors import SYSTEM, Actor
from congress.shared.models import Assembly, User
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from scoring.models import ReviewCycle, ReviewStage, StandIn
from scoring.states import OPINIONS, UNDECIDED, CycleState, Stage
from scoring.timetable import said

STAND_INS = frozenset(
    {Role.STAFF_CLERK, Role.TOWNSHIP_CLERK, Role.CONVENOR, Role.KEEPER, Role.DEPUTY}
)
"""Who may speak in a party's stead: on their first screens a review has its place."""


def why_not_open_cycle(
    by: Actor, assembly: Assembly | None = None, year: int | None = None, today: date | None = None
) -> str | None:
    """启动: the office's director, once for each year of an assembly, when the year has begun."""
    if not by.directs_office:
        return "只有代工委主任可以启动年度评价。"
    if year and today and year > today.year:
        return f"{year} 年还没有开始，不能启动评价。"
    return why_not_again(assembly, year) if assembly and year else None


def why_not_again(assembly: Assembly, year: int) -> str | None:
    """一年只启动一次."""
    if ReviewCycle.objects.filter(assembly=assembly, year=year).exists():
        return f"{assembly.name}{year} 年的评价已经启动，在“年度评价”里看进程。"
    return None


def why_not_before_cut_off(cycle: ReviewCycle, today: date) -> str | None:
    """履职截止日: what may still be done within the year is weighed, so nothing ends before it."""
    if today <= cycle.cut_off_on:
        return f"履职截止日是 {said(cycle.cut_off_on)}，过了这一天才能截止征集、评定。"
    return None


def why_not_close_opinions(by: Actor, cycle: ReviewCycle, today: date, left: int) -> str | None:
    """截止征集: the director or the clock, when all is in or the last day of every stage is past.

    `left` is how many opinions are missing.
    """
    if by != SYSTEM and not by.directs_office:
        return "只有代工委主任可以截止征集意见。"
    if reason := why_not_move(cycle, CycleState.GATHERED) or why_not_before_cut_off(cycle, today):
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


def why_not_reschedule_stage(by: Actor, stage: ReviewStage, today: date) -> str | None:
    """改期: the director, while the stage is still to come or under way."""
    if not by.directs_office:
        return "只有代工委主任可以调整评价日程。"
    if stage.cycle.state not in _moving(stage.stage):
        return f"{stage.get_step_display()}已经结束，日程不再调整。"
    return None


def _moving(stage: Stage) -> tuple[CycleState, ...]:
    if stage in OPINIONS:
        return (CycleState.OPEN,)
    return UNDECIDED if stage == Stage.COMMITTEE else (*UNDECIDED, CycleState.DECIDED)


def why_not_new_days(
    stage: ReviewStage, opens_on: date, closes_on: date, today: date
) -> str | None:
    """What has begun keeps its first day, and no last day is put before today."""
    if (stage.opens_on, stage.closes_on) == (opens_on, closes_on):
        return "起止日期没有改动。"
    if stage.opens_on <= today and opens_on != stage.opens_on:
        return f"{stage.get_step_display()}在 {said(stage.opens_on)}已经开始，只能改截止日期。"
    if closes_on < today:
        return f"截止日期不能早于今天（{said(today)}），否则按时提交的也成了逾期。"
    told = stage.stage == Stage.PUBLICITY and stage.cycle.state == CycleState.DECIDED
    if told and closes_on < stage.closes_on:
        return f"公示已经告诉代表到 {said(stage.closes_on)}为止，只能延后，不能提前。"
    return None


def why_not_appoint_stand_in(by: Actor, cycle: ReviewCycle | None = None) -> str | None:
    """指定代评人: the director, while opinions are taken."""
    if not by.directs_office:
        return "只有代工委主任可以指定代评人。"
    if cycle and cycle.state != CycleState.OPEN:
        return f"{cycle.year} 年的意见征集已经截止，不用再指定代评人。"
    return None


def why_not_stand_in(user: User, roles: set[str]) -> str | None:
    """谁不能代评: who decides, who keeps the system or its books, and who has no part in reviews.

    On every other first screen the opinion stands among what waits.
    """
    barred = roles & {Role.STAFF_DIRECTOR, Role.SYSADMIN, Role.AUDITOR}
    if barred:
        labels = "、".join(Role(role).label for role in sorted(barred))
        return f"{user.name}是{labels}，不能代哪一方提意见，请另选一人。"
    if not roles:
        return f"{user.name}现在没有任职，进不了系统，请另选一人。"
    if not roles & STAND_INS:
        return f"{user.name}不参加年度评价，请从代表、家站、乡镇人大或代工委工作人员里另选一人。"
    return None


def why_not_end_stand_in(by: Actor, stand_in: StandIn) -> str | None:
    """收回: the director, while opinions are taken; what was given stays given."""
    if reason := why_not_appoint_stand_in(by, stand_in.cycle):
        return reason.replace("指定代评人", "收回代评")
    if stand_in.ended_at:
        return "这项代评已经收回。"
    return None
