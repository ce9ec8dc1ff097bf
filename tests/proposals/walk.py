"""A proposal in any state, made by walking the real verbs from the first step."""

from datetime import date, timedelta
from uuid import uuid4

from congress.shared.roles import Role
from proposals.actions import (
    assignment,
    drafting,
    evaluation,
    exhibits,
    invitations,
    meetings,
    publication,
    releasing,
    replies,
    review,
    submission,
)
from proposals.actions import signing as signatures
from proposals.models import OutcomeClass, Proposal
from proposals.models.promises import Step
from proposals.models.reference import Meaning
from proposals.permissions.replies import asks_of
from proposals.rating_states import Fulfilment, Satisfaction
from proposals.sharing import Share
from proposals.states import Kind, Stage, State, UnitRole
from tests import make, put_down
from tests.deputies.walk import photo

SUBMITTED_ON = date(2026, 1, 5)
ACCEPTED_ON = date(2026, 1, 8)
ASSIGNED_ON = date(2026, 3, 6)
DUE_ON = date(2026, 6, 8)
"""Three months end on Saturday, 6 June: the next working day."""
MET_ON = {
    Stage.BEFORE: date(2026, 3, 20),
    Stage.DURING: date(2026, 4, 14),
    Stage.AFTER: date(2026, 4, 22),
}
REPLIED_ON = date(2026, 4, 24)
RATE_UNTIL = date(2026, 5, 26)
"""The 20th working day: 27 April to 26 May without weekends, 1 to 5 May, and with 9 May worked."""
WITH_LEVEL = ("session__term__assembly__level",)
ORDER = [State.SUBMITTED, State.ACCEPTED, State.ASSIGNED, State.ANSWERED, State.PUBLISHED]


PLAN = (
    Step(date(2027, 4, 30), "完成施工图设计和预算评审"),
    Step(date(2027, 10, 29), "护栏装好，通过验收"),
)
"""What is promised of each ask that is being solved."""


def unit_clerk(unit=None):
    return make.actor(Role.UNIT_CLERK, at=unit or make.unit())


def office_of(row):
    """Who decides what was raised in this congress."""
    return make.actor(Role.TOWNSHIP_CLERK if row.session.of_township else Role.STAFF_CLERK)


def words(title="关于修复柳河镇桃园村过水桥的建议"):
    return {"title": title, "facts": "桥建于 1996 年，护栏断了 4 米。", "request": "加固护栏。"}


@put_down.again(Proposal)
def submitted(lead=None, **kept):
    lead = lead or make.deputy()
    said = {"kind": Kind.SESSION, "session": make.session(), "today": SUBMITTED_ON}
    return submission.submit(lead=lead, by=make.as_deputy(lead), **(said | words() | kept))


def met(the_assignment, *stages, by=None):
    """The meetings of these stages are on record, each on its own day."""
    for stage in stages or Stage:
        meetings.record_meeting(
            the_assignment,
            stage=stage,
            met_on=MET_ON[stage],
            place="桃园村村委会",
            people="单位 2 人，代表和村民 3 人",
            said="看了桥，定了先装护栏。",
            by=by or unit_clerk(the_assignment.unit),
            today=REPLIED_ON,
        )


def borne_out(the_assignment):
    """The lead deputy confirms what the unit has written down."""
    by = make.as_deputy(the_assignment.proposal.lead)
    for meeting in the_assignment.meetings.filter(confirmed_at=None, denied_at=None):
        meetings.confirm_meeting(meeting, by=by)


def gated(the_assignment):
    """The three meetings are held, each borne out."""
    for stage in Stage:
        met(the_assignment, stage)
        borne_out(the_assignment)


def unit_head(unit=None):
    return make.actor(Role.UNIT_HEAD, at=unit or make.unit())


def drafted(the_assignment, *, by=None, outcome="B", **changes):
    """A whole draft, every ask answered."""
    found = OutcomeClass.objects.get(code=outcome)
    steps = PLAN if found.meaning == Meaning.PLANNED else ()
    words = replies.Words(found, "已列入今年第二批计划。", "县交通运输局年度计划", steps)
    given = {
        "outcome": found,
        "text": "已列入今年第二批计划，十月底前完工。",
        "file_number": "竹交函〔2026〕18 号",
        "answers": {ask.pk: words for ask in asks_of(the_assignment)},
        "by": by or unit_clerk(the_assignment.unit),
    }
    return replies.save_reply(the_assignment, **(given | changes))


def shown(draft, *colours, ask=None, by=None):
    """Pictures beside an ask of a draft, teal when nothing else is said."""
    ask = ask or draft.assignment.proposal.asks.first()
    pictures = {ask.pk: [(f"{colour}.jpg", photo(colour)) for colour in colours or ("teal",)]}
    by = by or unit_clerk(draft.assignment.unit)
    return exhibits.add_exhibits(draft, pictures=pictures, by=by)


def to_sign(the_assignment, *, by=None, **changes):
    drafted(the_assignment, by=by, **changes)
    clerk = by or unit_clerk(the_assignment.unit)
    return replies.submit_for_signing(the_assignment, by=clerk, today=REPLIED_ON)


def answered(the_assignment, *, by=None, head=None, today=REPLIED_ON, **changes):
    draft = to_sign(the_assignment, by=by, **changes)
    return replies.sign(draft, by=head or unit_head(the_assignment.unit), today=today)


def shares(unit=None, assisting=()):
    helpers = [Share(each, UnitRole.ASSISTING) for each in assisting]
    return [Share(unit or make.unit(), UnitRole.LEAD), *helpers]


@put_down.again(Proposal)
def proposal(state=State.SUBMITTED, *, lead=None, unit=None, assisting=(), withheld="", **kept):
    """A proposal that has walked as far as `state`."""
    row = submitted(lead, **kept)
    if state == State.RETURNED:
        return review.send_back(row, reason="请写清是哪一座桥。", by=office_of(row))
    steps = ORDER[1 : ORDER.index(state) + 1]
    for step in steps:
        _take(row, step, unit or make.unit(), assisting, withheld)
    return Proposal.objects.get(pk=row.pk)


def _take(row, step, unit, assisting, withheld):
    row = Proposal.objects.select_related(*WITH_LEVEL).get(pk=row.pk)
    office = office_of(row)
    if step == State.ACCEPTED:
        review.accept(row, withheld_reason=withheld, by=office, today=ACCEPTED_ON)
    elif step == State.ASSIGNED:
        assignment.assign(row, shares=shares(unit, assisting), by=office, today=ASSIGNED_ON)
    elif step == State.ANSWERED:
        gated(row.lead_assignment)
        answered(Proposal.objects.get(pk=row.pk).lead_assignment)
    else:
        publication.publish(row, by=office, today=REPLIED_ON)


@put_down.again(Proposal)
def signing(lead=None, *, kind=Kind.SESSION, today=SUBMITTED_ON, **kept):
    """Open to signatures."""
    lead = lead or make.deputy()
    return submission.call_for_signatures(
        lead=lead,
        kind=kind,
        session=make.session(),
        by=make.as_deputy(lead),
        today=today,
        **(words() | kept),
    )


def signed(proposal, deputy=None, *, today=SUBMITTED_ON):
    """One more deputy stands behind it."""
    deputy = deputy or make.deputy()
    by = make.as_deputy(deputy)
    return signatures.cosign(
        proposal,
        deputy=deputy,
        by=by,
        today=today,
        digest=Proposal.objects.get(pk=proposal.pk).digest,
    )


def merged():
    """One of two handled together, and the other."""
    proposal, into = (Proposal.objects.get(pk=each.pk) for each in accepted(2))
    return review.merge(proposal, into=into, by=make.actor()), into


def accepted(count):
    return [proposal(State.ACCEPTED) for _ in range(count)]


@put_down.again(Proposal)
def of_township(state=State.SUBMITTED, **kept):
    """Raised in the township's own congress by a deputy who sits there alone."""
    session = make.session(of=make.assembly("township", make.township()))
    return proposal(state, lead=make.deputy(levels=("township",)), session=session, **kept)


def continued():
    """Raised again after an earlier one."""
    return submitted(continues=proposal(State.ACCEPTED))


def draft(deputy=None, *, token=None, **typed):
    """Half a proposal."""
    deputy = deputy or make.deputy()
    said = drafting.Typed(**({"title": "关于修桥"} | typed))
    return drafting.save_draft(
        deputy=deputy, token=token or uuid4(), typed=said, by=make.as_deputy(deputy)
    )


def attachment(the_draft=None, colour="teal"):
    the_draft = the_draft or draft()
    by = make.as_deputy(the_draft.deputy)
    return drafting.attach(the_draft, files=[("桥.jpg", photo(colour))], by=by)[0]


def attachment_raised():
    kept = attachment()
    submitted(kept.draft.deputy, token=kept.draft.token)
    kept.refresh_from_db()
    return kept


def attachment_returned():
    kept = attachment_raised()
    review.send_back(kept.proposal, reason="请换一张照片。", by=make.actor())
    kept.refresh_from_db()
    return kept


def adds_photos(returned, *colours):
    """The lead, mending it; they are the proposal's once it is sent again."""
    by, typed = make.as_deputy(returned.lead), drafting.Typed(**words(returned.title))
    saved = {"deputy": returned.lead, "token": returned.token, "typed": typed, "by": by}
    draft = drafting.save_draft(mends=Proposal.objects.get(pk=returned.pk), **saved)
    files = [(f"{each}.jpg", photo(each)) for each in colours]
    return drafting.attach(draft, files=files, by=by)


def former_text():
    """What somebody had signed when it was changed."""
    proposal = signing()
    signed(proposal)
    said = words() | {"facts": "桥建于 1996 年，护栏断了 6 米，桥墩被水掏空。"}
    by = make.as_deputy(proposal.lead)
    submission.reword(proposal, **said, by=by, today=SUBMITTED_ON)
    return proposal.former_texts.get()


def invitation(the_proposal=None, deputy=None):
    """One deputy asked by name to sign."""
    the_proposal, deputy = the_proposal or signing(), deputy or make.deputy()
    by = make.as_deputy(the_proposal.lead)
    (asked,) = invitations.invite(the_proposal, deputies=[deputy], by=by, today=SUBMITTED_ON)
    return asked


def rate(reply, *, words="", asks=None, **said):
    """评价 as a deputy fills it in: each ask marked, and a word of why when it does not satisfy."""
    marks = {each.ask_id: Fulfilment.HALF for each in reply.answers.all()}
    if Satisfaction.UNSATISFIED in (said["process"], said["result"]):
        words = words or "还没有办好。"
    return evaluation.rate(reply, asks=marks if asks is None else asks, words=words, **said)


def released(row, today=None, by=None):
    """公布: of the congress and year of this proposal, the day after its last window."""
    day = today or RATE_UNTIL + timedelta(days=1)
    assembly, year = row.session.term.assembly, row.accepted_on.year
    by = by or make.actor(Role.STAFF_DIRECTOR)
    return releasing.release_ratings(assembly, year=year, by=by, today=day)
