"""一月: a year has turned with everything open; each first page says what waits, and of when."""

from datetime import date

import pytest
from django.urls import reverse

from congress.shared.roles import Role
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.verbs_rolling import carries
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
JANUARY = date(2027, 1, 11)
LAST = "2026 年 6 月 8 日"


@pytest.fixture
def front(client):
    def opened(by):
        client.force_login(by.user)
        with on(JANUARY):
            return client.get(reverse("home:front"), follow=True).text

    return opened


def test_what_last_year_left_open_waits_for_whoever_carries_it_over_until_it_is(front):
    own, town = walk.proposal(State.ASSIGNED), walk.of_township(State.ASSIGNED)
    director, clerk, township = (
        *(make.director(), make.actor()),
        make.actor(Role.TOWNSHIP_CLERK),
    )
    said, page = "2026 年没有办完的待结转", f"{reverse('proposals:carried_year')}?year=2026"
    desks = [front(each) for each in (director, clerk, township)]
    assert [said in each for each in desks] == [True, False, True]
    assert [page in desks[0], f"1 件 {said}" in desks[2]] == [True, True]
    assert f"应于 {LAST}前答复" in desks[0], "a day of another year has its year"
    assert f"最早的应于 {LAST}前办好" in desks[2]
    with on(JANUARY):
        carries(own, director, today=JANUARY)
        carries(town, township, today=JANUARY)
    assert [said in front(each) for each in (director, township)] == [False, False]


def test_days_of_the_year_before_have_their_year_on_the_desks_of_units_and_deputies(front):
    row = walk.proposal(State.ASSIGNED)
    desk = front(walk.unit_clerk(row.parts[0].unit))
    assert "2026 年 3 月 6 日交办" in desk
    assert "2026 年 6 月<b>8</b>" in front(make.as_deputy(row.lead))
