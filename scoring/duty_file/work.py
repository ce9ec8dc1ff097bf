"""建议、接待、会议和活动."""

from collections import Counter

from proposals.gate import stages_behind
from proposals.models import Proposal
from proposals.states import Stage, State
from scoring.documents import STAGES, ActivityLine, ProposalLine, ReceptionLine
from scoring.duty_file.words import DASH, day
from scoring.queries.duty_file import Year
from stations.models import Presence


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
        unit=assignment.unit.name if assignment else DASH,
        stage=stage,
        result=str(reply.result) if reply else "办理中",
    )


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
    """接待选民. How many came and what became of it has no register yet, so it is left out."""
    return tuple(
        ReceptionLine(day(row.done_on), row.place or DASH, matter=row.note or DASH)
        for row in year.receptions
    )


def activities(year: Year) -> tuple[ActivityLine, ...]:
    """会议和活动 the deputy was called to."""
    return tuple(
        ActivityLine(
            date=day(row.activity.held_on),
            name=row.activity.title,
            organiser=row.activity.organiser.short_name,
            attendance="请假（批准）" if row.presence == Presence.LEAVE else _came(row.presence),
        )
        for row in year.attendances
    )


def _came(presence: str) -> str:
    return "到会" if presence == Presence.PRESENT else "缺席"


def calls(year: Year) -> str:
    counts = Counter(row.presence for row in year.attendances)
    words = f"应到{len(year.attendances)}次　实到{counts[Presence.PRESENT]}次"
    if counts[Presence.LEAVE]:
        words += f"　请假{counts[Presence.LEAVE]}次"
    return words + (f"　缺席{counts[Presence.ABSENT]}次" if counts[Presence.ABSENT] else "")
