"""统计: what happened besides and after the answer, each number as counted by hand."""

import pytest

from proposals.counting import counted
from proposals.models import CarriedProposal, CarryOver
from proposals.queries import statistics
from proposals.queries.clocks import Clock
from proposals.queries.satisfaction import batches, public_batches
from proposals.rolling import CarryReason
from tests import make
from tests.proposals import keys, stages_of_following, stages_of_parts, verbs_rated
from tests.proposals.test_releases import BAD, FAIR, GOOD, rated, release
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


def test_satisfaction_is_what_was_released_with_the_unrated_below_the_line():
    with on(verbs_rated.AFTER.replace(month=4, day=24)):
        row = rated(GOOD, GOOD, FAIR, BAD, GOOD, None)
    congress = row.session.term.assembly
    assert batches(2026, congress) == []
    release(row)
    (found,) = batches(2026, congress)
    line = next(each for each in found.lines if each.shares)
    assert (line.sent, line.returned) == (6, 5)
    said = {each.name: (each.rate, each.of, each.spread) for each in line.shares}
    assert said["满意率"] == ("50.0%", "3 份 ÷ 6 份", "3 · 1 · 1")
    assert said["办成率"][1].endswith("÷ 6 条")
    assert [each.lines for each in public_batches(2026)] == [found.lines]
    assert batches(2025, congress) == batches(2026, None) == []


def test_a_unit_of_too_few_has_no_rate():
    with on(verbs_rated.AFTER.replace(month=4, day=24)):
        row = rated(GOOD, BAD)
    release(row)
    (found,) = batches(2026, row.session.term.assembly)
    assert [(line.shares, line.returned) for line in found.lines] == [([], None)] * 2
