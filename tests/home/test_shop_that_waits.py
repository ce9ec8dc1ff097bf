"""报损、冲回 on the first screen of whoever may be the second person."""

import pytest
from django.utils.timezone import localdate

from congress.home.queries import shop_tasks
from congress.shared.roles import Role
from scoring.actions import gifts, handing
from tests import make
from tests.scoring import shop

pytestmark = pytest.mark.django_db


def test_what_somebody_else_asked_for_waits_on_the_first_screen():
    of = shop.shop()
    said = {"reason": "受潮", "today": shop.TODAY}
    gifts.ask_write_off(of.gift, count=1, by=of.keeper, **said)
    handing.ask_reversal(shop.handed(of), came_back=True, by=of.clerk, **said)
    (mine,) = shop_tasks.tasks(of.keeper)
    assert "桃园村联络站冲回“保温杯”" in mine.words
    assert mine.since == localdate()
    (theirs,) = shop_tasks.tasks(of.clerk)
    assert "报损“保温杯”" in theirs.words
    assert shop_tasks.tasks(make.actor(Role.CONVENOR)) == []
    both = shop_tasks.office_queue(make.director(), localdate(), works=frozenset())
    assert (both.title, both.count) == ("积分超市待复核", 2)
    assert both.url.endswith(f"/{of.station.pk}/")
    own = make.actor(Role.TOWNSHIP_CLERK, user=of.deputy.user)
    (only,) = shop_tasks.tasks(own)
    assert "报损" in only.words, "nobody is asked to fill their own purse"
