"""当面协商: the office brings both sides together once a further answer does not do either."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from congress.shared.names import says_something
from proposals.ballots import UNREADABLE
from proposals.models import Convening, Rating, Rehandling
from proposals.permissions.office import why_not_deputy_office
from proposals.rating_states import ConveningState, RehandlingState


class Rated(NamedTuple):
    """Of some answers the ones rated 不满意, and the ones whose rating does not open."""

    unsatisfied: set[int]
    lost: set[int]


def why_not_convene(
    by: Actor, rehandling: Rehandling, today: date, rated: Rated | None = None
) -> str | None:
    """Once its answer was rated 不满意 and that is released, and no further order is out.

    `rated` is how the answers were, where that is known of many already.
    """
    if reason := why_not_deputy_office(by, rehandling.assignment.proposal.session, "召集双方协商"):
        return reason
    if rehandling.state != RehandlingState.ANSWERED or rehandling.answer is None:
        return "单位再次答复以后，仍不满意的才召集双方协商。"
    if today <= rehandling.answer.rate_until:
        return "再次答复的评价截止以后才召集双方协商。"
    if not hasattr(rehandling.answer, "released_in"):
        return "再次答复的满意度公布以后才召集双方协商。"
    if any(
        each.round > rehandling.round and each.state != RehandlingState.TAKEN_BACK
        for each in rehandling.assignment.rehandlings.all()
    ):
        return "后来又要求过重新办理，按后一次的答复再看要不要召集。"
    if rehandling.convening:
        return "已经召集过双方协商。"
    answer = rehandling.answer_id
    known = rated_again(by, [answer]) if rated is None else rated
    if answer in known.lost:
        return f"{UNREADABLE}。"
    return None if answer in known.unsatisfied else "再次答复没有被评为不满意，不用召集双方协商。"


def rated_again(by: Actor, answers: Iterable[int | None]) -> Rated:
    """How these were rated, for whoever may read ratings; for all others none was."""
    rows = Rating.objects.visible_to(by).filter(reply__in=[each for each in answers if each])
    found = {each.reply_id: each.legible for each in rows.latest_each()}
    return Rated(
        {answer for answer, said in found.items() if said and said.unsatisfied},
        {answer for answer, said in found.items() if said is None},
    )


def why_not_move_convening(
    by: Actor, convening: Convening, reason: str | None = None
) -> str | None:
    """As long as it is not recorded, also once its day has passed: it was not held then."""
    return _why_not_change(by, convening, "改期", reason)


def why_not_call_off_convening(
    by: Actor, convening: Convening, reason: str | None = None
) -> str | None:
    """As long as it is not recorded; both sides may be convened again."""
    return _why_not_change(by, convening, "取消", reason)


def _why_not_change(by: Actor, convening: Convening, act: str, reason: str | None) -> str | None:
    session = convening.assignment.proposal.session
    if no := why_not_deputy_office(by, session, f"{act}协商"):
        return no
    if convening.state != ConveningState.CALLED:
        return f"这次协商{convening.get_state_display()}，不能再{act}。"
    if reason is not None and not says_something(reason):
        return f"请写明为什么{act}，代表和单位都会看到这句话。"
    return None


def why_not_record_convening(by: Actor, convening: Convening, today: date) -> str | None:
    """Once, on its day or later."""
    session = convening.assignment.proposal.session
    if reason := why_not_deputy_office(by, session, "记录协商结果"):
        return reason
    if convening.state == ConveningState.CALLED_OFF:
        return "这次协商已经取消，没有结果可记。"
    if convening.state != ConveningState.CALLED:
        return "协商结果已经记录。"
    return "还没到协商的日子。" if today < convening.meets_on else None
