"""重新办理: ordered in batches in the committee's name, answered by the unit's ordinary verbs."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.calendar import add_months
from congress.shared.models import Notice, User, Workday
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.actions.due_days import in_full
from proposals.actions.locking import part_locked, parts_locked
from proposals.actions.telling import tell_lead
from proposals.deadline import rolled
from proposals.models import Rehandling, Reply
from proposals.permissions.rehandling import (
    why_not_batch,
    why_not_order_rehandling,
    why_not_prolong_rehandling,
    why_not_take_back_rehandling,
)
from proposals.queries.clocks import day
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
        round=part.rehandlings.standing().count() + 1,
        words=words,
        ordered_on=today,
        ordered_by=by.user,
        due_on=due_on,
    )
    record(row, "rehandling_ordered", by=by, note=f"{in_full(due_on).strip()}前再答复。")
    office, title = part.proposal.session.office, part.proposal.title
    told = {user.pk: user for user in (*of_unit_part(part, today), *heads_of([part.unit], today))}
    notices.write(
        told.values(),
        key=f"proposal.rehandling:{row.pk}",
        text=f"{office}要求重新办理“{title}”，{day(due_on, today)}前再答复。"[:300],
        link=reverse("proposals:case", args=[part.proposal_id]),
    )
    return row


@transaction.atomic
def prolong_rehandling(
    order: Rehandling, *, months: int, reason: str, by: Actor, today: date
) -> Rehandling:
    """延长: once; its months are counted from the day of the order together with the first ones.

    The unit, its head, the deputy and whoever was reminded of the earlier day read the new one.
    """
    part_locked(order.assignment)
    order, reason = lock(order), reason.strip()
    refuse_if(why_not_prolong_rehandling(by, order, today, months, reason))
    whole = REHANDLE_MONTHS.on(order.ordered_on) + months
    due_on = rolled(add_months(order.ordered_on, whole), Workday.objects.works())
    order.due_on = max(due_on, order.due_on)
    order.prolonged_on, order.prolonged_why = today, reason
    order.save(update_fields=["due_on", "prolonged_on", "prolonged_why"])
    unit, until = order.assignment.unit.name, in_full(order.due_on).strip()
    record(order, "rehandling_prolonged", by=by, note=f"{reason}；延长到 {until}。")
    text = f"{unit}重新办理的期限延长到 {day(order.due_on, today)}：{reason}"
    _tell_changed(order, "rehandling_prolonged", text, today)
    return order


@transaction.atomic
def take_back_rehandling(order: Rehandling, *, reason: str, by: Actor, today: date) -> Rehandling:
    """撤回: the unit need not answer again; whoever knew of the order reads why."""
    part_locked(order.assignment)
    order, reason = lock(order), reason.strip()
    refuse_if(why_not_take_back_rehandling(by, order, reason))
    facts = {"taken_back_why": reason, "ended_on": today}
    move(order, RehandlingState.TAKEN_BACK, by=by, note=reason, **facts)
    text = f"对{order.assignment.unit.name}的重新办理要求撤回，不用再答复：{reason}"
    _tell_changed(order, "rehandling_taken_back", text, today)
    return order


def _tell_changed(order: Rehandling, step: str, words: str, today: date) -> None:
    """What was asked by the earlier day is asked no more."""
    part, title = order.assignment, order.assignment.proposal.title
    asked = Notice.objects.filter(
        Q(key__startswith=f"proposal.rehandling_due:{order.pk}.")
        | Q(key=f"proposal.rehandling:{order.pk}")
    )
    reminded = User.objects.filter(notices__in=asked).distinct()
    for key in sorted(set(asked.values_list("key", flat=True))):
        notices.settle_for_all(key=key, at=clock.now())
    told = {each.pk: each for each in (*of_unit_part(part, today), *heads_of([part.unit], today))}
    told |= {each.pk: each for each in reminded}
    text, key = f"“{title}”：{words}"[:300], f"proposal.{step}:{order.pk}"
    link = reverse("proposals:case", args=[part.proposal_id])
    notices.write(told.values(), key=key, text=text, link=link)
    tell_lead(part.proposal, f"{step}.{order.pk}", text)


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
            part, again = order.assignment, ".prolonged" if order.prolonged_on else ""
            people = [*of_unit_part(part, today), *heads_of([part.unit], today)]
            people += of_leaders(today) if distance in ALSO_LEADERS else []
            until = day(order.due_on, today)
            notices.write(
                {user.pk: user for user in people}.values(),
                key=f"proposal.rehandling_due:{order.pk}.{distance.value}{again}",
                text=f"重新办理{distance.label}：“{part.proposal.title}”，{until}前再答复。"[:300],
                link=reverse("proposals:case", args=[part.proposal_id]),
            )
            told += 1
    return told
