"""评: who speaks for the proposal alone, until the window closes."""

from datetime import date

from congress.shared.actors import Actor
from proposals.ballots import Ballot
from proposals.models import Answer, Proposal, Reply
from proposals.models.asks import in_order
from proposals.permissions.speaking import speaks
from proposals.states import State


def why_not_rate(by: Actor, reply: Reply, today: date) -> str | None:
    """背靠背: only the lead deputy rates, and may change their mind until the last day.

    Of 分办 units each one's reply is rated for itself, in its newest version. 并案: who leads a
    merged proposal is answered (代表法: each deputy is), but the rating is the lead's of the one
    that was handled, who met the unit three times (design.md: `Rating`, from the lead deputy).
    """
    if not speaks(by, reply.assignment.proposal):
        return "答复由领衔代表本人评价。"
    newest = reply.assignment.reply
    if newest and newest.version > reply.version:
        return f"单位又作了第 {newest.version} 版答复，请评价新的一版。"
    return why_closed(reply, today)


def to_mark(by: Actor, reply: Reply) -> list[Answer]:
    """逐条答复 that this deputy marks: 并案, none of what is withheld and not theirs."""
    rows = reply.answers.select_related("ask__proposal", "outcome")
    shown = rows.exclude(ask__proposal__in=Proposal.objects.kept_from(by).order_by().values("pk"))
    return in_order(shown, reply.assignment.proposal_id)


def why_not_ballot(by: Actor, reply: Reply, ballot: Ballot) -> str | None:
    """Nothing is filled in for anybody: each answer that they may read has its mark.

    And 不满意 has a word of why.
    """
    answers = to_mark(by, reply)
    missing = [each.label for each in answers if each.ask_id not in ballot.asks]
    if missing:
        return f"还差 {len(missing)} 处没选：{'、'.join(missing)}。"
    if ballot.asks.keys() - {each.ask_id for each in answers}:
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
