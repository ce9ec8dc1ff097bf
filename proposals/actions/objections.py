"""异议: a unit says that a part is another's; the office moves it or leaves it."""

from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.actions import assignment
from proposals.actions.due_days import (
    end_objection,
    end_pause,
    end_request,
    move_opinions,
    settle,
    settle_objection,
)
from proposals.actions.locking import part_locked
from proposals.actions.questions import follow_part
from proposals.actions.telling import tell_deputies, tell_people
from proposals.models import Assignment, Objection
from proposals.permissions.objections import (
    has_part,
    helping_part,
    why_not_dismiss_objection,
    why_not_object_to,
    why_not_uphold_objection,
)
from proposals.queries.people import of_office, of_unit_part, of_units
from proposals.queries.terms import DueDays
from proposals.sharing import Share
from proposals.states import ObjectionState, Part, UnitRole


@transaction.atomic
def object_to(
    part: Assignment, *, better_unit: Organisation, reason: str, by: Actor, today: date
) -> Objection:
    """提异议: the part waits for the office's word, and its clock with it does not stop."""
    part = part_locked(part)
    refuse_if(why_not_object_to(by, part, today, better_unit, reason))
    objection = Objection(
        assignment=part,
        back_to=part.state,
        reason=reason.strip(),
        better_unit=better_unit,
        raised_by=by.user,
        raised_on=today,
    )
    objection.save(force_insert=True)
    move(part, Part.OBJECTED, by=by)
    does = "牵头" if has_part(part, better_unit) else "办理"
    note = f"{part.unit.name}提出异议，认为应由{better_unit.name}{does}。"
    record(objection, "objected", by=by, note=note)
    text = f"{part.proposal.number}“{part.proposal.title}”：{note}理由：{objection.reason}"
    step = f"objected.{objection.pk}"
    tell_people(of_office(today), part.proposal, step, text, "objection_list")
    return objection


@transaction.atomic
def uphold_objection(
    objection: Objection, *, unit: Organisation, words: str, by: Actor, today: date
) -> Assignment:
    """改交: the other unit takes the part in its role, place and asks; a clock begins anew.

    One that helped with the same proposal helps no more: it answers now, with days of its own.
    Of what is in hand all who raised, signed or handle it learn who does it now and by when.
    """
    old, objection = part_locked(objection.assignment), lock(objection)
    refuse_if(why_not_uphold_objection(by, objection, unit, words))
    helped = helping_part(old, unit)
    instead = f"，不再{helped.get_role_display()}" if helped else ""
    note = f"采纳{old.unit.name}的异议，改由{unit.name}{old.get_role_display()}{instead}。"
    _decide(objection, ObjectionState.UPHELD, note, words, by, today)
    _end(old, f"采纳单位的异议，改由{unit.name}办理。", by, today)
    if helped:
        _end(lock(helped), f"改由{unit.name}{old.get_role_display()}。", by, today)
    asks = list(old.asks.values_list("pk", flat=True))
    share = Share(unit, UnitRole(old.role), asks, old.months)
    new = assignment.draw_up(
        old.proposal, share, position=old.position, by=by, today=today, sheet=old.sheet
    )
    if objection.back_to == Part.PLANNED:
        move(new, Part.PLANNED, by=by)
    else:
        assignment.begin(new, DueDays(), by=by, today=today)
        settle(old.proposal_id)
        move_opinions(new, by=by, today=today)
        follow_part(old.proposal, by=by, today=today)
        _announce(new, instead, by=by, today=today)
    _tell(objection, [old.unit, unit], f"{note}{objection.words}", today)
    return new


def _announce(new: Assignment, instead: str, *, by: Actor, today: date) -> None:
    """Of the objection nothing is said: that is between the units and the office."""
    proposal, last = new.proposal, assignment.by_when(new.due_on or today)
    does = "答复" if new.answers else "送意见"
    note = f"改由{new.unit.name}{new.get_role_display()}{instead}，{last}{does}。"
    line = record(proposal, "reassigned", by=by, note=note)
    step = f"reassigned.{line.pk}"
    tell_deputies(proposal, step, f"（{proposal.number}）{note}")
    beside = proposal.assignments.running().exclude(pk=new.pk).select_related("unit").order_by("pk")
    people = [each for part in beside for each in of_unit_part(part, today)]
    text = f"{proposal.number}“{proposal.title}”：{note}"
    tell_people(people, proposal, step, text, "case", proposal.pk)
    for merged in proposal.along:
        record(merged, "reassigned_along", by=by, note=note)
        tell_deputies(merged, step, f"（{merged.number}）并案办理，{note}")


def _end(part: Assignment, why: str, by: Actor, today: date) -> None:
    """The locked part is its unit's no more, with all that waited on it."""
    end_objection(part, why, by=by, today=today)
    move(part, Part.REMOVED, by=by)
    end_request(part, why, by=by, today=today)
    end_pause(part, why, by=by, today=today)


@transaction.atomic
def dismiss_objection(objection: Objection, *, words: str, by: Actor, today: date) -> Objection:
    """维持原交办: the part goes back to where it was, and the unit reads why."""
    part, objection = part_locked(objection.assignment), lock(objection)
    refuse_if(why_not_dismiss_objection(by, objection, words))
    note = f"不采纳{part.unit.name}的异议，维持原交办。"
    _decide(objection, ObjectionState.DISMISSED, note, words, by, today)
    move(part, Part(objection.back_to), by=by)
    _tell(objection, [part.unit], f"{note}{objection.words}", today)
    return objection


def _decide(
    objection: Objection, to: ObjectionState, note: str, words: str, by: Actor, today: date
) -> None:
    facts = {"words": words.strip(), "decided_by": by.user, "decided_on": today}
    move(objection, to, by=by, note=note, **facts)
    settle_objection(objection)


def _tell(objection: Objection, units: list[Organisation], note: str, today: date) -> None:
    proposal = objection.assignment.proposal
    text = f"{proposal.number}“{proposal.title}”：{note}"
    step = f"objection_decided.{objection.pk}"
    tell_people(of_units(units, today), proposal, step, text, "unit_desk")
