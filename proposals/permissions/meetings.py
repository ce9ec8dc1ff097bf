"""三见面: who may write one down, bear it out, contradict it or waive it."""

from collections.abc import Sequence
from datetime import date

from congress.shared.actors import Actor
from congress.shared.names import says_something, shows_something
from congress.shared.roles import UNIT, Role
from proposals.gate import denied_stages, missing_stages
from proposals.models import Assignment, Meeting
from proposals.permissions.office import why_not_office
from proposals.permissions.speaking import speaks
from proposals.rules import MEETING_GAP
from proposals.states import ANSWERABLE, Side, Stage, State

TAKEN_BACK = "登记的一方已经撤销了这次见面，不用再答复。"


def why_not_record_meeting(
    by: Actor,
    assignment: Assignment,
    stage: str | None = None,
    met_on: date | None = None,
    today: date | None = None,
    words: Sequence[str] = (),
) -> str | None:
    """The unit's people or the lead deputy, before → during → after, between 交办 and today.

    `words` are where it was, who came and what was said: each must say something.
    """
    if not speaks(by, assignment.proposal) and (
        reason := why_not_handle(by, assignment, "登记见面")
    ):
        return reason
    if reason := why_not_running(assignment, "登记见面"):
        return reason
    missing = missing_stages(assignment)
    if not missing:
        return "办前、办中、办后三次见面都已登记。"
    if stage and stage not in missing:
        return f"{Stage(stage).label}已经登记过。"
    if stage and stage != missing[0]:
        return f"要先登记{missing[0].label}，再登记{Stage(stage).label}。"
    if (
        stage
        and met_on
        and today
        and (reason := why_not_met_on(assignment, stage, met_on, today, by))
    ):
        return reason
    if not all(map(shows_something, words)):
        return "地点、参加人、谈了什么，都要写。"
    if words and not says_something(words[-1]):
        return "谈了什么要写清楚，至少两个字。"
    return None


def why_not_confirm_meeting(by: Actor, meeting: Meeting) -> str | None:
    """The other side, once, and another person: one side's word alone is only half a record.

    Who has a post on both sides stands on the one for which they wrote it down.
    """
    if reason := _why_not_other_side(by, meeting):
        return reason
    if meeting.taken_back_at:
        return TAKEN_BACK
    if by.same_person(meeting.recorded_by_id):
        return "这次见面是您自己登记的，不能再由您确认；没有别人确认，就按一方登记算。"
    if meeting.confirmed_at:
        return "这次见面您已经确认过。"
    if meeting.denied_at:
        return "这次见面已经说明不属实，请对方重新登记。"
    return None


def why_not_deny_meeting(by: Actor, meeting: Meeting, words: str | None = None) -> str | None:
    """The other side, before the reply, and never without saying how it was."""
    if reason := _why_not_other_side(by, meeting):
        return reason
    if meeting.taken_back_at:
        return TAKEN_BACK
    if meeting.denied_at:
        return "这次见面已经说明不属实，请对方重新登记。"
    if meeting.confirmed_at:
        return "这次见面您已经确认过，不能再改。"
    if reason := why_not_running(meeting.assignment, "否认见面"):
        return reason
    if words is not None and not says_something(words):
        return "请写明实际情况，例如：那天没有见面，只通了电话。"
    return None


def why_not_take_back_meeting(by: Actor, meeting: Meeting) -> str | None:
    """The side that wrote it down, before the reply, while the other has said nothing."""
    if reason := _why_not_own_side(by, meeting):
        return reason
    if meeting.taken_back_at:
        return "这次登记已经撤销。"
    if meeting.confirmed_at:
        return "对方已经确认这次见面，不能再撤销登记。"
    if meeting.denied_at:
        return "对方已经说明这次见面不属实，不用再撤销，可以重新登记。"
    return why_not_running(meeting.assignment, "撤销见面登记")


def why_not_waive_meeting(
    by: Actor, assignment: Assignment, stage: str | None = None, reason: str | None = None
) -> str | None:
    """The lead deputy alone, for a stage not yet held, and never without saying why."""
    if not speaks(by, assignment.proposal):
        return "只有领衔代表本人可以免去见面。"
    if refusal := why_not_running(assignment, "免去见面"):
        return refusal
    missing = missing_stages(assignment)
    if not missing:
        return "三次见面都已登记，没有可以免去的。"
    if stage and stage not in missing:
        return f"{Stage(stage).label}已经登记或者免去。"
    if reason is not None and not says_something(reason):
        return "请写明为什么不用见面，例如：已经在电话里说清楚。"
    return None


def why_not_excuse_meeting(
    by: Actor, assignment: Assignment, stage: str | None = None, reason: str | None = None
) -> str | None:
    """The office of its congress, for a stage that the deputy has denied, and never without why."""
    if refusal := why_not_office(by, assignment.proposal.session, "免去代表不认可的见面"):
        return refusal
    if refusal := why_not_running(assignment, "免去见面"):
        return refusal
    denied = denied_stages(assignment)
    if not denied:
        return "代表没有不认可的见面；不用见面的，由领衔代表本人免去。"
    if stage and stage not in denied:
        return f"{Stage(stage).label}代表没有不认可，不能由人大免去。"
    if reason is not None and not says_something(reason):
        return "请写明为什么免去，例如：单位约了三次，代表都没有答复。"
    return None


def why_not_handle(by: Actor, assignment: Assignment, act: str) -> str | None:
    """The people of a unit that answers the deputy."""
    if by.role not in UNIT or by.organisation_id != assignment.unit_id:
        return f"只有主办、分办单位可以{act}。"
    if not assignment.answers:
        return f"本单位是{assignment.get_role_display()}，由主办、分办单位{act}。"
    return None


def why_not_running(assignment: Assignment, act: str) -> str | None:
    """While the part is in hand: neither given back nor already answered."""
    proposal = assignment.proposal
    if proposal.state != State.ASSIGNED:
        return f"建议目前是“{proposal.get_state_display()}”，不能再{act}。"
    if assignment.state not in ANSWERABLE:
        return f"本单位承办的部分目前是“{assignment.get_state_display()}”，不能再{act}。"
    return None


def why_not_met_on(
    assignment: Assignment, stage: str, met_on: date, today: date, by: Actor
) -> str | None:
    """Not before 交办, not after today, not before the meeting of a stage before it, nor too near.

    One that was denied is written down anew with its own day, whatever was held since.
    """
    if met_on > today:
        return "见面日期不能晚于今天，见过面再登记。"
    day = assignment.assigned_on
    if day and met_on < day:
        return f"见面日期不能早于交办日期 {day.year} 年 {day.month} 月 {day.day} 日。"
    before = list(Stage)[: list(Stage).index(Stage(stage))]
    days = [meeting.met_on for meeting in assignment.held if meeting.stage in before]
    earlier = max(days, default=met_on)
    if met_on < earlier:
        return f"见面日期不能早于上一次见面 {earlier.year} 年 {earlier.month} 月 {earlier.day} 日。"
    waive = "您可以免去" if by.is_a(Role.DEPUTY) else "可以请领衔代表免去"
    too_near = _why_too_near(assignment, stage, met_on, MEETING_GAP.on(today))
    return too_near and f"{too_near}；不用再见的，{waive}。"


def _why_too_near(assignment: Assignment, stage: str, met_on: date, least: int) -> str | None:
    """三见面 are three: one talk is written down as one of them, never as all."""
    for other in assignment.held:
        if other.stage != stage and abs((met_on - other.met_on).days) < least:
            day = f"{other.met_on.year} 年 {other.met_on.month} 月 {other.met_on.day} 日"
            apart = "不能是同一天" if least == 1 else f"至少要隔 {least} 天"
            return f"{other.get_stage_display()}登记的是 {day}，两次见面{apart}"
    return None


def _why_not_other_side(by: Actor, meeting: Meeting) -> str | None:
    if meeting.side == Side.DEPUTY:
        if by.role not in UNIT or by.organisation_id != meeting.assignment.unit_id:
            return "代表登记的见面，由承办单位确认。"
        return None
    return None if speaks(by, meeting.assignment.proposal) else "见面由领衔代表本人确认。"


def _why_not_own_side(by: Actor, meeting: Meeting) -> str | None:
    if meeting.side == Side.UNIT:
        if by.role not in UNIT or by.organisation_id != meeting.assignment.unit_id:
            return "承办单位登记的见面，由它自己撤销登记。"
        return None
    return (
        None
        if speaks(by, meeting.assignment.proposal)
        else "代表登记的见面，由领衔代表本人撤销登记。"
    )
