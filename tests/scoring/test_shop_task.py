"""积分超市 each night: whatever is due is found in the rows; a missed day is made up."""

from datetime import date

import pytest

from congress.shared import clock
from congress.shared.models import AuditEvent
from scoring import tasks
from scoring.models import Purse, Redemption
from tests import make
from tests.home import facts as home_facts
from tests.scoring import facts, shop
from tests.scoring.test_shop_purses import amended

pytestmark = pytest.mark.django_db
NOTHING = {"ended": 0, "opened": 0, "adjusted": 0}


def test_the_night_opens_purses_on_the_first_of_january_and_again_for_who_came_later():
    cycle = home_facts.review(year=2026)
    home_facts.graded(cycle, make.deputy())
    with facts.on(date(2026, 12, 31)):
        assert tasks.run_shop() == NOTHING
    with facts.on(date(2027, 1, 1)):
        assert tasks.run_shop() == NOTHING | {"opened": 1}
        assert tasks.run_shop() == NOTHING
    home_facts.graded(cycle, make.deputy(), grade="良好")
    with facts.on(date(2027, 2, 3)):
        assert tasks.run_shop() == NOTHING | {"opened": 1}
    assert [row.year for row in Purse.objects.all()] == [2027, 2027]


def test_the_night_ends_what_nobody_fetched_and_follows_grades():
    of = shop.shop()
    row = shop.held(of)
    with facts.on(row.until):
        assert tasks.run_shop() == NOTHING
    amended(of.purse.grading, "良好")
    with facts.on(date(2026, 12, 20)):
        assert tasks.run_shop() == NOTHING | {"ended": 1, "adjusted": 1}
        assert tasks.run_shop() == NOTHING
    assert Redemption.objects.get().state == "expired"
    assert of.purse.available == 60
    assert AuditEvent.objects.get(now="expired").by_name == "系统"


def test_a_purse_of_a_year_that_is_over_is_left_alone():
    of = shop.shop()
    amended(of.purse.grading, "良好")
    with facts.on(date(2027, 1, 2)):
        assert clock.today().year == 2027
        assert tasks.run_shop() == NOTHING
    assert of.purse.available == 100
