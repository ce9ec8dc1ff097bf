"""办: who may record and confirm a meeting, and what a reply still lacks."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.roles import UNIT, Role
from proposals.models import Assignment, Meeting
from proposals.states import Stage, State, UnitRole

ORDER = list(Stage)


def missing_stages(assignment: Assignment) -> list[Stage]:
    """三见面: the meetings not yet recorded, in their order."""
    held = {meeting.stage for meeting in assignment.meetings.all()}
    return [stage for stage in ORDER if stage not in held]


def why_not_record_meeting(
    by: Actor,
    assignment: Assignment,
    stage: str | None = None,
    met_on: date | None = None,
    today: date | None = None,
) -> str | None:
    """The lead unit's people, before → during → after, on a day between 交办 and today."""
    if reason := _why_not_handle(by, assignment, "登记见面"):
        return reason
    missing = missing_stages(assignment)
    if not missing:
        return "办前、办中、办后三次见面都已登记。"
    if stage and stage not in missing:
        return f"{Stage(stage).label}已经登记过。"
    if stage and stage != missing[0]:
        return f"要先登记{missing[0].label}，再登记{Stage(stage).label}。"
    return why_not_met_on(assignment, met_on, today) if met_on and today else None


def why_not_confirm_meeting(by: Actor, meeting: Meeting) -> str | None:
    """The lead deputy, once: the unit's word alone is only half a record."""
    if not by.is_a(Role.DEPUTY) or not by.same_person(meeting.assignment.proposal.lead.user_id):
        return "见面由领衔代表本人确认。"
    if meeting.confirmed_at:
        return "这次见面您已经确认过。"
    return None


def why_not_reply(by: Actor, assignment: Assignment) -> str | None:
    """The lead unit's people, and only after all three meetings (办前、办中、办后必见面)."""
    if reason := _why_not_handle(by, assignment, "答复"):
        return reason
    if missing := missing_stages(assignment):
        return f"还不能答复：{'、'.join(stage.label for stage in missing)}还没有登记。"
    return None


def _why_not_handle(by: Actor, assignment: Assignment, act: str) -> str | None:
    if by.role not in UNIT or by.organisation_id != assignment.unit_id:
        return f"只有主办单位可以{act}。"
    if assignment.role != UnitRole.LEAD:
        return f"本单位是协办，由主办单位{act}。"
    if assignment.proposal.state != State.ASSIGNED:
        return f"建议目前是“{assignment.proposal.get_state_display()}”，不能再{act}。"
    return None


def why_not_met_on(assignment: Assignment, met_on: date, today: date) -> str | None:
    """Not before 交办, not after today, not before the meeting before it."""
    if met_on > today:
        return "见面日期不能晚于今天，见过面再登记。"
    if met_on < assignment.assigned_on:
        day = assignment.assigned_on
        return f"见面日期不能早于交办日期 {day.year} 年 {day.month} 月 {day.day} 日。"
    earlier = max((meeting.met_on for meeting in assignment.meetings.all()), default=met_on)
    if met_on < earlier:
        return f"见面日期不能早于上一次见面 {earlier.year} 年 {earlier.month} 月 {earlier.day} 日。"
    return None
