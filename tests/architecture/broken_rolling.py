"""Rows that break a constraint of what is carried over and who speaks for it."""

from operator import attrgetter

from proposals.models import CarriedProposal, CarryOver, Foster
from proposals.rolling import CarryReason
from proposals.states import State
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.proposals import walk


def carry_over():
    term = make.term()
    return CarryOver.objects.create(
        assembly=term.assembly,
        term=term,
        from_year=2026,
        to_year=2027,
        carried_on=make.TODAY,
        carried_by=make.user(),
    )


def carried():
    return CarriedProposal.objects.create(
        carry_over=carry_over(),
        proposal=walk.proposal(State.ASSIGNED),
        reason=CarryReason.IN_HAND,
        carried_on=make.TODAY,
    )


def taken_back():
    row = carried()
    row.taken_back_on, row.taken_back_by, row.taken_back_why = make.TODAY, make.user(), "误列入结转"
    row.save(update_fields=["taken_back_on", "taken_back_by", "taken_back_why"])
    return row


def foster():
    return Foster.objects.create(
        proposal=walk.proposal(State.ASSIGNED),
        deputy=make.deputy(),
        since_on=make.TODAY,
        reason="附议过这件建议",
        appointed_by=make.user(),
    )


def ended():
    row = foster()
    row.until_on, row.ended_by, row.ending_words = make.TODAY, make.user(), "领衔代表又当选"
    row.save(update_fields=["until_on", "ended_by", "ending_words"])
    return row


ROLLING = {
    "carry_over_once_per_year": (carry_over, UNCHANGED),
    "carry_over_goes_into_the_next_year": (carry_over, {"to_year": attrgetter("from_year")}),
    "carried_once_per_year": (carried, UNCHANGED),
    "carried_for_a_known_reason": (carried, {"reason": "because"}),
    "carried_taken_back_has_day_person_and_reason": (taken_back, {"taken_back_why": ""}),
    "carried_taken_back_after_it_was_carried": (taken_back, {"taken_back_on": make.ELECTED_ON}),
    "foster_one_stands": (foster, UNCHANGED),
    "foster_says_why": (foster, {"reason": ""}),
    "foster_ended_has_words": (ended, {"ending_words": ""}),
    "foster_ends_after_it_begins": (ended, {"until_on": make.ELECTED_ON}),
}
