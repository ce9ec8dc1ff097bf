"""作废打不开的评价单: one of the office asks, a director agrees; never what still opens."""

from congress.shared.actors import Actor
from congress.shared.names import says_something
from proposals.models import Rating, RatingVoiding
from proposals.permissions.office import why_not_deputy_office
from proposals.permissions.unsealing import is_director

LONGEST_REASON = 200


def why_not_request_voiding(by: Actor, rating: Rating, reason: str | None = None) -> str | None:
    """Whoever may release or order anew, of what holds both up for good."""
    session = rating.assignment.proposal.session
    if no := why_not_deputy_office(by, session, "申请作废评价单"):
        return no
    if standing := rating.voidings.filter(refused_by=None).first():
        waits = "这张评价单已经申请作废，正等代工委主任定。"
        return "这张评价单已经作废。" if standing.voided_by_id else waits
    if rating.legible is not None:
        return "这张评价单打得开，不能作废。"
    return None if reason is None else _why_not_reason(reason, "请写明为什么要作废。")


def why_not_approve_voiding(by: Actor, voiding: RatingVoiding) -> str | None:
    """代工委主任, and another person than who asked, while the ballot still does not open."""
    if no := _why_not_decide(by, voiding, "同意"):
        return no
    if voiding.rating.legible is not None:
        return "这张评价单现在打得开，不能作废，请答复不予作废。"
    return None


def why_not_refuse_voiding(
    by: Actor, voiding: RatingVoiding, reason: str | None = None
) -> str | None:
    """The same people, and never without saying why: the key has come back, or is looked for."""
    if no := _why_not_decide(by, voiding, "答复"):
        return no
    return None if reason is None else _why_not_reason(reason, "请写明为什么不予作废。")


def _why_not_decide(by: Actor, voiding: RatingVoiding, act: str) -> str | None:
    if not is_director(by):
        return f"作废评价单要由代工委主任{act}。"
    if voiding.voided_by_id is not None:
        return "这张评价单已经作废。"
    if voiding.refused_by_id is not None:
        return "这次申请已经答复不予作废。"
    if by.same_person(voiding.asked_by_id):
        return f"作废要两个人：申请的人不能自己{act}。"
    return None


def _why_not_reason(reason: str, missing: str) -> str | None:
    if not says_something(reason):
        return missing
    long = len(reason.strip()) > LONGEST_REASON
    return f"最多 {LONGEST_REASON} 个字，请精简一些。" if long else None
