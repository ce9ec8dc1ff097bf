"""三见面: written down by one side, borne out or contradicted by the other, or waived."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from congress.shared.workflow import lock, record, refuse_if
from proposals.actions.locking import part_locked
from proposals.models import Assignment, Meeting, Waiver
from proposals.permissions.meetings import (
    why_not_confirm_meeting,
    why_not_deny_meeting,
    why_not_excuse_meeting,
    why_not_record_meeting,
    why_not_take_back_meeting,
    why_not_waive_meeting,
)
from proposals.queries.people import of_unit_part, of_units
from proposals.queries.speaking import hearers
from proposals.states import Side, Stage


@transaction.atomic
def record_meeting(
    assignment: Assignment,
    *,
    stage: Stage,
    met_on: date,
    place: str,
    people: str,
    said: str,
    by: Actor,
    today: date,
) -> Meeting:
    """登记见面: one of 办前, 办中, 办后 is on record and waits for the other side's word."""
    assignment = lock(assignment)
    words = (place, people, said)
    refuse_if(why_not_record_meeting(by, assignment, stage, met_on, today, words))
    meeting = Meeting(
        assignment=assignment,
        stage=stage,
        side=Side.DEPUTY if by.is_a(Role.DEPUTY) else Side.UNIT,
        met_on=met_on,
        place=place.strip(),
        people=people.strip(),
        said=said.strip(),
        recorded_by=by.user,
    )
    meeting.save(force_insert=True)
    label, day = Stage(stage).label, f"{met_on.month} 月 {met_on.day} 日"
    note = f"{label}：{day}，{meeting.place}。"
    record(meeting, f"met_{Stage(stage).value}", by=by, note=note)
    told = f"登记 {day}{label}（“{assignment.proposal.title}”），请您确认。"
    _tell_other_side(meeting, "meeting", f"{_name(meeting, by)}{told}", today)
    return meeting


@transaction.atomic
def confirm_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """见过，属实: the other side bears out what was written down."""
    meeting = lock(meeting)
    refuse_if(why_not_confirm_meeting(by, meeting))
    meeting.confirmed_by, meeting.confirmed_at = by.user, clock.now()
    meeting.save(update_fields=["confirmed_by", "confirmed_at"])
    who = "领衔代表" if meeting.side == Side.UNIT else meeting.assignment.unit.name
    note = f"{who}确认{meeting.get_stage_display()}属实。"
    record(meeting, f"confirmed_{meeting.stage}", by=by, note=note)
    return meeting


@transaction.atomic
def deny_meeting(meeting: Meeting, *, words: str, by: Actor, today: date) -> Meeting:
    """不是这样: the meeting counts no more, its writer reads why, and may write it down anew.

    Whoever signs the reply meanwhile has the part: no reply stands on a meeting that is denied.
    """
    part_locked(meeting.assignment)
    meeting = lock(meeting)
    refuse_if(why_not_deny_meeting(by, meeting, words))
    meeting.denied_by, meeting.denied_at = by.user, clock.now()
    meeting.denial = words.strip()
    meeting.save(update_fields=["denied_by", "denied_at", "denial"])
    label = meeting.get_stage_display()
    note = f"对方不认可登记的{label}。"
    record(meeting, f"denied_{meeting.stage}", by=by, note=note)
    title = meeting.assignment.proposal.title
    text = f"{by.name}不认可登记的{label}（“{title}”）：{meeting.denial}"
    _tell(_writers(meeting, today), meeting, "denied", text)
    return meeting


@transaction.atomic
def take_back_meeting(meeting: Meeting, *, by: Actor, today: date) -> Meeting:
    """撤销登记: written down wrongly, it counts no more and stays on record; nobody is asked of it.

    Whoever signs the reply meanwhile has the part, as with a denial.
    """
    part_locked(meeting.assignment)
    meeting = lock(meeting)
    refuse_if(why_not_take_back_meeting(by, meeting))
    meeting.taken_back_by, meeting.taken_back_at = by.user, clock.now()
    meeting.save(update_fields=["taken_back_by", "taken_back_at"])
    label, day = meeting.get_stage_display(), f"{meeting.met_on.month} 月 {meeting.met_on.day} 日"
    note = f"撤销登记的{label}：{day}，{meeting.place}。"
    record(meeting, f"taken_back_{meeting.stage}", by=by, note=note)
    notices.settle_for_all(key=f"proposal.meeting:{meeting.pk}", at=clock.now())
    told = f"撤销了登记的 {day}{label}（“{meeting.assignment.proposal.title}”），不用再确认。"
    _tell_other_side(meeting, "taken_back", f"{_name(meeting, by)}{told}", today)
    return meeting


@transaction.atomic
def waive_meeting(
    assignment: Assignment, *, stage: Stage, reason: str, by: Actor, today: date
) -> Waiver:
    """免见面: the deputy needs no meeting at this stage, says why, and the gate is open there."""
    assignment = lock(assignment)
    refuse_if(why_not_waive_meeting(by, assignment, stage, reason))
    waiver = Waiver(assignment=assignment, stage=stage, reason=reason.strip(), waived_by=by.user)
    waiver.save(force_insert=True)
    label = Stage(stage).label
    note = f"领衔代表同意免去{label}。"
    record(waiver, f"waived_{Stage(stage).value}", by=by, note=note)
    notices.write(
        of_unit_part(assignment, today),
        key=f"proposal.waived:{waiver.pk}",
        text=f"领衔代表同意免去{label}（“{assignment.proposal.title}”）：{waiver.reason}"[:300],
        link=reverse("proposals:case", args=[assignment.proposal_id]),
    )
    return waiver


@transaction.atomic
def excuse_meeting(
    assignment: Assignment, *, stage: Stage, reason: str, by: Actor, today: date
) -> Waiver:
    """免去代表不认可的见面: the office opens the gate there, and both sides read why.

    Decision 0034: whoever denies every meeting shall not keep the answer back for good.
    """
    assignment = lock(assignment)
    refuse_if(why_not_excuse_meeting(by, assignment, stage, reason))
    proposal, label = assignment.proposal, Stage(stage).label
    waiver = Waiver(
        assignment=assignment,
        stage=stage,
        reason=reason.strip(),
        waived_by=by.user,
        office=proposal.session.office,
    )
    waiver.save(force_insert=True)
    note = f"代表不认可登记的{label}，{waiver.office}免去。"
    record(waiver, f"excused_{Stage(stage).value}", by=by, note=note)
    told = f"{waiver.office}免去{assignment.unit.name}的{label}（“{proposal.title}”）："
    key, text = f"proposal.excused:{waiver.pk}", f"{told}{waiver.reason}"[:300]
    for people, page in (
        (of_unit_part(assignment, today), "case"),
        (hearers(proposal), "detail"),
    ):
        link = reverse(f"proposals:{page}", args=[proposal.pk])
        notices.write(people, key=key, text=text, link=link)
    return waiver


def _name(meeting: Meeting, by: Actor) -> str:
    return f"{by.name}代表" if meeting.side == Side.DEPUTY else meeting.assignment.unit.name


def _tell_other_side(meeting: Meeting, step: str, text: str, today: date) -> None:
    """Not the writer, if they have a post there too: others can bear it out, or nobody."""
    part = meeting.assignment
    people: list[User | None] = hearers(part.proposal)
    if meeting.side == Side.DEPUTY:
        people = [*of_unit_part(part, today)]
        if people == [meeting.recorded_by]:
            people = [*of_units([part.unit], today)]
    others = [each for each in people if each != meeting.recorded_by]
    _tell(others, meeting, step, text)


def _writers(meeting: Meeting, today: date) -> list[User | None]:
    if meeting.side == Side.DEPUTY:
        return hearers(meeting.assignment.proposal)
    return [*of_unit_part(meeting.assignment, today)]


def _tell(people: list[User | None], meeting: Meeting, step: str, text: str) -> None:
    """The deputy's link leads to the proposal, the unit's to its case."""
    deputies, pk = hearers(meeting.assignment.proposal), meeting.assignment.proposal_id
    for person in people:
        page = "proposals:detail" if person in deputies else "proposals:case"
        key = f"proposal.{step}:{meeting.pk}"
        notices.write([person], key=key, text=text[:300], link=reverse(page, args=[pk]))
