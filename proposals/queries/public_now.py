"""现在怎样 of a public proposal, in one sentence of what happens now and next."""

from collections.abc import Sequence
from datetime import date

from proposals.gate import missing_stages
from proposals.models import Assignment, Proposal
from proposals.queries import anew
from proposals.queries.clocks import day
from proposals.queries.progress import together, unsure_of
from proposals.queries.public_follow import PublicFollow
from proposals.states import State

DONE = "各步都已走完"


def reply_withheld(proposal: Proposal) -> str:
    """Why the answer of what is public itself is not for everybody to read."""
    return proposal.reply_withheld_reason or proposal.handled_publicly.reply_withheld_reason


def public_situation(
    proposal: Proposal, today: date, orders: anew.Orders = (), then: str = ""
) -> str:
    """现在怎样、接着怎样. What the answer says stays unsaid until it is published.

    Of a published one `orders` is the 重新办理 that runs, `then` what else of it is open.
    """
    handled = proposal.handled_publicly
    if not handled.parts:
        along = "和另一件建议并案办理，答复送领衔代表。"
        return (
            along
            if proposal.merged_into
            else f"{proposal.session.office}已经受理，接着交给承办单位。"
        )
    units = "、".join(each.assignment.unit.name for each in handled.replies)
    if handled.silent:
        waiting = together(handled.silent, lambda part: _next_step(part, today))
        return f"{units}已经答复，{waiting}" if units else waiting
    shown = [each.told_reply for each in handled.parts]
    last = max(each.rate_until for each in shown if each)
    rating = today <= last
    if proposal.state == State.PUBLISHED and orders:
        return f"{anew.in_words(orders, today)}；先前的答复已经公开。"
    if proposal.state == State.PUBLISHED:
        rated = f"领衔代表在 {day(last, today)}前评价" if rating else ""
        tail = "；".join(each for each in (rated, then) if each and (each != DONE or not rated))
        return f"{units}的答复已经公开{f'，{tail}' if tail else ''}。"
    tail = f"领衔代表在 {day(last, today)}前评价" if rating else "评价期已满"
    if reply_withheld(proposal):
        return f"{units}已经答复，{tail}，答复不公开，只送代表。"
    office = f"由{proposal.session.office}公开答复"
    along = f"随 {handled.number} 一起公开" if proposal.merged_into else office
    return f"{units}已经答复，{tail}，接着{along}。"


def _next_step(part: Assignment, today: date) -> str:
    missing, by = missing_stages(part), f"{day(part.due_on, today)}前答复"
    unsure = f"，{words}" if (words := unsure_of(part)) else ""
    if missing:
        return f"{{}}正在办理{unsure}，接着和代表{missing[0].label}，{by}"
    if unsure:
        return f"{{}}正在办理{unsure}，{by}"
    met = "和代表该见的面都已见过" if part.waivers.all() else "和代表已见面三次"
    return f"{{}}{met}，{by}"


def afterwards(follows: Sequence[PublicFollow]) -> str:
    """What of a published answer is not done; only when nothing is, that all is."""
    found = [(each.unit, words) for each in follows if (words := each.open_words)]
    several = len(follows) > 1
    return "；".join(f"{unit}{words}" if several else words for unit, words in found) or DONE
