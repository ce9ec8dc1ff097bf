"""What one page about one proposal shows, ready to print."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from congress.shared.models import Workday
from deputies.models import Deputy
from proposals.deadline import Terms
from proposals.gate import missing_stages
from proposals.models import Assignment, Proposal, Reply
from proposals.permissions import (
    why_not_confirm_meeting,
    why_not_cosign,
    why_not_rate,
    why_not_record_meeting,
    why_not_save_reply,
    why_not_sign,
    why_not_submit_for_signing,
)
from proposals.permissions.replies import open_draft
from proposals.queries.clocks import (
    Clock,
    Step,
    day,
    weekday,
    why_this_due_date,
    why_this_rate_date,
)
from proposals.queries.deputies import rated_replies
from proposals.queries.progress import situation, stops
from proposals.queries.terms import terms_of
from proposals.queries.units import marks
from proposals.rules import LAST_DAY_ROLLS, RATE_DAYS, REPLY_MONTHS
from proposals.states import Stage, State


class ToSign(NamedTuple):
    """One line of the list of proposals that one may sign."""

    proposal: Proposal
    when: str


def to_sign(rows: Iterable[Proposal], today: date) -> list[ToSign]:
    return [ToSign(row, day(row.submitted_on, today)) for row in rows]


class Met(NamedTuple):
    """One of the three meetings as a page shows it."""

    stage: Stage
    meeting: object
    when: str
    refusal: str | None


def meetings(assignment: Assignment | None, by: Actor, today: date) -> list[Met]:
    """All three, held or not; `refusal` is why this person cannot confirm it."""
    held = {each.stage: each for each in assignment.held} if assignment else {}
    return [
        Met(
            stage,
            held.get(stage),
            f"{day(held[stage].met_on, today)} {weekday(held[stage].met_on)}"
            if stage in held
            else "",
            why_not_confirm_meeting(by, held[stage]) if stage in held else "还没有见面。",
        )
        for stage in Stage
    ]


def detail(proposal: Proposal, actor: Actor, today: date) -> dict[str, object]:
    """一件建议 for deputies: title, light, track, what now, and what waits for them."""
    clock = Clock.on(today)
    deputy = Deputy.objects.filter(user=actor.user).first()
    leads = actor.same_person(proposal.lead.user_id)
    reply = proposal.reply
    return {
        "proposal": proposal,
        "leads": leads,
        "light": due_light(proposal, clock),
        "stops": stops(proposal, today),
        "now": situation(proposal),
        "signatures": list(proposal.cosignatures.standing().select_related("deputy")),
        "no_cosign": why_not_cosign(actor, proposal, deputy, today),
        "meetings": meetings(proposal.lead_assignment, actor, today),
        "reply": reply,
        "may_rate": bool(reply and not why_not_rate(actor, reply, today)),
        "rated": bool(leads and rated_replies(actor, [proposal])),
        "rate_by": day(reply.rate_until, today) if reply else "",
        "why_due": why_due(proposal),
        "may_mend": leads and proposal.state == State.RETURNED,
    }


def due_light(proposal: Proposal, clock: Clock) -> object:
    """The light, while somebody's time is running."""
    if proposal.state != State.ASSIGNED or not proposal.due_on:
        return None
    return clock.light(proposal.due_on)


def why_due(proposal: Proposal) -> list[Step]:
    """为什么是这一天, once there is a day."""
    assignment = proposal.lead_assignment
    if assignment is None:
        return []
    return why_this_due_date(terms_of(assignment), Workday.objects.works())


def why_rate(reply: Reply) -> list[Step]:
    """为什么是这一天, for the rating."""
    days = RATE_DAYS.on(reply.replied_on)
    return why_this_rate_date(reply.replied_on, reply.rate_until, days, Workday.objects.works())


def case(assignment: Assignment, actor: Actor, today: date) -> dict[str, object]:
    """一件建议 for a unit. No rating is looked at here, so none can show."""
    clock, proposal = Clock.on(today), assignment.proposal
    draft = open_draft(assignment)
    leads = assignment.answers
    return {
        "assignment": assignment,
        "proposal": proposal,
        "leads": leads,
        "light": due_light(proposal, clock),
        "due": f"{day(assignment.due_on, today)} {weekday(assignment.due_on)}",
        "stops": stops(proposal, today),
        "now": situation(proposal),
        "partners": [each for each in proposal.parts if each.pk != assignment.pk],
        "signatures": list(proposal.cosignatures.standing().select_related("deputy")),
        "meetings": meetings(proposal.lead_assignment, actor, today),
        "missing": missing_stages(assignment) if leads else [],
        "marks": marks(assignment),
        "reply": proposal.reply,
        "no_meeting": why_not_record_meeting(actor, assignment),
        "draft": draft,
        "no_save": why_not_save_reply(actor, assignment),
        "no_submit": why_not_submit_for_signing(actor, assignment, today),
        "no_sign": why_not_sign(actor, draft, today) if draft else None,
        "why_due": why_due(proposal),
    }


def dossier(proposal: Proposal, actor: Actor, today: date) -> dict[str, object]:
    """一件建议 for the office: everything but the rating."""
    return {
        "proposal": proposal,
        "light": due_light(proposal, Clock.on(today)),
        "stops": stops(proposal, today),
        "now": situation(proposal),
        "submitted": day(proposal.submitted_on, today),
        "signatures": list(proposal.cosignatures.standing().select_related("deputy")),
        "units": proposal.parts,
        "meetings": meetings(proposal.lead_assignment, actor, today),
        "reply": proposal.reply,
        "rating_open": bool(proposal.reply and today <= proposal.reply.rate_until),
        "rate_by": day(proposal.reply.rate_until, today) if proposal.reply else "",
        "why_due": why_due(proposal),
    }


def due_if_assigned(today: date) -> list[Step]:
    """为什么是这一天, before the act: what the date will be."""
    terms = Terms(today, REPLY_MONTHS.on(today), rolls=bool(LAST_DAY_ROLLS.on(today)))
    return why_this_due_date(terms, Workday.objects.works())
