"""办理进度: the database sorts, counts and cuts the list, by the very days of the lights."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.home.queries import leader
from congress.shared.roles import Role
from proposals.actions import clocks, review
from proposals.models import Assignment, Proposal
from proposals.queries import in_hand
from proposals.queries.clocks import Clock
from proposals.states import State
from proposals.views import in_hand as views
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
PAGE = reverse("proposals:in_hand")
LATE = walk.DUE_ON + timedelta(days=20)


def queries_of(client, address=PAGE):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return [each["sql"] for each in seen]


def test_three_rows_take_the_queries_of_one_and_a_page_loads_its_own_rows_alone(
    office, monkeypatch
):
    monkeypatch.setattr(views, "ON_A_PAGE", 1)
    walk.proposal(State.ASSIGNED)
    queries_of(office)
    one = queries_of(office)
    for title in ("关于办好学校食堂的建议", "关于增设公交站的建议"):
        walk.proposal(State.ASSIGNED, title=title)
    three = queries_of(office)
    assert len(three) == len(one)
    loads = [each for each in three if '"proposals_proposal"."facts"' in each.partition("FROM")[0]]
    assert len(loads) == 1
    assert loads[0].endswith("LIMIT 1")


def every_kind():
    """Late, late by its helper alone, paused, merged with one in hand, answered; and not yet."""
    helper = make.unit("县财政局")
    walk.proposal(State.ASSIGNED, title="按自己的期限")
    helped = walk.proposal(State.ASSIGNED, title="有协办", assisting=[helper])
    Assignment.objects.filter(proposal=helped, unit=helper).update(
        due_on=walk.ASSIGNED_ON + timedelta(days=30)
    )
    still = walk.proposal(State.ASSIGNED, title="暂停的").lead_assignment
    clocks.pause(
        still,
        from_on=walk.ASSIGNED_ON,
        reason="等批复。",
        agreed_with="领衔代表",
        by=make.actor(),
        today=walk.ASSIGNED_ON,
    )
    into, along = (walk.proposal(State.ACCEPTED, title=title) for title in ("并了的", "并入的"))
    review.merge(along, into=into, by=make.actor())
    walk._take(into, State.ASSIGNED, make.unit(), (), "")
    walk.proposal(State.ANSWERED, title="答复了的")
    walk.proposal(State.ACCEPTED, title="没有交办的")


def said_by_lights(row, timing):
    """What the lights of the proposal itself say."""
    handled = row.handled_as
    light = timing.light_on(handled)
    return "late" if timing.late_helpers(handled) else light.kind if light else "done"


@pytest.mark.parametrize("days", [-75, -15, -14, -13, -12, -1, 0, 1])
def test_the_database_knows_each_kind_as_the_lights_do(days):
    every_kind()
    today = walk.DUE_ON + timedelta(days=days)
    timing, office = Clock.on(today), make.actor()
    found = in_hand.lines(in_hand.handed_over(office, timing), timing)
    assert len(found) == 6
    for line in found:
        assert line.kind == said_by_lights(line.proposal, timing), line.proposal.title
    counted = in_hand.counts(office, timing)
    kinds = [line.kind for line in found]
    assert [each.many for each in counted] == [kinds.count(each.key) for each in counted]
    places = [[key for key, _ in in_hand.KINDS].index(kind) for kind in kinds]
    assert all(before <= after for before, after in pairwise(places))


def test_what_is_merged_into_one_that_waits_for_its_unit_is_not_among_the_answered(office):
    into, along = (walk.proposal(State.ACCEPTED, title=title) for title in ("并了的", "并入的"))
    review.merge(along, into=into, by=make.actor())
    assert "并入的" not in office.get(PAGE).content.decode()
    walk._take(Proposal.objects.get(pk=into.pk), State.ASSIGNED, make.unit(), (), "")
    assert "并入的" in office.get(PAGE).content.decode()


def test_a_page_beyond_the_first_and_its_filter_go_on_where_the_first_ended(office, monkeypatch):
    monkeypatch.setattr(views, "ON_A_PAGE", 2)
    titles = [f"关于疏通第 {number} 条渠的建议" for number in range(3)]
    for title in titles:
        walk.proposal(State.ASSIGNED, title=title)
    facts.handed()
    with on(LATE):
        pages = [
            office.get(PAGE, {"page": page, "light": "late"}).content.decode() for page in (1, 2)
        ]
    shown = [[title for title in titles if title in page] for page in pages]
    assert sorted(shown[0] + shown[1]) == titles
    assert all("导出这 4 件" in page for page in pages)


def test_a_leaders_first_screen_loads_no_more_than_it_shows(monkeypatch):
    monkeypatch.setattr(leader, "SHOWN", 1)
    for title in ("关于办好学校食堂的建议", "关于增设公交站的建议"):
        walk.proposal(State.ASSIGNED, title=title)
    with CaptureQueriesContext(connection) as seen:
        desk = leader.desk(make.actor(Role.LEADER), LATE)
    assert (desk.late, len(desk.pressing)) == (2, 1)
    selects = [each["sql"] for each in seen]
    loads = [each for each in selects if '"proposals_proposal"."closing_words"' in each]
    assert [each.endswith("LIMIT 1") for each in loads] == [True]
