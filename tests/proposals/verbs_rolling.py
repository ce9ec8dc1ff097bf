"""滚动办: the verbs of what a year hands on, and of who speaks where the lead sits no more."""

from collections.abc import Mapping
from datetime import date

from proposals.actions import carrying, fostering
from proposals.models import CarriedProposal, CarryOver, Proposal
from proposals.states import State
from tests import make
from tests.proposals import cast, walk
from tests.proposals.verbs import Verb

YEAR = 2026
TODAY = date(2027, 1, 6)
LEFT_ON = date(2026, 10, 9)
WHY = "附议过这件建议"


def carries(row, by, **kept):
    assembly = row.session.term.assembly
    said = {"year": YEAR, "today": TODAY} | kept
    carrying.carry_over(assembly, by=by, **said)
    return CarryOver.objects.get(assembly=assembly, from_year=said["year"])


def carried():
    row = walk.proposal(State.ASSIGNED)
    carries(row, make.director())
    return row


def row_of(proposal):
    """The row that hands it on."""
    return CarriedProposal.objects.standing().get(proposal=proposal)


def carry_taken_back():
    row, said = row_of(carried()), {"reason": "误列入结转", "today": TODAY}
    return carrying.take_back_carried(row, by=make.director(), **said)


def carried_in_a_township():
    row = walk.of_township(State.ASSIGNED)
    carries(row, walk.office_of(row))
    return row_of(row)


def carried_further():
    """What the next year has handed on itself."""
    row = carried()
    found = row_of(row)
    carries(row, make.director(), year=YEAR + 1, today=date(2028, 1, 6))
    return found


def left(state=State.ASSIGNED, **kept):
    """Its lead sits no more; somebody else does."""
    make.deputy()
    row = walk.proposal(state, **kept)
    make.leaves(row.lead, LEFT_ON)
    return Proposal.objects.get(pk=row.pk)


def fostered(row=None, deputy=None):
    row = row or left()
    said = {"deputy": deputy or make.deputy(), "reason": WHY}
    return fostering.appoint_foster(row, **said, by=make.actor(), today=TODAY)


def ended():
    row = fostered()
    return fostering.end_foster(row, words="本人提出不再接续", by=make.actor(), today=TODAY)


def solved():
    """Answered for good: nothing goes on."""
    row = walk.proposal(State.ASSIGNED)
    walk.gated(row.lead_assignment)
    walk.answered(row.lead_assignment, outcome="A")
    return Proposal.objects.get(pk=row.pk)


YEARS = {
    "in hand": lambda: walk.proposal(State.ASSIGNED),
    "planned": lambda: walk.proposal(State.ANSWERED),
    "solved": solved,
    "carried": carried,
}
LED = {
    "lead left": left,
    "lead sits": lambda: walk.proposal(State.ASSIGNED),
    "fostered": lambda: fostered().proposal,
}
CARRIED = {
    "handed on": lambda: row_of(carried()),
    "handed on further": carried_further,
    "taken back": carry_taken_back,
}
FOSTERS = {"standing": fostered, "ended": ended}

ROLLING: Mapping[str, Verb] = {
    "carrying.carry_over": Verb(
        carries,
        frozenset({"office director"}),
        ("未办结的建议由代工委主任结转。",),
        YEARS,
        ("in hand", "planned"),
    ),
    "fostering.appoint_foster": Verb(
        lambda row, by: fostering.appoint_foster(
            row, deputy=cast.uninvited(row), reason=WHY, by=by, today=TODAY
        ),
        cast.OFFICE,
        ("只有代工委可以确定接续代表。",),
        LED,
        ("lead left",),
    ),
    "fostering.end_foster": Verb(
        lambda row, by: fostering.end_foster(row, words="换一位", by=by, today=TODAY),
        cast.OFFICE,
        ("只有代工委可以结束接续。",),
        FOSTERS,
        ("standing",),
    ),
    "carrying.take_back_carried": Verb(
        lambda row, by: carrying.take_back_carried(row, reason="误列入结转", by=by, today=TODAY),
        frozenset({"office director"}),
        ("结转由代工委主任撤回。",),
        CARRIED,
        ("handed on",),
    ),
    "carrying.carry_over in a township": Verb(
        carries,
        cast.TOWNSHIP_OFFICE,
        ("只有柳河镇人大可以结转本级的建议。",),
        {"in hand": lambda: walk.of_township(State.ASSIGNED)},
        ("in hand",),
    ),
    "carrying.take_back_carried in a township": Verb(
        lambda row, by: carrying.take_back_carried(row, reason="误列入结转", by=by, today=TODAY),
        cast.TOWNSHIP_OFFICE,
        ("只有柳河镇人大可以撤回本级的结转。",),
        {"handed on": carried_in_a_township},
        ("handed on",),
    ),
}
