"""答复以后 on the unit's desk: steps that come due, look-backs to report on, what to explain."""

from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from proposals.follow_states import ChallengeState, LookBackState, PromiseState
from proposals.models import Challenge, LookBack, Promise, Proposal
from proposals.queries.clocks import Clock, Light


class Owed(NamedTuple):
    """One thing that the unit still owes of an answer that it has given."""

    due_on: date
    light: Light
    words: str
    proposal: Proposal


def owed(actor: Actor, clock: Clock) -> list[Owed]:
    """The most urgent first; the page shows so many and says how many there are."""
    due = (PromiseState.DUE, PromiseState.MISSED)
    steps = Promise.objects.visible_to(actor).standing().filter(state__in=due)
    looks = LookBack.objects.visible_to(actor).open().filter(state=LookBackState.OPEN)
    again = Challenge.objects.visible_to(actor).open().filter(state=ChallengeState.CONFIRMED)
    about = "reply__assignment__proposal"
    found = [
        _owed(each.due_on, f"承诺第 {each.position} 步：{each.words}", each, clock)
        for each in steps.select_related(about)
    ]
    found += [
        _owed(each.report_by, "回头看，请报告落实情况", each, clock)
        for each in looks.select_related(about)
    ]
    found += [
        _owed(each.explain_by, "已解决又被提出，请作说明", each, clock)
        for each in again.select_related(about)
        if each.explain_by
    ]
    return sorted(found, key=lambda each: each.due_on)


def _owed(due_on: date, words: str, row: Promise | LookBack | Challenge, clock: Clock) -> Owed:
    return Owed(due_on, clock.light(due_on), words, row.assignment.proposal)
