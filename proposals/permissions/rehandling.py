"""重新办理、当面协商: the office, after the windows have closed, never in the deputy's words."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.names import says_something
from proposals.models import Convening, Rating, Rehandling, Reply
from proposals.permissions.office import why_not_deputy_office
from proposals.rating_states import ConveningState, RehandlingState
from proposals.states import ANSWERED, Part

RUN = 10
"""So many of the deputy's characters in a row tell who wrote them (security.md 1.7)."""


def why_not_order_rehandling(
    by: Actor, reply: Reply, today: date, words: str | None = None
) -> str | None:
    """In the committee's name, of the newest answer that nobody rates any more, once at a time.

    Whether a rating is behind it or it is a pick of 回头看 makes no difference here or anywhere.
    """
    part = reply.assignment
    if reason := why_not_deputy_office(by, part.proposal.session, "要求重新办理"):
        return reason
    if part.state != Part.DONE or part.proposal.state not in ANSWERED:
        return "还没有全部答复的建议，不能要求重新办理。"
    newest = part.reply
    if newest and newest.version > reply.version:
        return f"单位又作了第 {newest.version} 版答复，等那一版评价截止再说。"
    if today <= reply.rate_until:
        last = reply.rate_until
        return f"评价 {last.month} 月 {last.day} 日才截止，截止以后再要求重新办理。"
    if Rehandling.objects.filter(reply=reply).exists():
        return "这一版答复已经要求过重新办理。"
    if words is not None and not says_something(words):
        return "请写明要单位再办什么，用代工委自己的话。"
    return why_not_words(reply, words) if words else None


def why_not_words(reply: Reply, words: str) -> str | None:
    """代表的原话 are nobody's to hand on: the unit would know whose they are."""
    said = "".join(words.split())
    for rating in Rating.objects.filter(reply__assignment=reply.assignment_id):
        own = "".join(rating.ballot.words.split())
        if any(own[at : at + RUN] in said for at in range(len(own) - RUN + 1)):
            return f"有连着 {RUN} 个字和代表写的一样，请换成代工委自己的话。"
    return None


def why_not_convene(by: Actor, rehandling: Rehandling, today: date) -> str | None:
    """Once its answer has been given and its window is over, and no further order is out."""
    if reason := why_not_deputy_office(by, rehandling.assignment.proposal.session, "召集双方协商"):
        return reason
    if rehandling.state != RehandlingState.ANSWERED or rehandling.answer is None:
        return "单位再次答复以后，仍不满意的才召集双方协商。"
    if today <= rehandling.answer.rate_until:
        return "再次答复的评价截止以后才召集双方协商。"
    if Convening.objects.filter(rehandling=rehandling).exists():
        return "已经召集过双方协商。"
    return None


def why_not_record_convening(by: Actor, convening: Convening, today: date) -> str | None:
    """Once, on its day or later."""
    session = convening.rehandling.assignment.proposal.session
    if reason := why_not_deputy_office(by, session, "记录协商结果"):
        return reason
    if convening.state != ConveningState.CALLED:
        return "协商结果已经记录。"
    return "还没到协商的日子。" if today < convening.meets_on else None
