"""统计: what happened besides and after the answer, each number as counted by hand."""

import pytest

from proposals.counting import counted
from proposals.models import CarriedProposal, CarryOver, RatingRelease
from proposals.queries import statistics
from proposals.queries.clocks import Clock
from proposals.queries.satisfaction import batches, public_batches
from proposals.rating_states import Measure
from proposals.rolling import CarryReason
from tests import make
from tests.proposals import keys, stages_of_following, stages_of_parts, verbs_rated
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
LATER = stages_of_following.LATER


def carried(row):
    """As the year's end leaves it."""
    made = CarryOver.objects.create(
        assembly=row.session.term.assembly,
        from_year=2026,
        to_year=2027,
        term=row.session.term,
        carried_on=LATER,
        carried_by=make.director().user,
    )
    CarriedProposal.objects.create(
        carry_over=made, proposal=row, reason=CarryReason.values[0], carried_on=LATER
    )


def test_each_number_afterwards_is_what_was_counted_by_hand():
    stages_of_following.challenge_settled(stands=False)  # and the one raised again
    stages_of_following.upgraded()
    stages_of_parts.granted()
    verbs_rated.answered()
    key = keys.decided()
    stages_of_parts.removed()
    stages_of_parts.objected_in_hand()
    carried(key.proposal)
    with on(LATER):
        stages_of_following.missed()
        year = statistics.load(make.actor(), 2026, Clock.on(LATER))
    found = counted(year.cases).numbers
    assert {key: number for key, number in found.items() if number} == {
        "raised": 9,
        "accepted": 9,
        "waiting": 2,  # raised again, and back from the unit that objected
        "assigned": 7,
        "objected": 2,
        "moved": 1,
        "answered": 4,
        "in_hand": 3,
        "on_time": 4,  # an order to handle it anew does not make the first answer late
        "late_open": 3,  # an objection stops no clock
        "extended": 1,
        "met_all": 4,
        "signed_solved": 1,
        "signed_planned": 3,
        "now_solved": 1,  # upgraded; the one signed as solved is so no more
        "now_planned": 2,
        "revoked": 1,
        "asks": 4,
        "asks_solved": 1,
        "steps": 6,  # of the further version, not of the first one
        "kept": 2,
        "missed": 2,
        "rehandled": 1,
        "key": 1,
        "recurring": 1,
        "carried": 1,
    }
    assert counted(year.cases).arithmetic("kept_rate") == "2 条 ÷ 4 条 = 50.0%"


def released(congress, *counts):
    """A batch as it was released: of one unit these cells, 办理态度、办理结果、逐条请求."""
    batch = RatingRelease.objects.create(
        assembly=congress,
        year=2026,
        round=1,
        least_replies=5,
        least_raters=5,
        alike_below=10,
        released_on=LATER,
        released_by=make.director().user,
    )
    for measure, (sent, *cell) in zip(Measure, counts, strict=True):
        named = dict(zip(("best", "middle", "worst", "unrated"), cell, strict=False))
        batch.counts.create(unit=make.unit(), measure=measure, sent=sent, **named)


def test_satisfaction_is_what_was_released_with_the_unrated_below_the_line():
    congress = make.assembly()
    assert batches(2026, congress) == []
    released(congress, (6, 5, 0, 0, 1), (6, 3, 1, 1, 1), (8, 4, 2, 1, 1))
    (found,) = batches(2026, congress)
    (line,) = found.lines
    assert (line.name, line.sent, line.returned) == ("县交通运输局", 6, 5)
    assert [tuple(each) for each in line.shares] == [
        ("态度满意率", "83.3%", "5 · 0 · 0", "5 份 ÷ 6 份"),
        ("满意率", "50.0%", "3 · 1 · 1", "3 份 ÷ 6 份"),
        ("办成率", "50.0%", "4 · 2 · 1", "4 条 ÷ 8 条"),
    ]
    assert [each.lines for each in public_batches(2026)] == [found.lines]
    assert batches(2025, congress) == batches(2026, None) == []


def test_a_unit_of_too_few_has_no_rate():
    released(make.assembly(), (2,), (2,), (3,))
    (found,) = batches(2026, make.assembly())
    assert [(line.shares, line.sent, line.returned) for line in found.lines] == [([], 2, None)]
