"""In what part a reader reads of a step of the story, reasoned without the database's words."""

from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from proposals.events import EXTENSION, OBJECTION, PART, REPLY
from proposals.models import (
    Assignment,
    CarriedProposal,
    Challenge,
    Convening,
    Invitation,
    KeySupervision,
    LookBack,
    Meeting,
    Objection,
    Promise,
    Proposal,
    Rehandling,
    Reply,
    Sheet,
    Upgrade,
)
from proposals.readers import Reader
from proposals.states import NUMBERED, OPINING, SHOWN_TO_UNIT, Part, Signature, State, UnitRole

BECAME = Promise | LookBack | Upgrade | Challenge | Rehandling | Convening
"""Of these the public reads once the answer is published."""


def about(row):
    """The record, its proposal and its part."""
    model = next(m for m in Proposal._meta.apps.get_models() if m._meta.label == row.subject)
    record = model.objects.get(pk=row.subject_id)
    if row.subject == "proposals.Rating":
        return record, record.reply.assignment.proposal, record.reply.assignment
    part = record if isinstance(record, Assignment) else getattr(record, "assignment", None)
    if isinstance(record, Proposal):
        return record, record, None
    return record, part.proposal if part else getattr(record, "proposal", None), part


def on_the_sheet(actor, record):
    """A unit with a part on it that it is shown: of others' sheets it reads nothing."""
    lines = record.lines.all() if actor and isinstance(record, Sheet) else []
    found = Reader(0)
    for each in lines:
        if each.unit_id == actor.organisation_id and each.state in SHOWN_TO_UNIT:
            found |= Reader.ANSWERING if each.answers else Reader.ASSISTING
    return found


def part_of_reader(told, name, row):
    """In what part this reader reads of that step, reasoned without the database's words."""
    actor, (record, proposal, part) = told.readers[name].actor, told.about[row.pk]
    if name in ("office", "auditor"):
        return Reader.OFFICE | (Reader.RATINGS if name == "office" else Reader(0))
    if proposal is None:
        gone = actor and isinstance(record, Sheet) and taken_back(actor, record.lines.all())
        return (Reader.FORMER if gone else Reader(0)) | on_the_sheet(actor, record)
    in_hand = part is None or (part.assigned_on and part.state != Part.REMOVED)
    if row.now == "raises_again" and not (actor and proposal.lead.user == actor.user):
        found = proposal.challenges.values_list("reply__assignment__proposal__state", flat=True)
        if State.PUBLISHED not in found:
            return Reader(0)
    if actor is None:
        denied = isinstance(record, Meeting) and (record.denied_at or record.taken_back_at)
        denied = denied or (isinstance(record, KeySupervision) and record.state == "taken_back")
        denied = denied or (isinstance(record, CarriedProposal) and record.taken_back_on)
        denied = denied or (
            isinstance(record, Reply) and record.version > 1 and not record.opened_on
        )
        became = isinstance(record, BECAME)
        denied = denied or (became and proposal.state != State.PUBLISHED)
        told_of = became and not isinstance(record, Convening)
        denied = denied or (told_of and not record.reply.opened_on)
        public = proposal.state in NUMBERED and not proposal.withheld_reason
        shown = public and in_hand and (part is None or part.answers) and not denied
        return Reader.PUBLIC if shown else Reader(0)
    if actor.role == Role.DEPUTY:
        return deputys(actor, proposal, record) if in_hand else Reader(0)
    return units(told, actor, proposal, part, row.subject, in_hand)


def taken_back(actor, parts):
    """What the acting unit has seen of these and has no more, without an objection."""
    gone = [each for each in parts if each.state == Part.REMOVED]
    own = [each for each in gone if each.unit_id == actor.organisation_id]
    planned = AuditEvent.objects.filter(subject=PART, now__in=(Part.PLANNED, Part.HANDED))
    seen = set(planned.values_list("subject_id", flat=True))
    upheld = {each.assignment_id for each in Objection.objects.all() if each.state == "upheld"}
    return [each for each in own if each.pk in seen - upheld]


def deputys(actor, proposal, record):
    if proposal.lead.user == actor.user:
        return Reader.LEAD
    if isinstance(record, Invitation):
        open_still = not proposal.withheld_reason
        return Reader.ASKED if record.deputy.user == actor.user and open_still else Reader(0)
    signed = proposal.cosignatures.filter(deputy__user=actor.user, state=Signature.STANDING)
    return Reader.SIGNER if list(signed) else Reader(0)


def units(told, actor, proposal, part, subject, in_hand):
    of_unit = [
        each for each in told.parts_of.get(proposal.pk, []) if each.unit_id == actor.organisation_id
    ]
    own = [each for each in of_unit if each.state in SHOWN_TO_UNIT]
    raised = subject in (OBJECTION, EXTENSION) and part in of_unit
    found = Reader.OBJECTOR if raised else Reader(0)
    gone = [each for each in of_unit if not each.sheet or each.sheet.state != "dropped"]
    if proposal.state == "withdrawn" and part is None and taken_back(actor, gone):
        found |= Reader.FORMER
    if not own:
        return found
    mine = Reader.ANSWERING if own[0].answers else Reader.ASSISTING
    if part is None or part in own:
        return found | mine
    if in_hand and own[0].role == UnitRole.LEAD and part.role in OPINING:
        found |= Reader.HELPED
    if in_hand and own[0].role == UnitRole.JOINT and part.role == UnitRole.LEAD:
        found |= Reader.JOINT
    if in_hand and subject == REPLY and copied_to(own[0], proposal, part):
        found |= Reader.COPIED
    return found


def copied_to(own, proposal, part):
    """抄送: it had its part by the day of a reply that is open."""
    came = [each.replied_on >= own.assigned_on for each in part.replies.all() if own.assigned_on]
    return any(came) and not proposal.why_withheld
