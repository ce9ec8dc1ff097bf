"""滚动办 in words: into which year it goes on, who speaks for it now."""

from proposals.models import CarriedProposal, Foster
from proposals.queries.steps import Told, TrailStep


def of_carried(row: CarriedProposal, step: TrailStep) -> Told:
    """Everybody reads that it goes on; why stands with the answer, to whom it is open."""
    over = row.carry_over
    if step.key.now == "carried_taken_back":
        words = f"{over.from_year} 年的结转撤回，不再滚动办理：{row.taken_back_why}"
        return Told(row.taken_back_on or step.on, words)
    words = f"{over.from_year} 年没有办完，结转到 {over.to_year} 年滚动办理，编号、期限不变"
    return Told(row.carried_on, words)


def of_foster(row: Foster, step: TrailStep) -> Told:
    who = f"{row.deputy.name}代表"
    if step.key.now == "fostered":
        words = f"{row.proposal.lead.name}代表不在任，由{who}接续，{row.reason}"
        return Told(row.since_on, words)
    return Told(row.until_on or step.on, f"{who}不再接续：{row.ending_words}")
