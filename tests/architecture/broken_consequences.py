"""Rows that break a constraint of what follows a review: a good one, what to change in it."""

from operator import attrgetter

from scoring.consequence_states import AdviceState, ListState, TalkState
from scoring.models import TalkAcknowledgement
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.home import facts as home_facts
from tests.scoring import cases


def commendation():
    cycle = home_facts.review()
    home_facts.graded(cycle, make.deputy())
    return cases.commended(cycle)


def on_the_list():
    return commendation().people.get()


def talk():
    of = cases.case()
    cases.reviewed(of)
    return cases.called(of)


def recorded():
    of = cases.case()
    cases.reviewed(of)
    return cases.held(of)


def signed():
    of = cases.case()
    cases.reviewed(of)
    cases.signed(of)
    return TalkAcknowledgement.objects.get()


def advice():
    return cases.opened(cases.case())


def replied():
    of = cases.case()
    found = cases.served(of)
    cases.replied(of, found)
    return found.replies.get()


def heard():
    of = cases.case()
    found = cases.served(of)
    return cases.was_heard(of, found).hearings.get()


def concluded():
    of = cases.case()
    return cases.concluded(of, cases.served(of)).decision


CONSEQUENCES = {
    "commendation_has_a_minute": (commendation, {"minute": ""}),
    "commendation_published_has_its_day": (commendation, {"state": ListState.PUBLISHED}),
    "commended_once_per_list": (on_the_list, {"position": 2}),
    "commended_position_once_per_list": (
        on_the_list,
        {"grading": lambda: home_facts.graded(home_facts.review(year=2020), make.deputy())},
    ),
    "commended_stars_are_0_to_10": (on_the_list, {"stars": 11}),
    "talk_once_per_grading_unless_cancelled": (talk, UNCHANGED),
    "talk_says_why": (talk, {"reason": ""}),
    "talk_called_has_minute_day_place_and_people": (talk, {"place": ""}),
    "talk_cancelled_says_why": (talk, {"state": TalkState.CANCELLED}),
    "talk_record_says_what_both_said": (
        lambda: recorded().record,
        {"deputy_words": ""},
    ),
    "talk_acknowledged_once_per_way": (signed, UNCHANGED),
    "talk_unsigned_has_witnesses_and_words": (signed, {"signed": False, "reply": ""}),
    "talk_promise_says_what": (lambda: recorded().promises.get(), {"words": ""}),
    "talk_promise_settled_has_outcome_who_and_when": (
        lambda: recorded().promises.get(),
        {"kept": True},
    ),
    "advice_once_per_talk_unless_withdrawn": (advice, UNCHANGED),
    "advice_rests_on_two_talks": (advice, {"earlier": attrgetter("later")}),
    "advice_served_has_day_and_days_to_reply": (advice, {"state": AdviceState.HEARING}),
    "advice_withdrawn_says_why": (advice, {"state": AdviceState.WITHDRAWN}),
    "advice_reply_says_something": (replied, {"words": ""}),
    "advice_invitation_says_where_and_is_told_before": (
        lambda: heard().advice.invitations.get(),
        {"place": ""},
    ),
    "advice_hearing_says_where_who_and_what": (heard, {"place": ""}),
    "advice_decision_has_minute_and_reason": (concluded, {"minute": ""}),
    "advice_votes_add_up": (concluded, {"abstained": 9}),
    "advice_is_given_by_a_majority": (
        concluded,
        {"in_favour": 3, "against": 3, "abstained": 1},
    ),
}
