"""提交意见: who gives which party's opinion, and from when to when."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.roles import Role
from scoring.models import ReviewCycle
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
    """提交意见: each party its own part, from its stage's first day until opinions are closed."""
    if step and step not in PARTIES:
        return "常委会的意见在评定时一并作出。"
    if step and not by.is_a(PARTIES[step][0]):
        return PARTIES[step][1]
    if cycle is None or step is None:
        return None
    if cycle.state != CycleState.OPEN:
        return f"{cycle.year} 年的意见征集已经截止，不再接收意见。"
    opens_on = cycle.stages.get(step=step).opens_on
    if today and today < opens_on:
        return f"{cycle.year} 年的{step.label}从 {said(opens_on)}开始，请到时再提交。"
    return None
