from datetime import timedelta

import pytest
from django.urls import reverse

from congress.home.queries import wall
from congress.shared import clock
from proposals.states import State
from stations.models import Posting, Station, StationKind
from tests import make
from tests.home.facts import graded, review
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


@pytest.fixture
def station():
    return Station.objects.create(
        kind=StationKind.STATION, area=make.township(), name="桃园村代表联络站"
    )


def screen(client, station):
    answer = client.get(reverse("home:wall", args=[station.pk]))
    assert answer.status_code == 200
    return answer


def test_the_screen_shows_the_day_the_deputies_and_the_townships_proposals(client, station):
    person = make.deputy("柳如是")
    Posting.objects.create(deputy=person, station=station, from_on=make.ELECTED_ON)
    own = walk.proposal(State.ASSIGNED, lead=person)
    far = make.deputy(of=make.group("青山乡第一代表小组", make.township("青山乡")))
    other = walk.proposal(State.ASSIGNED, lead=far, title="关于硬化青山乡晒谷场的建议")
    text = screen(client, station).content.decode()
    assert "柳如是" in text
    assert "修复柳河镇桃园村过水桥</p>" in text
    assert own.number in text
    assert other.number not in text
    assert "<b>按期</b>" in text
    assert "6.8 到期" in text
    assert "截至 12:00" in text


def test_the_screen_shows_only_what_is_public(client, station):
    person = make.deputy("柳如是")
    Posting.objects.create(deputy=person, station=station, from_on=make.ELECTED_ON)
    withheld = walk.proposal(State.ASSIGNED, lead=person, withheld="涉及个人隐私")
    answered = walk.proposal(State.ANSWERED, lead=person, title="关于加固桃园村河堤的建议")
    text = screen(client, station).content.decode()
    assert answered.number in text
    secrets = (withheld.number, "隐私", person.phone, person.user.username, "B 类", "登录")
    assert not [word for word in secrets if word in text]


def test_solved_is_a_published_answer_of_class_a(client, station):
    proposal = walk.proposal(State.ASSIGNED, lead=make.deputy())
    walk.gated(proposal.lead_assignment)
    walk.answered(proposal.lead_assignment, outcome="A")
    seen = wall.wall(station.pk, clock.now())
    assert (seen.solved_count, seen.solved) == (0, ())
    walk._take(proposal, State.PUBLISHED, None, (), "")
    seen = wall.wall(station.pk, clock.now())
    assert (seen.solved_count, seen.solved_this_year) == (0, 1)  # published in April
    assert seen.solved[0][:2] == ("4.24", "修复柳河镇桃园村过水桥")


def test_the_three_meetings_are_one_stop_across_the_room(station):
    proposal = walk.proposal(State.ASSIGNED)
    walk.met(proposal.lead_assignment, *list(walk.MET_ON)[:2])
    row = wall.wall(station.pk, clock.now()).rows[0]
    assert [stop.label for stop in row.stops] == list(wall.HEAD)
    assert [stop.state for stop in row.stops] == ["done"] * 3 + ["now"] + [""] * 3


def test_many_proposals_turn_their_pages_with_the_clock(station):
    lead = make.deputy()
    for number in range(6):
        walk.proposal(State.ACCEPTED, lead=lead, title=f"关于第 {number} 座桥的建议")
    now = clock.now()
    pages = [wall.wall(station.pk, now + timedelta(seconds=30 * turn)) for turn in range(2)]
    assert {page.page for page in pages} == {1, 2}
    assert sorted(len(page.rows) for page in pages) == [1, 5]


def test_the_townships_own_ten_star_deputies_come_first(station):
    cycle = review()
    far = make.deputy("王伟民", of=make.group("青山乡第一代表小组", make.township("青山乡")))
    graded(cycle, far)
    seen = wall.wall(station.pk, clock.now())
    assert (seen.stars_of_county, [one.name for one in seen.stars]) == (True, ["王伟民"])
    graded(cycle, make.deputy("柳如是"))
    seen = wall.wall(station.pk, clock.now())
    assert (seen.stars_of_county, [one.name for one in seen.stars]) == (False, ["柳如是"])


def test_the_screen_asks_for_itself_and_is_never_kept(client, station):
    answer = screen(client, station)
    assert answer["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert 'hx-trigger="every 30s"' in text
    assert 'class="stale-banner"' in text


def test_a_station_that_is_not_there_has_no_screen(client):
    assert client.get(reverse("home:wall", args=[1])).status_code == 404


def test_the_screen_costs_the_same_at_one_row_and_at_three(
    client, station, django_assert_num_queries
):
    for count in (1, 2):
        for _ in range(count):
            proposal = walk.proposal(State.PUBLISHED)
            Posting.objects.create(deputy=proposal.lead, station=station, from_on=make.ELECTED_ON)
        with django_assert_num_queries(10):
            screen(client, station)
