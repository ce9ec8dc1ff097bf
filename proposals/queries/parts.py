"""The parts of a proposal that somebody may open, and what the three meetings of one are worth."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.roles import UNIT, Role
from proposals.gate import COLOURS, Standing, denied_stages, standings
from proposals.models import Assignment, Meeting, Proposal, Waiver
from proposals.permissions import (
    why_not_confirm_meeting,
    why_not_deny_meeting,
    why_not_excuse_meeting,
    why_not_record_meeting,
    why_not_take_back_meeting,
    why_not_waive_meeting,
)
from proposals.permissions.speaking import reads_as_lead
from proposals.queries.clocks import Clock, day, weekday
from proposals.rules import CONFIRM_DAYS
from proposals.states import IN_HAND, Side, Stage


def open_to(actor: Actor) -> QuerySet[Assignment]:
    """A unit's own parts; for deputies the answering ones of the proposals they may read."""
    if actor.role in UNIT:
        return Assignment.objects.handled_by(actor)
    seen = Proposal.objects.visible_to(actor)
    return Assignment.objects.answering().filter(proposal__in=seen, state__in=IN_HAND)


def meetings_open_to(actor: Actor) -> QuerySet[Meeting]:
    """三见面 of the parts that this person may open: another unit's are not found."""
    return Meeting.objects.filter(assignment__in=open_to(actor))


class Denied(NamedTuple):
    """A meeting that does not count: its day, and who says so to this reader."""

    stage: str
    met: str
    who: str
    words: str


class Met(NamedTuple):
    """One of the three as a page shows it; the refusals are for this reader.

    `excusable` tells a unit that the office may excuse it from what the deputy denies, and
    `may_excuse` offers it to the office.
    """

    stage: Stage
    meeting: Meeting | None
    waiver: Waiver | None
    denied: list[Denied]
    excusable: bool
    may_excuse: bool
    when: str
    words: str
    colour: str
    no_confirm: str | None
    no_deny: str | None
    no_take_back: str | None


class PartMet(NamedTuple):
    """三见面 of one answering unit, and what this reader may do about them."""

    part: Assignment
    meetings: list[Met]
    no_record: str | None
    no_waive: str | None


def three_meetings(parts: Sequence[Assignment], by: Actor, clock: Clock) -> list[PartMet]:
    """三见面 of each unit that answers."""
    days = CONFIRM_DAYS.on(clock.today)
    return [
        PartMet(
            part,
            meetings(part, by, clock, days),
            why_not_record_meeting(by, part),
            why_not_waive_meeting(by, part),
        )
        for part in parts
        if part.answers
    ]


def meetings(part: Assignment, by: Actor, clock: Clock, days: int) -> list[Met]:
    """All three, held or not; one-sided ones are called so.

    Who denied what is between both sides and the office, as `events` has it: no co-signer reads it.
    """
    held = {each.stage: each for each in part.held}
    waived = {each.stage: each for each in part.waivers.all()}
    hears = not by.is_a(Role.DEPUTY) or reads_as_lead(by, part.proposal)
    rows = [each for each in part.meetings.all() if each.denied_at and hears]
    denied = [_denied(each, part, by, clock.today) for each in rows]
    found = standings(part, clock.today, clock.works, days)
    stages = denied_stages(part)
    excusable = stages if by.role in UNIT else []
    offered = stages if stages and not why_not_excuse_meeting(by, part) else []
    return [
        _met(
            stage,
            held.get(stage),
            waived.get(stage),
            [each for each in denied if each.stage == stage],
            stage in excusable,
            stage in offered,
            found[stage],
            by,
            clock.today,
        )
        for stage in Stage
    ]


def _denied(meeting: Meeting, part: Assignment, by: Actor, today: date) -> Denied:
    """Who said so: where it was a foster, that one and not the lead."""
    lead = part.proposal.lead
    name = lead.name if meeting.denied_by_id in (None, lead.user_id) else meeting.denied_by
    who = f"{name}代表" if meeting.side == Side.UNIT else part.unit.name
    said = "您" if by.same_person(meeting.denied_by_id) else who
    return Denied(meeting.stage, day(meeting.met_on, today), said, meeting.denial)


def _met(
    stage: Stage,
    meeting: Meeting | None,
    waiver: Waiver | None,
    denied: list[Denied],
    excusable: bool,
    may_excuse: bool,
    how: Standing,
    by: Actor,
    today: date,
) -> Met:
    none = "还没有见面。"
    return Met(
        stage=stage,
        meeting=meeting,
        waiver=waiver,
        denied=denied,
        excusable=excusable,
        may_excuse=may_excuse,
        when=f"{day(meeting.met_on, today)} {weekday(meeting.met_on)}" if meeting else "",
        words=_words(how, meeting),
        colour=COLOURS[how],
        no_confirm=why_not_confirm_meeting(by, meeting) if meeting else none,
        no_deny=why_not_deny_meeting(by, meeting) if meeting else none,
        no_take_back=why_not_take_back_meeting(by, meeting) if meeting else none,
    )


def _words(how: Standing, meeting: Meeting | None) -> str:
    if meeting is None or how not in (Standing.WAITING, Standing.ONE_SIDED):
        return how.value
    silent = "代表" if meeting.side == Side.UNIT else "单位"
    return f"等{silent}确认" if how is Standing.WAITING else f"{silent}没有确认 · 一方记录"
