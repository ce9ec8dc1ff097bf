"""Rows that break a constraint of promises, look-backs, upgrades and challenges."""

from operator import attrgetter

from congress.shared import clock
from proposals.actions import upgrades
from proposals.follow_states import Cause, ChallengeState, LookBackState, PromiseState
from proposals.models import DraftPromise
from proposals.rating_states import Satisfaction
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.proposals import stages_of_following as stages
from tests.proposals.stages_of_parts import written


def draft_promise():
    return DraftPromise.objects.filter(draft__assignment=written()).first()


def step_report():
    return stages.reported().reports.get()


def fulfilment_rating():
    reply = stages.kept_whole()
    by = make.as_deputy(reply.assignment.proposal.lead)
    return upgrades.rate_fulfilment(reply, grade=Satisfaction.FAIR, by=by)


def by_hand():
    return stages.lookback.open_look_back(
        stages.answered(), reason="群众又反映。", by=make.actor(), today=stages.TODAY
    )


def yearly():
    reply = stages.answered("C")
    stages.lookback.open_due(stages.LATER)
    return reply.look_backs.get()


FOLLOWED = {
    "draft_promise_position_once": (draft_promise, UNCHANGED),
    "promise_position_once": (stages.promise, UNCHANGED),
    "promise_says_something": (stages.promise, {"words": ""}),
    "promise_kept_has_its_day": (stages.promise, {"state": PromiseState.CONFIRMED}),
    "step_report_one_waits": (step_report, UNCHANGED),
    "step_report_says_something": (step_report, {"words": ""}),
    "step_report_decided_has_who_and_when": (step_report, {"decided_on": stages.TODAY}),
    "look_back_once_per_step_and_day": (stages.looked_at, UNCHANGED),
    "look_back_once_per_year": (yearly, UNCHANGED),
    "look_back_one_by_hand": (by_hand, UNCHANGED),
    "look_back_has_its_cause": (stages.looked_at, {"cause": Cause.YEARLY}),
    "look_back_reported_has_who_when_and_words": (stages.looked_at, {"report": "办了"}),
    "look_back_settled_has_its_day": (stages.looked_at, {"state": LookBackState.HANDED}),
    "look_back_kept_has_a_new_day_and_why": (stages.settled, {"next_on": None}),
    "fulfilment_rating_number_once": (fulfilment_rating, UNCHANGED),
    "upgrade_one_waits": (stages.asked, UNCHANGED),
    "upgrade_changes_the_class": (stages.asked, {"becomes_id": attrgetter("was_id")}),
    "upgrade_shows_something": (stages.asked, {"evidence": ""}),
    "upgrade_decided_has_who_and_when": (stages.asked, {"decided_on": clock.today}),
    "challenge_once": (stages.challenge, UNCHANGED),
    "challenge_confirmed_has_who_when_and_until": (
        stages.challenge,
        {"state": ChallengeState.CONFIRMED},
    ),
    "challenge_explained_has_who_when_and_words": (
        stages.challenge_confirmed,
        {"explanation": "说明"},
    ),
    "challenge_explanation_is_shown_once_settled": (
        stages.challenge_explained,
        {"explanation_shown": True},
    ),
    "challenge_decided_has_who_when_and_words": (stages.challenge_settled, {"words": ""}),
}
