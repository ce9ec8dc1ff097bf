"""办: three meetings, then the reply."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days
from congress.shared.errors import Refused
from congress.shared.models import Workday
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.models import Assignment, Meeting, OutcomeClass, Proposal, Reply
from proposals.permissions.handling import (
    why_not_confirm_meeting,
    why_not_record_meeting,
    why_not_reply,
)
from proposals.rules import RATE_DAYS
from proposals.states import Stage, State


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
    """登记见面: one of 办前, 办中, 办后 is on record and waits for the deputy's word."""
    assignment = lock(assignment)
    refuse_if(why_not_record_meeting(by, assignment, stage, met_on, today))
    if not (place.strip() and people.strip() and said.strip()):
        raise Refused("地点、参加人、谈了什么，都要写。")
    meeting = Meeting(
        assignment=assignment,
        stage=stage,
        met_on=met_on,
        place=place.strip(),
        people=people.strip(),
        said=said.strip(),
        recorded_by=by.user,
    )
    meeting.save(force_insert=True)
    label, day = Stage(stage).label, f"{met_on.month} 月 {met_on.day} 日"
    proposal = assignment.proposal
    note = f"{label}：{day}，{meeting.place}。"
    record(proposal, f"met_{Stage(stage).value}", by=by, note=note)
    notices.write(
        [proposal.lead.user],
        key=f"proposal.meeting:{meeting.pk}",
        text=f"{assignment.unit.name}登记{day}和您{label}（“{proposal.title}”），请您确认。",
        link=reverse("proposals:detail", args=[proposal.pk]),
    )
    return meeting


@transaction.atomic
def confirm_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """见过，属实: the lead deputy bears out what the unit has recorded."""
    meeting = lock(meeting)
    refuse_if(why_not_confirm_meeting(by, meeting))
    meeting.confirmed_by, meeting.confirmed_at = by.user, clock.now()
    meeting.save(update_fields=["confirmed_by", "confirmed_at"])
    note = f"领衔代表确认{meeting.get_stage_display()}属实。"
    record(meeting.assignment.proposal, f"confirmed_{meeting.stage}", by=by, note=note)
    return meeting


@transaction.atomic
def reply(
    assignment: Assignment,
    *,
    outcome: OutcomeClass,
    text: str,
    file_number: str,
    signer: str,
    by: Actor,
    today: date,
) -> Reply:
    """答复: the lead unit has answered with a class, and the lead deputy may rate it."""
    proposal = lock(Proposal.objects.get(pk=assignment.proposal_id))
    assignment = lock(assignment)
    refuse_if(why_not_reply(by, assignment))
    if not (text.strip() and file_number.strip() and signer.strip()):
        raise Refused("答复内容、文号、签发人，都要写。")
    answer = Reply(
        assignment=assignment,
        outcome=outcome,
        text=text.strip(),
        file_number=file_number.strip(),
        signer=signer.strip(),
        replied_by=by.user,
        replied_on=today,
        rate_until=add_working_days(today, RATE_DAYS.on(today), Workday.objects.works()),
    )
    answer.save(force_insert=True)
    unit, number = assignment.unit.name, answer.file_number
    note = f"{unit}答复，{number}，{outcome.code} 类（{outcome.name}）。"
    move(proposal, State.ANSWERED, by=by, note=note, answered_on=today)
    last = f"{answer.rate_until.month} 月 {answer.rate_until.day} 日"
    notices.write(
        [proposal.lead.user],
        key=f"proposal.answered:{answer.pk}",
        text=f"“{proposal.title}”有了答复，请在 {last}前评价。",
        link=reverse("proposals:rate", args=[proposal.pk]),
    )
    return answer
