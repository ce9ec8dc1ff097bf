"""重新办理: ordered in batches in the committee's name, answered by the unit's ordinary verbs."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.calendar import add_months
from congress.shared.models import Workday
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.actions.locking import parts_locked
from proposals.deadline import rolled
from proposals.models import Rehandling, Reply
from proposals.permissions.rehandling import why_not_batch, why_not_order_rehandling
from proposals.queries.people import heads_of, of_leaders, of_unit_part
from proposals.queries.reminding import Distances
from proposals.rating_states import RehandlingState
from proposals.rules import REHANDLE_MONTHS
from proposals.states import Distance

ALSO_LEADERS = frozenset({Distance.LATE, Distance.ESCALATED})
"""One step above the ordinary: heads from the first reminder on, leaders as soon as it is late."""


@transaction.atomic
def order_rehandling(
    orders: Sequence[tuple[Reply, str]], *, by: Actor, today: date
) -> list[Rehandling]:
    """要求重新办理: all of the batch or none; each with the office's own words and one last day.

    Of so many answers of so many units at least, after their release (decision 0042).

    The unit's clerk and head are told; nothing says whether a rating is behind it.
    """
    refuse_if(None if orders else "请先选要重新办理的答复。")
    locked = _locked(orders)
    for reply, words in locked:
        reason = why_not_order_rehandling(by, reply, today, words)
        of = f"{reply.assignment.proposal.number}：" if orders[1:] else ""
        refuse_if(reason and f"{of}{reason}")
    refuse_if(why_not_batch([reply for reply, _ in locked], today))
    due_on = rolled(add_months(today, REHANDLE_MONTHS.on(today)), Workday.objects.works())
    return [_order(reply, words.strip(), by, today, due_on) for reply, words in locked]


def _locked(orders: Sequence[tuple[Reply, str]]) -> list[tuple[Reply, str]]:
    """As `sign` does: proposals, parts, then the rest; a version signed meanwhile is seen."""
    parts = {part.pk: part for part in parts_locked(reply.assignment for reply, _ in orders)}
    found = []
    for reply, words in sorted(orders, key=lambda of: of[0].pk):
        row = lock(reply)
        row.assignment = parts[row.assignment_id]
        found.append((row, words))
    return found


def _order(reply: Reply, words: str, by: Actor, today: date, due_on: date) -> Rehandling:
    assert by.user  # noqa: S101  # why_not_order_rehandling asks for a post
    part = reply.assignment
    row = Rehandling.objects.create(
        assignment=part,
        reply=reply,
        round=part.rehandlings.count() + 1,
        words=words,
        ordered_on=today,
        ordered_by=by.user,
        due_on=due_on,
    )
    record(row, "rehandling_ordered", by=by, note=f"{due_on.month} 月 {due_on.day} 日前再答复。")
    office, title = part.proposal.session.office, part.proposal.title
    told = {user.pk: user for user in (*of_unit_part(part, today), *heads_of([part.unit], today))}
    notices.write(
        told.values(),
        key=f"proposal.rehandling:{row.pk}",
        text=f"{office}要求重新办理“{title}”，{due_on.month} 月 {due_on.day} 日前再答复。"[:300],
        link=reverse("proposals:case", args=[part.proposal_id]),
    )
    return row


def answer_rehandling(reply: Reply, *, by: Actor, today: date) -> None:
    """再次答复: the further version ends the order that it answers; a part of signing."""
    order = Rehandling.objects.open().filter(assignment=reply.assignment_id).first()
    if order:
        move(lock(order), RehandlingState.ANSWERED, by=by, answer=reply, ended_on=today)


@transaction.atomic
def remind_rehandlings(today: date) -> int:
    """催办 of each open order, once for each distance: the head from the first on."""
    distances, told = Distances.on(today), 0
    rows = Rehandling.objects.open().select_related("assignment__unit", "assignment__proposal")
    for order in rows.order_by("pk"):
        if distance := distances.of(order.due_on):
            part = order.assignment
            people = [*of_unit_part(part, today), *heads_of([part.unit], today)]
            people += of_leaders(today) if distance in ALSO_LEADERS else []
            day = f"{order.due_on.month} 月 {order.due_on.day} 日"
            notices.write(
                {user.pk: user for user in people}.values(),
                key=f"proposal.rehandling_due:{order.pk}.{distance.value}",
                text=f"重新办理{distance.label}：“{part.proposal.title}”，{day}前再答复。"[:300],
                link=reverse("proposals:case", args=[part.proposal_id]),
            )
            told += 1
    return told
