"""交: hand a numbered proposal to the units that must answer it or help."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.actions.telling import tell_deputies
from proposals.models import Assignment, Proposal
from proposals.permissions.assignment import why_not_assign
from proposals.queries.people import of_units
from proposals.queries.terms import DueDays
from proposals.rules import HARD_MONTHS, REPLY_MONTHS
from proposals.sharing import Share, in_order, in_words
from proposals.states import ANSWERING, Part, State, UnitRole


@transaction.atomic
def assign(
    proposal: Proposal,
    *,
    shares: Sequence[Share],
    by: Actor,
    today: date,
    seen: str | None = None,
) -> Proposal:
    """交办: who answers has three months, or six (代表法第五十一条); the others write to them.

    `seen` is of the asks that the office has read.
    """
    proposal = lock(proposal)
    refuse_if(why_not_assign(by, proposal, shares, seen))
    for position, share in enumerate(in_order(shares)):
        draw_up(proposal, share, position=position, by=by, today=today)
    return hand_over(proposal, by=by, today=today)


def draw_up(
    proposal: Proposal, share: Share, *, position: int, by: Actor, today: date, **facts: object
) -> Assignment:
    """One unit's part on paper: nothing runs yet. A part of the verbs that share out.

    Its months are those of this day until it is handed over.
    """
    part = Assignment(
        proposal=proposal,
        unit=share.unit,
        role=share.role,
        position=position,
        months=months_of(share, today),
        assigned_by=by.user,
        **facts,
    )
    part.save(force_insert=True)
    part.asks.set(share.asks)
    return part


def months_of(share: Share, today: date) -> int:
    """三个月, or six of the hard ones, as the rules of that day say."""
    hard = HARD_MONTHS.on(today)
    return hard if share.months >= hard else REPLY_MONTHS.on(today)


def hand_over(proposal: Proposal, *, by: Actor, today: date) -> Proposal:
    """The parts of a locked proposal are handed over and their clocks run. A part of verbs."""
    due_days = DueDays()
    parts = list(
        proposal.assignments.standing().select_related("unit", "sheet").order_by("position")
    )
    for part in parts:
        begin(part, due_days, by=by, today=today)
    last = min(part.due_on for part in parts if part.role in ANSWERING and part.due_on)
    shares = [Share(part.unit, UnitRole(part.role)) for part in parts]
    note = f"{in_words(shares)}，{by_when(last)}答复。"
    move(proposal, State.ASSIGNED, by=by, note=note, due_on=last)
    tell(proposal, parts, note, today)
    for merged in proposal.along:
        record(merged, "assigned_along", by=by, note=note)
        tell_deputies(merged, "assigned", f"（{merged.number}）并案办理，已交办：{note}")
    return proposal


def begin(part: Assignment, due_days: DueDays, *, by: Actor, today: date) -> None:
    """The part is handed over and its clock runs from today. A part of verbs."""
    part.assigned_on, part.months = today, due_days.months(part, today)
    last = due_days.of(part)
    facts = {"assigned_on": today, "months": part.months, "due_on": last}
    does = "答复" if part.answers else "送意见"
    move(part, Part.HANDED, by=by, note=f"{by_when(last)}{does}。", **facts)


def tell(proposal: Proposal, parts: Sequence[Assignment], note: str, today: date) -> None:
    """Each unit's people learn what their part is and by when, and the deputies who answers."""
    about, key = f"{proposal.number}“{proposal.title}”", f"proposal.assigned:{proposal.pk}"
    to_case = reverse("proposals:case", args=[proposal.pk])
    for part in parts:
        does = "答复" if part.answers else "送意见"
        due = by_when(part.due_on) if part.due_on else ""
        own = f"{about}交{part.unit.name}{part.get_role_display()}，{due}{does}。"
        notices.write(of_units([part.unit], today), key=key, text=own[:300], link=to_case)
    tell_deputies(proposal, "assigned", f"（{proposal.number}）已交办：{note}")


def by_when(last: date) -> str:
    """2026 年 6 月 9 日前."""
    return f"{last.year} 年 {last.month} 月 {last.day} 日前"
