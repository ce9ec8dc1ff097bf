"""统计: what happened besides and after the answer, each number as counted by hand."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from proposals.actions import submission
from proposals.counting import counted
from proposals.figure_papers import report
from proposals.models import CarriedProposal, CarryOver, Proposal, RatingRelease
from proposals.queries import statistics
from proposals.queries.clocks import Clock
from proposals.queries.figure_page import groups
from proposals.queries.satisfaction import HOW, batches, in_short, public_batches
from proposals.rating_states import Measure
from proposals.report_words import sections
from proposals.rolling import CarryReason
from proposals.states import State
from tests import make
from tests.proposals import keys, stages_of_following, stages_of_parts, verbs_rated, walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
LATER = stages_of_following.LATER


def carried(*rows):
    """As the year's end leaves it."""
    row = rows[0]
    made = CarryOver.objects.create(
        assembly=row.session.term.assembly,
        from_year=2026,
        to_year=2027,
        term=row.session.term,
        carried_on=LATER,
        carried_by=make.director().user,
    )
    for each in rows:
        CarriedProposal.objects.create(
            carry_over=made, proposal=each, reason=CarryReason.values[0], carried_on=LATER
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


def test_what_was_carried_is_told_apart_by_its_year_and_stays_counted_whatever_becomes_of_it():
    earlier, own = walk.proposal(State.ACCEPTED), walk.proposal(State.ACCEPTED)
    Proposal.objects.filter(pk=earlier.pk).update(accepted_on=date(2025, 12, 31))
    carried(earlier, own)
    by = make.as_deputy(own.lead)
    submission.withdraw(own, reason="已经装好。", by=by, today=walk.ASSIGNED_ON)
    year = statistics.load(make.actor(), 2026, Clock.on(LATER))
    found = counted(year.cases)
    assert (found.numbers["carried"], year.carried_over) == (1, 2)
    lines = {line.key: line for group in groups(year, found) for line in group.lines}
    assert "连同以前年度受理的一共结转 2 件" in lines["carried"].how
    words = "".join(line for part in sections(year, found, [], LATER) for line in part.lines)
    assert "当年受理的结转下一年继续办理1件。连同以前年度受理的，一共结转2件。" in words


def released(congress, *counts, on_day=LATER):
    """A batch as it was released: of one unit these cells, 办理态度、办理结果、逐条请求."""
    batch = RatingRelease.objects.create(
        assembly=congress,
        year=2026,
        round=1,
        least_replies=5,
        least_raters=5,
        alike_below=10,
        released_on=on_day,
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


def test_the_report_keeps_each_sum_on_one_line_and_names_the_year_of_a_day_in_another():
    done = walk.proposal(State.PUBLISHED)
    later = date(2027, 2, 3)
    cells = ((6, 5, 0, 0, 1), (6, 3, 1, 1, 1), (8, 4, 2, 1, 1))
    released(make.assembly(), *cells, on_day=later)
    year = statistics.load(make.actor(), 2026, Clock.on(later))
    assert [case.number for case in year.cases] == [done.number]
    made = report(year, make.assembly(), batches(2026, make.assembly()), later)
    words = "".join(line for part in made.sections for line in part.lines)
    assert "（2027年2月3日公布）" in words
    assert "到2027年2月3日已兑现" in words
    paper = render_to_string("pdf/figure_report.html", {"report": made, "how_satisfied": HOW})
    assert '<span class="whole">1件÷1件=100.0%</span>' in paper
    own = sections(year, counted(year.cases), [], date(2026, 12, 30))
    assert "到12月30日已兑现" in "".join(line for part in own for line in part.lines)


def test_of_several_congresses_each_batch_is_named_by_its_own_and_none_stands_for_all(client):
    walk.proposal(State.PUBLISHED)
    cells = ((6, 5, 0, 0, 1), (6, 3, 1, 1, 1), (8, 4, 2, 1, 1))
    county, town = make.assembly(), make.assembly("township", make.township())
    released(county, *cells)
    page = client.get(reverse("proposals:public_figures"), {"year": 2026}).text
    assert f"{county.name} 2026 年第 1 批" in page
    released(town, *cells)
    page = client.get(reverse("proposals:public_figures"), {"year": 2026}).text
    assert f"{town.name} 2026 年第 1 批" in page
    assert in_short(public_batches(2026)) == "已公布 2 批"
    assert "2026 年第 1 批" in client.get(reverse("proposals:satisfaction")).text
    assert town.name in client.get(reverse("proposals:satisfaction")).text.split("<h2>", 1)[1]
