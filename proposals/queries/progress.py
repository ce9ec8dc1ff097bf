"""走到哪一步: the nine stops of a proposal, and one sentence of what is happening now."""

from datetime import date
from typing import NamedTuple

from proposals.gate import missing_stages
from proposals.models import Meeting, Proposal
from proposals.queries.clocks import day
from proposals.states import Stage, State

ENDED: dict[str, str] = {
    State.REFUSED: "不予受理：",
    State.LETTER: "转作来信办理：",
    State.WITHDRAWN: "领衔代表已撤回：",
}


class Stop(NamedTuple):
    """One stop of the track: `state` is done, now or empty; `when` is words or empty."""

    label: str
    state: str
    when: str


def stops(proposal: Proposal, today: date) -> list[Stop]:
    """The nine stops. The rating's moves by its window alone, never by what a deputy did in it."""
    marks = _marks(proposal, today)
    ahead = [label for label, done, _ in marks if not done]
    return [
        Stop(label, "done" if done else "now" if label == ahead[0] else "", when)
        for label, done, when in marks
    ]


def _marks(proposal: Proposal, today: date) -> list[tuple[str, bool, str]]:
    handled = proposal.handled_as
    assignment, reply = handled.lead_assignment, handled.reply
    held: dict[str, Meeting] = (
        {meeting.stage: meeting for meeting in assignment.held} if assignment else {}
    )
    unsent = proposal.state in (State.RETURNED, State.SIGNING)
    accepted, published = proposal.accepted_on, proposal.published_on
    due = f"{day(handled.due_on, today)}前" if handled.due_on else ""
    return [
        ("提出", not unsent, day(proposal.submitted_on, today)),
        ("审查", bool(accepted), day(accepted, today) if accepted else ""),
        ("交办", bool(assignment), day(assignment.assigned_on, today) if assignment else ""),
        *(
            (stage.label, stage in held, day(held[stage].met_on, today) if stage in held else "")
            for stage in Stage
        ),
        ("答复", bool(reply), day(reply.replied_on, today) if reply else due),
        (
            "评价",
            bool(reply and today > reply.rate_until),
            f"{day(reply.rate_until, today)}前" if reply else "",
        ),
        (
            "公开",
            bool(published),
            day(published, today) if published else "不公开" if proposal.withheld_reason else "",
        ),
    ]


def situation(proposal: Proposal) -> str:
    """现在怎样、接着怎样, in one sentence."""
    assignment, reply = proposal.handled_as.lead_assignment, proposal.handled_as.reply
    if proposal.state == State.SUBMITTED:
        return "代工委正在审查，受理后编号，再交给承办单位。"
    if proposal.state == State.RETURNED:
        return f"退回修改：{proposal.return_reason}"
    if proposal.state in ENDED:
        return ENDED[proposal.state] + proposal.closing_words
    if proposal.state == State.SIGNING:
        return f"正在征集附议，{day(proposal.sign_until)}截止；人数够了由领衔代表正式提出。"
    if proposal.state == State.MERGED and proposal.merged_into:
        other = proposal.merged_into
        return f"与 {other.number}“{other.title}”并案办理，答复同样送领衔代表。"
    if assignment is None:
        return "已受理，等代工委交给承办单位。"
    unit = assignment.unit.name
    if reply is None:
        missing = missing_stages(assignment)
        if missing:
            return f"{unit}正在办理，下一步是{missing[0].label}。"
        return f"三次见面都已登记，等{unit}答复。"
    outcome = f"{unit}已答复，{reply.outcome.code} 类（{reply.outcome.name}）"
    if proposal.merged_into:
        outcome = f"与 {proposal.merged_into.number} 并案办理，{outcome}"
    if proposal.state == State.PUBLISHED:
        return f"{outcome}，答复已公开。"
    return f"{outcome}。" if proposal.withheld_reason else f"{outcome}，等代工委公开。"
