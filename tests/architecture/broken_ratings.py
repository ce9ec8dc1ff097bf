"""Rows that break a constraint of ratings, releases and what follows on them."""

from operator import attrgetter

from congress.shared import clock
from congress.shared.models import AccountOrigin
from proposals.models import RatingOpening, RatingOrigin
from proposals.rating_states import Trace
from proposals.states import State
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.proposals import verbs_rated
from tests.proposals import walk as proposals


def rating():
    return verbs_rated.rated().reply.ratings.get()


def rating_opening():
    return RatingOpening.objects.create(
        rating=rating(), reason="代表说不是他评的", asked_by=make.user()
    )


def rating_origin():
    seen = {"trace": Trace.ADDRESS, "digest": "0" * 64, "seen_on": make.TODAY}
    return RatingOrigin.objects.create(rating=rating(), **seen)


def release():
    return proposals.released(verbs_rated.rated())


def other_reply():
    return proposals.proposal(State.ANSWERED).reply


def account_origin():
    return AccountOrigin.objects.create(user=make.user(), digest="0" * 64, seen_on=make.TODAY)


RATINGS = {
    "account_origin_once_a_day": (account_origin, UNCHANGED),
    "rating_number_once": (rating, {"code": "0000-0000-0000"}),
    "rating_opening_takes_two": (
        rating_opening,
        {
            "opened_by": attrgetter("asked_by"),
            "opened_at": clock.now,
            "open_until": lambda: make.TODAY,
        },
    ),
    "rating_opening_has_who_and_when": (rating_opening, {"opened_by": make.user}),
    "rating_opening_refused_by_whom_when_and_why": (verbs_rated.refused, {"refusal": ""}),
    "rating_opening_one_waits": (rating_opening, UNCHANGED),
    "rating_opening_says_why": (rating_opening, {"reason": ""}),
    "rating_voiding_takes_two": (
        verbs_rated.voiding,
        {"voided_by": attrgetter("asked_by"), "voided_at": clock.now},
    ),
    "rating_voiding_has_who_and_when": (verbs_rated.voiding, {"voided_by": make.user}),
    "rating_voiding_refused_by_whom_when_and_why": (verbs_rated.not_voided, {"refusal": ""}),
    "rating_voiding_one_stands": (verbs_rated.voiding, UNCHANGED),
    "rating_voiding_says_why": (verbs_rated.voiding, {"reason": ""}),
    "rating_origin_once": (rating_origin, UNCHANGED),
    "release_once_per_batch": (release, UNCHANGED),
    "release_counts_from_one": (release, {"round": 0}),
    "released_count_once_per_cell": (lambda: release().counts.first(), UNCHANGED),
    "released_count_is_whole_or_held_back": (lambda: release().counts.first(), {"best": 1}),
    "rehandling_one_open_per_part": (verbs_rated.ordered, {"round": 2, "reply": other_reply}),
    "rehandling_round_once_per_part": (
        verbs_rated.answered,
        {"reply": other_reply, "answer": other_reply},
    ),
    "rehandling_due_after_ordered": (verbs_rated.ordered, {"due_on": attrgetter("ordered_on")}),
    "rehandling_says_something": (verbs_rated.ordered, {"words": ""}),
    "rehandling_answered_has_its_reply": (verbs_rated.answered, {"answer": None}),
    "rehandling_once_per_reply": (verbs_rated.answered, {"round": 2, "answer": other_reply}),
    "rehandling_prolonged_has_day_and_reason": (verbs_rated.prolonged, {"prolonged_why": ""}),
    "rehandling_taken_back_says_why": (verbs_rated.taken_back, {"taken_back_why": ""}),
    "rehandling_ended_has_its_day": (verbs_rated.answered, {"ended_on": None}),
    "convening_called_off_says_why": (verbs_rated.called_off, {"why": ""}),
    "convening_one_stands_per_order": (verbs_rated.convened, UNCHANGED),
    "convening_held_has_who_and_what": (verbs_rated.held, {"agreed": ""}),
}
