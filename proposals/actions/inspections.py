"""常态查: a committee's visit to a unit, what it saw of each proposal, what the unit says to it."""

from datetime import date

from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Organisation
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.actions.locking import part_locked
from proposals.actions.telling import tell_lead, tell_people
from proposals.models import Assignment, Inspection, InspectionNote
from proposals.permissions.inspections import (
    why_not_answer_finding,
    why_not_drop_inspection,
    why_not_note_finding,
    why_not_plan_inspection,
    why_not_publish_inspection,
)
from proposals.queries.people import of_unit_part
from proposals.supervision_states import Finding, InspectionState


@transaction.atomic
def plan_inspection(
    unit: Organisation, *, visit_on: date, occasion: str, people: str, by: Actor
) -> Inspection:
    """登记检查: of whoever plans it; its sheet has the unit's open proposals. Nobody is told."""
    unit = lock(unit)  # a second click waits here, and then finds the first one's
    refuse_if(why_not_plan_inspection(by, unit, visit_on))
    if by.post is None:  # said above already
        raise Refused("监督检查须由人来登记。")
    inspection = Inspection(
        organisation=by.post.organisation,
        unit=unit,
        visit_on=visit_on,
        occasion=occasion.strip(),
        people=people.strip(),
        planned_by=by.user,
    )
    inspection.save(force_insert=True)
    record(inspection, InspectionState.PLANNED, by=by)
    return inspection


@transaction.atomic
def drop_inspection(inspection: Inspection, *, reason: str, by: Actor) -> Inspection:
    """取消检查: while nothing has been written down of it."""
    inspection = lock(inspection)
    refuse_if(why_not_drop_inspection(by, inspection, reason))
    return move(inspection, InspectionState.DROPPED, by=by, drop_reason=reason.strip())


@transaction.atomic
def note_finding(
    inspection: Inspection, *, part: Assignment, finding: str, words: str, by: Actor, today: date
) -> InspectionNote:
    """记检查情况: of one proposal, for good; the unit and the lead deputy are told.

    The first of them makes the visit one that has been made.
    """
    part = part_locked(part)
    inspection = lock(inspection)
    refuse_if(why_not_note_finding(by, inspection, part, words, today))
    note = InspectionNote(
        inspection=inspection,
        assignment=part,
        finding=finding,
        words=words.strip(),
        noted_by=by.user,
        noted_at=clock.now(),
    )
    note.save(force_insert=True)
    if inspection.state == InspectionState.PLANNED:
        move(inspection, InspectionState.MADE, by=by)
    record(note, "seen_on_visit", by=by)
    proposal, seen = part.proposal, Finding(finding).label
    visited = f"{inspection.organisation.name}检查了办理情况：{seen}，{note.words}"
    step = f"found.{note.pk}"
    tell_lead(proposal, step, f"您领衔的“{proposal.title}”，{visited}")
    text = f"{proposal.number}“{proposal.title}”，{visited}。有不同情况可以说明一次。"
    tell_people(of_unit_part(part, today), proposal, step, text, "case", proposal.pk)
    return note


@transaction.atomic
def answer_finding(note: InspectionNote, *, answer: str, by: Actor) -> InspectionNote:
    """单位说明: once; it stands beside what was seen."""
    part = part_locked(note.assignment)
    note = lock(note)
    refuse_if(why_not_answer_finding(by, note, answer))
    note.answer, note.answered_by, note.answered_at = answer.strip(), by.user, clock.now()
    note.save(update_fields=["answer", "answered_by", "answered_at"])
    record(note, "finding_answered", by=by)
    title, unit = part.proposal.title, part.unit.name
    text = f"您领衔的“{title}”，{unit}对检查情况作了说明：{note.answer}"
    tell_lead(part.proposal, f"finding_answered.{note.pk}", text)
    return note


@transaction.atomic
def publish_inspection(inspection: Inspection, *, by: Actor) -> Inspection:
    """公开检查情况: what was seen and what the unit says to it is on the public pages."""
    inspection = lock(inspection)
    refuse_if(why_not_publish_inspection(by, inspection))
    inspection.published_by, inspection.published_at = by.user, clock.now()
    inspection.save(update_fields=["published_by", "published_at"])
    record(inspection, "inspection_published", by=by)
    return inspection
