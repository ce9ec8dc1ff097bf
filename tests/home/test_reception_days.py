"""Every screen tells the days on which places receive as they are held, not as the calendar has."""

from datetime import date

import pytest
from django.urls import reverse

from congress.home.queries.office import desk
from congress.shared.roles import Role
from stations.actions import rota
from stations.models import Station, StationKind
from tests import make
from tests.home.screens import front
from tests.scoring import facts
from tests.stations import rota_walk as walk
from tests.stations import screens

pytestmark = pytest.mark.django_db
MOVED = date(2026, 5, 21)


@pytest.fixture
def found():
    """A planned station whose next day was moved, and a home that has no rota."""
    with facts.on(walk.TODAY):
        found = walk.planned()
        found.slot = walk.turns(found)[0]
        words = {"reason": "停电检修", "by": found.keeper, "today": walk.TODAY}
        rota.move_day(found.slot.day, to=MOVED, **words)
        kind, area = StationKind.HOME, found.place.area
        found.home = Station.objects.create(kind=kind, area=area, name="柳河镇代表之家")
        yield found


def read(client, name: str, *args) -> str:
    seen = client.get(reverse(name, args=args)).content.decode()
    return " ".join(seen.split())


def test_voters_read_the_day_each_place_holds_next(client, found):
    seen = read(client, "stations:public_list")
    assert seen.count("下次接待 5 月 21 日（周四）") == 1, "a home without a rota promises nothing"
    assert "<b>21</b>5 月 周四" in seen
    assert "1 个家站接待" in seen
    home = read(client, "stations:public_detail", found.home.pk)
    assert "这里没有排接待日" in home
    assert "还有 8 天" not in home
    assert "<b>21</b>5 月 周四" in read(client, "home:front")
    own = read(client, "home:deputy", found.slot.deputy.code)
    assert "<b>21</b>5 月 周四" in own
    assert "5 月 21 日本人接待" in own
    wall = " ".join(client.get(screens.address(found.home)).content.decode().split())
    assert '<b class="date">21</b>' in wall
    assert "各联络站下一个接待日" in wall


def test_offices_read_the_day_each_place_holds_next(found):
    text, _ = front(found.keeper.user)
    names = sorted(slot.deputy.name for slot in found.slot.day.slots.all())
    assert "5 月 21 周四 接待日：柳河镇第一联络站 还有 9 天" in text
    assert all(name in text for name in names)
    month = desk(make.actor(Role.STAFF_CLERK), walk.TODAY).month
    assert [day.number for day in month if day and "接待" in day.words] == [21, 30]


def test_a_substitute_is_told_of_at_the_place_where_they_receive(client, found):
    second = walk.station(1, name="柳河镇第二联络站")
    more = {"reason": "出差", "by": found.keeper, "today": walk.TODAY}
    rota.appoint_substitute(found.slot, deputy=second.deputies[0], **more)
    seen = read(client, "home:deputy", second.deputies[0].code)
    assert "5 月 21 日本人接待" in seen
    assert reverse("stations:public_detail", args=[found.place.pk]) in seen
    assert reverse("stations:public_detail", args=[second.place.pk]) not in seen
