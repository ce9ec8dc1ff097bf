"""公示异议、等次更正: who may speak against a published grade, answer it, amend it and confirm."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from scoring.grade_states import AmendmentState, GradeObjectionState, ObjectionKind
from scoring.models import (
    Grade,
    GradeAmendment,
    GradeObjection,
    Grading,
    ReviewCycle,
)
from scoring.permissions.publicity import publicity_until
from scoring.states import TOLD, CycleState
from scoring.timetable import said

AFTERWARDS = "有不同意见，请书面向代工委提出，由常委会研究更正。"


def why_not_object_to_grade(by: Actor, grading: Grading, today: date) -> str | None:
    """提出异议: the deputy, about the own result, while it is public; one at a time."""
    if not by.same_person(grading.deputy.user_id):
        return "只有代表本人可以对自己的评定提出异议；别人有意见，请写信给代工委。"
    if reason := _why_not_public(grading.cycle, today):
        return reason
    if grading.objections.filter(kind=ObjectionKind.OWN, state=GradeObjectionState.OPEN).exists():
        return "您的异议正在处理，答复以后会通知您。"
    return None


def why_not_register_letter(
    by: Actor, grading: Grading | None = None, today: date | None = None
) -> str | None:
    """登记来信: the office's clerks, while the result is public; who answers does not register."""
    if not (by.at_deputy_office and by.is_a(Role.STAFF_CLERK)):
        return "来信由代工委工作人员登记，由主任答复。"
    if grading is None or today is None:
        return None
    if by.same_person(grading.deputy.user_id):
        return "这封信说的是您自己，请由另一位工作人员登记。"
    return _why_not_public(grading.cycle, today)


def _why_not_public(cycle: ReviewCycle, today: date) -> str | None:
    if cycle.state in TOLD:
        return f"结果已经通报。{AFTERWARDS}"
    if cycle.state != CycleState.DECIDED:
        return f"{cycle.year} 年的评定还没有公示。"
    if today > (until := publicity_until(cycle)):
        return f"公示到 {said(until)}为止，已经结束。{AFTERWARDS}"
    return None


def why_not_withdraw_objection(by: Actor, objection: GradeObjection) -> str | None:
    """撤回异议: the deputy who raised it, or the clerk at whose desk the letter lies."""
    if not by.same_person(objection.raised_by_id):
        return "只有提出或登记这条异议的人可以撤回。"
    return why_not_move(objection, GradeObjectionState.WITHDRAWN)


def why_not_uphold_objection(by: Actor, objection: GradeObjection) -> str | None:
    """成立: the director; the amendment that comes of it is confirmed by another person."""
    if reason := _why_not_answer(by, objection, GradeObjectionState.UPHELD):
        return reason
    return _why_not_another(objection.grading)


def why_not_dismiss_objection(by: Actor, objection: GradeObjection) -> str | None:
    """不成立: the director."""
    return _why_not_answer(by, objection, GradeObjectionState.DISMISSED)


def _why_not_answer(by: Actor, objection: GradeObjection, to: GradeObjectionState) -> str | None:
    if not by.directs_office:
        return "评定的异议由代工委主任答复。"
    if by.same_person(objection.raised_by_id):
        return "这是您自己提出或登记的异议，须由他人答复。"
    if by.same_person(objection.grading.deputy.user_id):
        return "这条异议说的是您自己的评定，须由他人答复。"
    if objection.state != GradeObjectionState.OPEN:
        return f"这条异议的状态是“{objection.get_state_display()}”，已经不用答复。"
    return why_not_move(objection, to)


def why_not_amend_grade(by: Actor, grading: Grading, grade: Grade | None = None) -> str | None:
    """更正等次: the director proposes, once the results are told; before, objections do it."""
    if not by.directs_office:
        return "等次的更正由代工委主任提出。"
    if by.same_person(grading.deputy.user_id):
        return "不能更正自己的评定，请由他人提出。"
    if grading.cycle.state not in TOLD:
        return "公示期内，等次只因异议成立而更正；请在“公示异议”里答复。"
    return _why_not_another(grading) or why_not_that_grade(grading, grade)


def _why_not_another(grading: Grading) -> str | None:
    if grading.amendments.filter(state=AmendmentState.PROPOSED).exists():
        return "这位代表已有一项更正等待另一人确认，先确认或退回那一项。"
    return None


def why_not_that_grade(grading: Grading, grade: Grade | None) -> str | None:
    """What was a veto at the decision bars an amendment as well; an equal grade amends nothing."""
    if grade is None:
        return None
    if grade == grading.standing_grade:
        return f"现在就是“{grade}”，没有更正。"
    for veto in grading.vetoes.select_related("kind__best"):
        if grade.position < veto.kind.best.position:
            return f"{veto.kind}，不能更正为{grade}，最好只能是{veto.kind.best}。"
    if grading.withheld_stars and grade.is_best:
        return f"政治星、守法星不亮，不能更正为{grade}。"
    return None


def _is_second(by: Actor) -> bool:
    """第二人: the deputy-affairs office and the committee's leaders, as `seconds` tells them."""
    return by.at_deputy_office or by.is_a(Role.LEADER)


def why_not_confirm_amendment(by: Actor, amendment: GradeAmendment) -> str | None:
    """确认更正: another person than who proposed it (两人)."""
    if not _is_second(by):
        return "更正由代工委的另一人或者常委会领导确认。"
    if by.same_person(amendment.proposed_by_id):
        return "更正是您提出的，须由另一人确认。"
    if by.same_person(amendment.grading.deputy.user_id):
        return "不能确认自己的更正。"
    return why_not_move(amendment, AmendmentState.CONFIRMED)


def why_not_drop_amendment(by: Actor, amendment: GradeAmendment) -> str | None:
    """退回更正: the second person, or who proposed it and sees better."""
    if not _is_second(by):
        return "更正由代工委的另一人或者常委会领导确认或退回。"
    if by.same_person(amendment.grading.deputy.user_id):
        return "不能退回自己的更正。"
    return why_not_move(amendment, AmendmentState.DROPPED)
