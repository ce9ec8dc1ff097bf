"""提交意见: who gives which party's opinion, and from when to when."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from scoring.models import ReviewCycle, StandIn
from scoring.states import CycleState, Step
from scoring.timetable import said

PARTIES = {
    Step.SELF: (Role.DEPUTY, "本人自评只能由代表本人提交。"),
    Step.GROUP: (Role.CONVENOR, "小组核校由代表小组召集人提交。"),
    Step.TOWNSHIP: (Role.TOWNSHIP_CLERK, "乡镇参评由乡镇人大提交。"),
}
"""三方意见. The committee's own part is the year's points and its decision."""


def why_not_appraise(
    by: Actor,
    cycle: ReviewCycle | None = None,
    step: Step | None = None,
    today: date | None = None,
) -> str | None:
    """提交意见: each party its own part, from its stage's first day until opinions are closed.

    An electing unit speaks in the township's place, and a stand-in for whom they stand in.
    """
    if step and step not in PARTIES:
        return "常委会的意见在评定时一并作出。"
    if step and not _speaks(by, step) and not _stands_in(by, cycle, step, today):
        return PARTIES[step][1]
    return _why_not_now(cycle, step, today) if cycle and step else None


def _speaks(by: Actor, step: Step) -> bool:
    if by.post and by.post.organisation.kind == OrganisationKind.ELECTING:
        return step == Step.TOWNSHIP
    return by.is_a(PARTIES[step][0])


def _stands_in(by: Actor, cycle: ReviewCycle | None, step: Step, today: date | None) -> bool:
    if by.user is None or cycle is None or today is None:
        return False
    rows = StandIn.objects.running(today).filter(cycle=cycle, step=step, user=by.user)
    return rows.exists()


def _why_not_now(cycle: ReviewCycle, step: Step, today: date | None) -> str | None:
    if cycle.state != CycleState.OPEN:
        return f"{cycle.year} 年的意见征集已经截止，不再接收意见。"
    opens_on = cycle.stages.get(step=step).opens_on
    if today and today < opens_on:
        return f"{cycle.year} 年的{step.label}从 {said(opens_on)}开始，请到时再提交。"
    return None


def why_not_enter_self_review(
    by: Actor,
    cycle: ReviewCycle | None = None,
    today: date | None = None,
    *,
    own_group: bool = True,
    group_given: bool = True,
) -> str | None:
    """代录: what a deputy wrote on paper, by the convenor of the own group or by the office.

    A convenor reads nobody's paper before the group's own opinion is in: 背靠背.
    """
    if not by.at_deputy_office and not by.is_a(Role.CONVENOR):
        return "纸质自评由代表小组召集人或者代工委代录。"
    if by.is_a(Role.CONVENOR) and not own_group:
        return "召集人只代录本组代表的自评。"
    if not group_given:
        return "请先提交对这位代表的小组核校，再代录纸质自评；没有评就先看了自评，就不是背靠背了。"
    return _why_not_now(cycle, Step.SELF, today) if cycle else None
