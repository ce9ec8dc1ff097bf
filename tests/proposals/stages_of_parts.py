"""Each kind of row about a unit's part in each of its states, made by the real verbs."""

from datetime import timedelta

from proposals.actions import (
    clocks,
    meetings,
    objections,
    opinions,
    receiving,
    replies,
    submission,
)
from proposals.actions import sheets as on_sheets
from proposals.actions.assignment import assign
from proposals.sharing import Share
from proposals.states import SheetState, Stage, State, UnitRole
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.proposals.cast import HELPER

ASKED_ON = walk.REPLIED_ON


def drafted_part():
    return facts.sheet(count=1).lines.get()


def objected_in_hand():
    later = walk.ASSIGNED_ON + timedelta(days=3)
    return facts.objected(facts.handed(), today=later).assignment


def received():
    part = facts.handed()
    return receiving.receive(part, by=walk.unit_clerk(part.unit))


def met():
    part = facts.handed()
    walk.gated(part)
    return facts.again(part)


def written():
    part = met()
    walk.drafted(part)
    return facts.again(part)


def removed():
    objection = facts.objected()
    uphold(objection)
    return facts.again(objection.assignment)


def uphold(objection):
    return objections.uphold_objection(
        objection,
        unit=objection.better_unit,
        words="归水利。",
        by=make.actor(),
        today=facts.REHEARSED_ON,
    )


def paused():
    part = facts.handed()
    clocks.pause(
        part,
        from_on=walk.ASSIGNED_ON,
        reason="等批复。",
        agreed_with="领衔代表",
        by=make.actor(),
        today=ASKED_ON,
    )
    return facts.again(part)


PARTS = {
    "drafted": drafted_part,
    "planned": facts.planned,
    "objected to": lambda: facts.objected().assignment,
    "objected to in hand": objected_in_hand,
    "handed": facts.handed,
    "received": received,
    "paused": paused,
    "met": met,
    "written": written,
    "answered": lambda: walk.proposal(State.ANSWERED).lead_assignment,
    "published": lambda: walk.proposal(State.PUBLISHED).lead_assignment,
    "removed": removed,
}


def helping():
    row = walk.proposal(State.ASSIGNED, assisting=[make.unit(HELPER)])
    return row.assignments.get(unit=make.unit(HELPER))


def opined(part=None):
    part = part or helping()
    opinions.send_opinion(part, **opinion(), by=walk.unit_clerk(part.unit))
    return facts.again(part)


def opinion():
    return {
        "text": "经费列入明年预算。",
        "file_number": "竹财函〔2026〕9 号",
        "signer": "柯尊文",
        "today": ASKED_ON,
    }


def helped_to_the_end():
    row = walk.proposal(State.ANSWERED, assisting=[make.unit(HELPER)])
    return row.assignments.get(unit=make.unit(HELPER))


def signed_along():
    """A joint unit whose head signed the reply, and which sent nothing else."""
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(make.unit(), UnitRole.LEAD), Share(make.unit(HELPER), UnitRole.JOINT)]
    assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    lead, joint = row.assignments.order_by("position")
    walk.gated(lead)
    draft = walk.to_sign(facts.again(lead))
    replies.countersign(draft, part=joint, by=walk.unit_head(joint.unit))
    replies.sign(draft, by=walk.unit_head(), today=ASKED_ON)
    return facts.again(joint)


HELPING = {
    "handed": helping,
    "opined": opined,
    "answered": helped_to_the_end,
    "signed along": signed_along,
}


def asked(part=None, months=2):
    part = part or facts.handed()
    return clocks.ask_extension(
        part,
        months=months,
        reason="汛期不能施工。",
        by=walk.unit_clerk(part.unit),
        today=ASKED_ON,
    )


def consented():
    extension = asked()
    lead = make.as_deputy(extension.assignment.proposal.lead)
    return clocks.consent_extension(extension, by=lead)


def extension_declined():
    extension = asked()
    lead = make.as_deputy(extension.assignment.proposal.lead)
    return clocks.decline_extension(extension, by=lead)


def granted():
    return clocks.grant_extension(consented(), by=make.actor(), today=ASKED_ON)


def extension_refused():
    return clocks.refuse_extension(asked(), words="请按期。", by=make.actor(), today=ASKED_ON)


def overtaken():
    """Asked for, and then answered in time."""
    extension = asked(met())
    walk.answered(facts.again(extension.assignment))
    extension.refresh_from_db()
    return extension


EXTENSIONS = {
    "asked": asked,
    "consented": consented,
    "declined": extension_declined,
    "granted": granted,
    "refused": extension_refused,
    "overtaken": overtaken,
}


def dismissed():
    return objections.dismiss_objection(
        facts.objected(), words="归贵局。", by=make.actor(), today=facts.REHEARSED_ON
    )


def upheld():
    objection = facts.objected()
    uphold(objection)
    objection.refresh_from_db()
    return objection


def objection_left_behind():
    """The lead has taken the proposal back in the meantime."""
    objection = facts.objected()
    row = objection.assignment.proposal
    submission.withdraw(
        row, reason="已经解决。", by=make.as_deputy(row.lead), today=facts.REHEARSED_ON
    )
    objection.refresh_from_db()
    return objection


OBJECTIONS = {
    "open": facts.objected,
    "upheld": upheld,
    "dismissed": dismissed,
    "left behind": objection_left_behind,
}


def dropped():
    return on_sheets.drop_sheet(facts.sheet(count=1), by=make.actor(), today=facts.REHEARSED_ON)


def contested_sheet():
    return facts.objected().assignment.sheet


SHEETS = {
    "drafted": lambda: facts.sheet(count=1),
    "rehearsed": lambda: facts.sheet(SheetState.REHEARSED, count=1),
    "contested": contested_sheet,
    "settled": lambda: facts.sheet(SheetState.SETTLED, count=1),
    "dropped": dropped,
}


def meeting():
    part = facts.handed()
    walk.met(part, Stage.BEFORE)
    return part.meetings.get()


def confirmed():
    row = meeting()
    walk.borne_out(row.assignment)
    row.refresh_from_db()
    return row


def denied():
    row = meeting()
    return meetings.deny_meeting(
        row,
        words="那天没有见面。",
        by=make.as_deputy(row.assignment.proposal.lead),
        today=ASKED_ON,
    )


def told_by_the_deputy():
    part = facts.handed()
    walk.met(part, Stage.BEFORE, by=make.as_deputy(part.proposal.lead))
    return part.meetings.get()


def denied_part():
    return facts.again(denied().assignment)


def told_anew():
    part = denied_part()
    walk.met(part, Stage.BEFORE)
    return facts.again(part)


DENIED_PARTS = {"denied": denied_part, "told anew": told_anew}


def taken_back():
    row = meeting()
    return meetings.take_back_meeting(row, by=walk.unit_clerk(), today=ASKED_ON)


MEETINGS = {
    "told by the unit": meeting,
    "confirmed": confirmed,
    "denied": denied,
    "taken back": taken_back,
}
TOLD_BY_THE_DEPUTY = {"told by the deputy": told_by_the_deputy}
