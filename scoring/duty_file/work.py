"""建议、接待、会议和活动."""

from collections import Counter

from deputies import codes
from proposals.gate import stages_behind
from proposals.models import Proposal
from proposals.states import Stage, State
from scoring.documents import (
    STAGES,
    ActivityLine,
    MatterLine,
    PollLine,
    ProposalLine,
    ReceptionLine,
)
from scoring.duty_file.words import DASH, dated, day, done
from scoring.models import PollResult
from scoring.poll_states import Outcome
from scoring.polls import percent
from scoring.queries.duty_file import Year
from stations.models import Attendance, Issue, Presence, Route
from stations.models import Outcome as Became

ROUTES: dict[str, str] = {
    Route.SPOT: "当场答复",
    Route.COMMUNITY: "村（社区）",
    Route.TOWNSHIP: "乡镇",
    Route.COUNTY: "县级单位",
    Route.HIGHER: "上级代表",
}
OUTCOMES: dict[str, str] = {
    Became.SOLVED: "已解决",
    Became.PLANNED: "列入计划",
    Became.PROPOSED: "提出建议",
    Became.PASSED_ON: "上级代表反映",
    Became.EXPLAINED: "解释说明",
    Became.ELSEWHERE: "告知去处",
}
"""Words that fit a column of 20 mm."""


def proposal(year: Year, row: Proposal) -> ProposalLine:
    """One proposal: where it stands, and the outcome once the unit has replied."""
    assignment, reply = row.handled_as.lead_assignment, row.handled_as.reply
    stage = _stage(year, row)
    begun = ((row.submitted_on, "提出"), (row.accepted_on, "受理"))
    outcome = "，".join(f"{day(on)}{what}" for on, what in begun if on)
    if assignment and assignment.assigned_on:
        outcome += f"，{day(assignment.assigned_on)}交办"
    if reply:
        outcome += f"，{day(reply.replied_on)}答复（{reply.file_number}）"
    return ProposalLine(
        number=row.number,
        role="领衔" if row.lead_id == year.deputy.pk else "附议",
        title=row.title,
        outcome=outcome + "。",
        unit=_units(row),
        stage=stage,
        result=str(reply.result) if reply else "办理中",
        mark="重点督办" if row.pk in year.keys else "",
    )


def _units(row: Proposal) -> str:
    """主办, or of several 分办 each: who answers."""
    names = [part.unit.name for part in row.handled_as.parts if part.answers]
    return "、".join(names) or DASH


def _stage(year: Year, row: Proposal) -> int:
    """Which of the seven stages is under way on the day of the decision; past the last, all."""
    reply, assignment = row.handled_as.reply, row.handled_as.lead_assignment
    if reply:
        over = row.state == State.PUBLISHED or reply.rate_until < year.county.day
        return len(STAGES) if over else STAGES.index("评价") + 1
    if assignment is None:
        return STAGES.index("交办") + 1
    met = len(stages_behind(assignment)) == len(Stage)
    return STAGES.index("答复" if met else "面商") + 1


def receptions(year: Year) -> tuple[ReceptionLine, ...]:
    """接待选民: when, where, how many came, what they raised and what became of it."""
    return tuple(
        ReceptionLine(
            date=dated(row.day, year),
            place=row.place or DASH,
            voters=str(row.people or DASH),
            way=row.way,
            matters=tuple(_matter(issue) for issue in row.issues),
            note="" if row.issues else "没有来访登记",
        )
        for row in year.receptions
    )


def _matter(issue: Issue) -> MatterLine:
    unit = issue.unit.name if issue.unit else ROUTES.get(issue.route, "待分流")
    return MatterLine(issue.title, unit, OUTCOMES.get(issue.outcome, "办理中"))


def receptions_note(year: Year) -> str:
    """接待多少次、多少人次、反映多少件、解决多少件."""
    words = f"{done(year, codes.RECEPTION)}次"
    if people := sum(row.people for row in year.receptions):
        words += f"　{people}人次　反映{raised(year)}件　解决{solved(year)}件"
    return words


def raised(year: Year) -> int:
    return sum(len(row.issues) for row in year.receptions)


def solved(year: Year) -> int:
    return sum(row.solved for row in year.receptions)


def activities(year: Year) -> tuple[ActivityLine, ...]:
    """会议和活动 the deputy was called to."""
    return tuple(
        ActivityLine(
            date=dated(row.activity.held_on, year),
            name=row.activity.title,
            organiser=row.activity.organiser.short_name,
            attendance=_came(row),
        )
        for row in year.attendances
    )


def _came(row: Attendance) -> str:
    """An approved leave is no absence, and says who approved it."""
    if row.presence == Presence.LEAVE:
        return f"请假（{row.approver}批准）"
    return "到会" if row.presence == Presence.PRESENT else "缺席"


def calls(year: Year) -> str:
    counts = Counter(row.presence for row in year.attendances)
    words = f"应到{len(year.attendances)}次　实到{counts[Presence.PRESENT]}次"
    if counts[Presence.LEAVE]:
        words += f"　请假{counts[Presence.LEAVE]}次"
    return words + (f"　缺席{counts[Presence.ABSENT]}次" if counts[Presence.ABSENT] else "")


def polls(year: Year) -> tuple[PollLine, ...]:
    """述职测评: ballots as two people counted them; who was excused or refused has none."""
    return tuple(_poll(year, row) for row in year.polls)


def _poll(year: Year, row: PollResult) -> PollLine:
    counts = (row.sent, row.returned, row.satisfied, row.fair, row.unsatisfied, row.blank)
    sent, returned, good, fair, poor, void = (
        DASH if count is None else str(count) for count in counts
    )
    meeting = row.report.meeting
    said = f"{row.get_outcome_display()}：{row.note}" if row.note else ""
    if row.outcome == Outcome.REPORTED and row.sent is None:
        said = "述职，没有测评"
    rate = percent(row.content, row.valid) if row.valid else DASH
    return PollLine(
        dated(meeting.held_on, year),
        meeting.place,
        sent,
        returned,
        good,
        fair,
        poor,
        void,
        rate,
        said,
    )


def polls_note(year: Year) -> str:
    """几次述职，满意率怎样算."""
    if not year.polls:
        return ""
    reports = sum(row.outcome == Outcome.REPORTED for row in year.polls)
    return f"述职{reports}次　满意率为满意和基本满意占有效票"
