"""重新办理 that runs: what pages say in place of 已答复, its own day and its light.

Who handles it, the deputies and the office read of an order as soon as it is given; the public
once the answer is published, and until the further one is opened (decision 0042).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from congress.shared.calendar import add_months
from proposals.models import Proposal, Rehandling
from proposals.queries.clocks import Clock, DayReason, Light, day, weekday
from proposals.rating_states import RehandlingState
from proposals.rules import REHANDLE_MONTHS
from proposals.states import ANSWERED, State

Orders = Sequence[Rehandling]
Answered = Mapping[int, Rehandling]
"""By the part whose further answer it is, the newest first."""
UNREAD = "再次答复还没有公开"


def running(proposals: Iterable[Proposal]) -> Mapping[int, list[Rehandling]]:
    """What is ordered and not answered, by the row under which it is handled, the next day first.

    One statement, and none while nothing has been answered.
    """
    about = {row.handled_as.pk for row in proposals if row.state in ANSWERED}
    rows = Rehandling.objects.open().filter(assignment__proposal__in=about)
    return _by_proposal(rows) if about else {}


def all_running() -> Mapping[int, list[Rehandling]]:
    """The same of all, where a list loads its rows itself."""
    return _by_proposal(Rehandling.objects.open())


def _by_proposal(rows: "QuerySet[Rehandling]") -> dict[int, list[Rehandling]]:
    found: dict[int, list[Rehandling]] = defaultdict(list)
    for each in rows.select_related("assignment__unit").order_by("due_on", "pk"):
        found[each.assignment.proposal_id].append(each)
    return found


def of(proposal: Proposal) -> Orders:
    """The same of one."""
    return running([proposal]).get(proposal.handled_as.pk, ())


def of_public(proposal: Proposal) -> Orders:
    """What everybody may know of: it stands until the further answer is before everybody."""
    return running_openly([proposal]).get(proposal.handled_publicly.pk, ())


def running_openly(proposals: Iterable[Proposal]) -> Mapping[int, list[Rehandling]]:
    """The same of many, by the row under which the public reads of it; one statement at most."""
    pairs = [(row, row.handled_publicly) for row in proposals]
    about = {to.pk for row, to in pairs if row.state == to.state == State.PUBLISHED}
    rows = Rehandling.objects.running_openly().filter(assignment__proposal__in=about)
    return _by_proposal(rows) if about else {}


def answered_openly(handled: Proposal) -> Answered:
    """Of each unit the newest that everybody reads the further answer of; none, no statement."""
    if all(each.version == 1 for each in handled.public_replies):
        return {}
    rows = Rehandling.objects.answered_openly().filter(assignment__proposal=handled)
    found: dict[int, Rehandling] = {}
    for each in rows.select_related("answer"):
        found.setdefault(each.assignment_id, each)
    return found


def still_open(orders: Orders) -> Orders:
    """Of these what no further answer has come to yet."""
    return [each for each in orders if each.state == RehandlingState.ORDERED]


def in_words(orders: Orders, today: date) -> str:
    """县交通运输局按要求重新办理，6 月 29 日前再答复; of several units each with its own."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in orders:
        answered = each.state == RehandlingState.ANSWERED
        tail = UNREAD if answered else f"{day(each.due_on, today)}前再答复"
        found[tail].append(each.assignment.unit.name)
    return "；".join(f"{'、'.join(units)}按要求重新办理，{tail}" for tail, units in found.items())


def light_of(orders: Orders, clock: Clock) -> Light | None:
    """Of the one that presses, named: the first answer has had its own."""
    first = min((each.due_on for each in orders), default=None)
    if first is None:
        return None
    found = clock.light(first)
    return found._replace(words=f"重新办理，{found.words}")


def due_light(proposal: Proposal, clock: Clock, orders: Orders) -> Light | None:
    """Of one as it is handled, while somebody's time is running."""
    return clock.light_on(proposal) or light_of(orders, clock)


def why(order: Rehandling, today: date) -> list[DayReason]:
    """为什么是这一天."""
    months = REHANDLE_MONTHS.on(order.ordered_on)
    counted = f"从要求之日起满 {months} 个月（本县办理办法）"
    if order.prolonged_on:
        counted = "延长以后的最后一天"
    elif order.due_on != add_months(order.ordered_on, months):
        counted += "，遇休息日顺延到下一个工作日"
    longer = [DayReason(day(order.prolonged_on, today), "延长重新办理的期限")]
    return [
        DayReason(day(order.ordered_on, today), "要求重新办理"),
        *(longer if order.prolonged_on else ()),
        DayReason(
            f"{day(order.due_on, today)} {weekday(order.due_on)}",
            f"{counted}，当天下班前再答复都算按期",
        ),
    ]
