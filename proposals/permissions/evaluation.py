"""评: the lead deputy alone, until the window closes."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.roles import Role
from proposals.ballots import Ballot
from proposals.models import Reply
from proposals.states import State


def why_not_rate(by: Actor, reply: Reply, today: date) -> str | None:
    """背靠背: only the lead deputy rates, and may change their mind until the last day.

    Of 分办 units each one's reply is rated for itself, in its newest version. 并案: who leads a
    merged proposal is answered (代表法: each deputy is), but the rating is the lead's of the one
    that was handled, who met the unit three times (design.md: `Rating`, from the lead deputy).
    """
    if not by.is_a(Role.DEPUTY) or not by.same_person(reply.assignment.proposal.lead.user_id):
        return "答复由领衔代表本人评价。"
    newest = reply.assignment.reply
    if newest and newest.version > reply.version:
        return f"单位又作了第 {newest.version} 版答复，请评价新的一版。"
    return why_closed(reply, today)


def why_not_ballot(reply: Reply, ballot: Ballot) -> str | None:
    """Nothing is filled in for anybody: each answer has its mark, and 不满意 a word of why."""
    missing = [each.label for each in reply.in_order if each.ask_id not in ballot.asks]
    if missing:
        return f"还差 {len(missing)} 处没选：{'、'.join(missing)}。"
    if ballot.asks.keys() - {each.ask_id for each in reply.answers.all()}:
        return "评的不是这份答复里的请求，请重新打开这一页。"
    if ballot.unsatisfied and not ballot.words:
        return "选了“不满意”，请写一句哪里不满意。"
    return None


def why_closed(reply: Reply, today: date) -> str | None:
    """Why nobody rates this reply any more; None while it waits for the lead deputy."""
    if reply.assignment.proposal.state == State.WITHDRAWN:
        return "建议已经撤回，不用再评价。"
    if today > reply.rate_until:
        last = reply.rate_until
        return f"评价已于 {last.year} 年 {last.month} 月 {last.day} 日截止。"
    return None
