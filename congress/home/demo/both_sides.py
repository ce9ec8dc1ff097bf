"""Chapter three, what the two sides and the helpers say: receipts, opinions, denials, waivers."""

from datetime import date, timedelta

from congress.home.demo import deliveries
from congress.home.demo.cast import Cast, moment, unit_named
from congress.shared import clock
from congress.shared.actors import Actor
from proposals.actions import meetings, opinions, receiving, templates
from proposals.models import Assignment, Meeting, Proposal
from proposals.sharing import Share
from proposals.states import Stage, UnitRole

PURSE = "县财政局"
DENIED = frozenset({7, 26, 37})
"""Their first meeting was written down wrongly once."""
WAIVED = frozenset({5, 22, 31})
"""Their deputies needed no third meeting."""


def shares(number: int, unit: str) -> list[Share]:
    """Every fourth costs money, so the purse is asked."""
    helped = number % 4 == 1 and unit != PURSE
    helpers = [Share(unit_named(PURSE), UnitRole.ASSISTING)] if helped else []
    return [Share(unit_named(unit), UnitRole.LEAD), *helpers]


def received(cast: Cast, proposal: Proposal, day: date) -> None:
    """Each unit receives its part the next morning; what came this week waits for it."""
    if day > cast.today - timedelta(days=7):
        return
    for part in proposal.assignments.select_related("unit"):
        deliveries.looked(part, cast.units[part.unit.name], day + timedelta(days=1))
        with clock.at(moment(day + timedelta(days=1), 9)):
            receiving.receive(part, by=cast.units[part.unit.name])


def opined(cast: Cast, number: int, proposal: Proposal, day: date) -> None:
    """The purse writes to the lead unit; the last ones are still being written."""
    part = proposal.assignments.filter(unit__name=PURSE, role=UnitRole.ASSISTING).first()
    if part is None or day > cast.today:
        return
    with clock.at(moment(day, 15)):
        opinions.send_opinion(
            part,
            text="同意由主办单位实施。所需资金按项目进度申请，我局列入下一批预算安排。",
            file_number=f"竹财函〔{day.year}〕{number + 40}号",
            signer=cast.heads[PURSE].name,
            by=cast.units[PURSE],
            today=day,
        )


def denied(number: int, meeting: Meeting, lead: Actor, day: date) -> bool:
    """The deputy says that it was not like that; the unit must write it down anew."""
    if number not in DENIED or meeting.stage != Stage.BEFORE:
        return False
    with clock.at(moment(day, 20)):
        meetings.deny_meeting(
            meeting, words="那天只通了电话，没有见面，请约时间当面谈。", by=lead, today=day
        )
    return True


def waived(number: int, part: Assignment, stage: Stage, lead: Actor, day: date) -> bool:
    """The deputy has heard enough on the telephone."""
    if number not in WAIVED or stage != Stage.AFTER:
        return False
    with clock.at(moment(day, 16)):
        reason = "结果已经在电话里说清楚，现场我自己看过了。"
        meetings.waive_meeting(part, stage=stage, reason=reason, by=lead, today=day)
    return True


def blocks_of_text(cast: Cast) -> None:
    """常用语 of every unit."""
    for unit in cast.units.values():
        templates.save_template(
            name="进度", text="进展情况我们会在平台上更新，也欢迎您随时到现场察看。", by=unit
        )
