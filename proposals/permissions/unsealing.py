"""评价拆看: for a dispute, by two persons and with a reason (security.md 1.7)."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.roles import Role
from proposals.models import Rating, RatingOpening

LONGEST_REASON = 200
VOID = "这张评价单已经作废，没有什么可看"


def is_director(by: Actor) -> bool:
    """代工委主任: of a special committee's director, who has the same role, it is no matter."""
    return by.is_a(Role.STAFF_DIRECTOR) and by.at_deputy_office


def why_not_request_opening(by: Actor, rating: Rating, today: date) -> str | None:
    """代工委主任, once nobody can change the rating any more; one request waits at a time."""
    if not is_director(by):
        return "只有代工委主任可以申请拆看评价。"
    if rating.is_void:
        return f"{VOID}。"
    if today <= rating.reply.rate_until:
        return "评价还没有截止，代表还能改；截止以后才能申请拆看。"
    before = rating.openings.order_by("pk").last()
    if before and before.waits:
        return "这份评价已经申请拆看，正等另一个人同意。"
    if before and before.open_until and today <= before.open_until:
        last = before.open_until
        return f"这份评价正在拆看，{last.year} 年 {last.month} 月 {last.day} 日以前都能看。"
    return None


def why_not_reason(reason: str) -> str | None:
    """The deputy reads it as it is."""
    if not says_something(reason):
        return "请写明为什么要拆看。"
    long = len(reason.strip()) > LONGEST_REASON
    return f"最多 {LONGEST_REASON} 个字，请精简一些。" if long else None


def why_not_approve_opening(by: Actor, opening: RatingOpening) -> str | None:
    """审计员, or another director than the one who asked; never of what has become void."""
    if no := _why_not_decide(by, opening, "同意"):
        return no
    return f"{VOID}，请答复不予拆看。" if opening.rating.is_void else None


def why_not_refuse_opening(
    by: Actor, opening: RatingOpening, reason: str | None = None
) -> str | None:
    """The same people, and never without saying why; it may be asked for again."""
    if no := _why_not_decide(by, opening, "答复"):
        return no
    if reason is None:
        return None
    if not says_something(reason):
        return "请写明为什么不予拆看，申请的人会看到这句话。"
    long = len(reason.strip()) > LONGEST_REASON
    return f"最多 {LONGEST_REASON} 个字，请精简一些。" if long else None


def _why_not_decide(by: Actor, opening: RatingOpening, act: str) -> str | None:
    if not (is_director(by) or by.is_a(Role.AUDITOR)):
        return f"拆看评价要由审计员或者另一位代工委主任{act}。"
    if opening.opened_by_id is not None:
        return "这次拆看已经同意过。"
    if opening.refused_by_id is not None:
        return "这次拆看已经答复不予拆看。"
    if by.same_person(opening.asked_by_id):
        return f"拆看要两个人：申请的人不能自己{act}。"
    return None
