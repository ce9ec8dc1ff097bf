"""Each step of a talk, a pack and a list by two at once: one does it, the other is refused."""

from contextlib import nullcontext
from datetime import date

import pytest

from scoring.actions import advice, commendation, talks
from scoring.queries.commendation import candidates, proposed
from scoring.states import CycleState
from tests import make
from tests.race import at_once
from tests.scoring import cases, year
from tests.scoring.cases import OPENED_ON, case, on

ONCE = ["done", "refused"]


def twice(verb, *args, at: date | None = None, **how) -> None:
    """On that day, for a thread has a clock of its own."""

    def once() -> None:
        with on(at) if at else nullcontext():
            verb(*args, **how)

    assert at_once(2, once) == ONCE, verb.__name__


@pytest.mark.django_db(transaction=True)
def test_two_clicks_are_one_step_from_the_first_talk_to_the_resignation():
    of = case()
    cases.reviewed(of, cases.FIRST, year.YEAR, state=CycleState.SEALED)
    cases.filed()
    cases.signed(of, cases.FIRST)
    grading, by, handler = of.grading(), of.director, of.handler
    deputy = make.as_deputy(of.deputy)
    twice(talks.spare_talk, grading, reason="住院", by=by)
    told = {"reason": cases.REASON, "minute": "1号", "meeting": cases.meeting(of)}
    told |= {"by": by, "today": cases.decided_on()}
    twice(talks.decide_talk, grading, **told)
    twice(talks.cancel_talk, grading.talks.get(), reason="改期", by=by)
    talk = cases.called(of)
    how = {"meeting": cases.meeting(of), "by": handler, "today": cases.decided_on()}
    assert at_once(2, talks.move_talk, talk, **how) == ["done", "done"]  # the later one stands
    twice(talks.record_talk, talk, at=cases.held_on(), said=cases.said(), by=handler)
    unsigned = {"words": "不签", "witnesses": ("张三", "李四"), "today": OPENED_ON}
    twice(talks.note_unsigned, talk, **unsigned, by=handler)
    twice(talks.acknowledge_talk, talk, by=deputy)
    twice(talks.settle_promise, talk.promises.get(), kept=True, outcome="做了", by=handler)

    people = {"leader": of.talker.user, "handler": handler.user}
    opening = {"facts": cases.FACTS, "by": by, "today": OPENED_ON} | people
    twice(advice.open_advice, talk, **opening)
    twice(advice.withdraw_advice, talk.as_later.get(), reason="有误", by=by)
    found = advice.open_advice(talk, **opening)
    twice(advice.serve_advice, found, by=handler, today=OPENED_ON)
    found.refresh_from_db()
    said = {"words": "不是这样", "by": deputy, "today": OPENED_ON}
    assert at_once(2, advice.reply_advice, found, **said) == ["done", "done"]  # said as often
    considered = cases.considered(found)
    late = considered.decided_on
    cases.invited(of, found)
    twice(advice.record_hearing, found, at=late, heard=cases.heard(), by=handler)
    how = {"considered": considered, "by": by, "today": late}
    twice(advice.conclude_advice, found, **how)
    cases.ended_in_the_roster(of)
    twice(advice.record_resignation, found, by=by)

    cycle = grading.cycle
    chosen = [row.pk for row in proposed(cycle, candidates(cycle))] or [grading.pk]
    listed = {"chosen": chosen, "minute": "1号", "note": "研究", "by": by}
    twice(commendation.confirm_commendation, cycle, **listed)
    twice(commendation.publish_commendation, cycle.commendation, by=by, today=OPENED_ON)
