"""逢十接待日: the year is planned, a turn changes hands, the desk notes who came, and it counts."""

from datetime import date
from decimal import Decimal

import pytest

from congress.shared.roles import Role
from deputies.actions import duties
from deputies.models import DutyRecord
from scoring.actions import posting
from stations.models import RotaSlot, Station
from tests import make
from tests.journeys.conftest import PHONE, at_ten
from tests.scoring.facts import book
from tests.stations import rota_walk as walk

pytestmark = pytest.mark.django_db(transaction=True)
HELD = date(2026, 5, 20)
TOUCH = {"has_touch": True, "is_mobile": True}
HERE = {"latitude": 32.2252, "longitude": 110.2285}


def plans_the_year(office):
    """Looked at with its fairness first, then written."""
    office.goes_to("/stations/rota/plan-rota/?year=2026")
    office.reads("公平度：每人")
    office.presses("写入，并通知代表")
    office.reads("没有空缺")


def swaps_with_consent(phone, slot, taker):
    """Asked by the one and agreed to by the other."""
    phone.is_user(walk.of(slot).user).goes_to("/stations/my-rota/").follows("请人换班…")
    phone.page.get_by_label("请谁来").select_option(str(taker.pk))
    phone.presses("请对方答复")
    phone.reads(f"等{taker.name}答复")
    phone.is_user(make.as_deputy(taker).user).goes_to("/stations/my-rota/").presses("同意换班")
    phone.reads("已经换好")


def test_a_reception_day_is_planned_swapped_held_and_counted(open_page, moment):
    """The office plans at its screen, everybody else has a phone; who came has the points."""
    book()
    found = walk.station()
    far = {"latitude": Decimal("32.30000"), "longitude": Decimal("110.10000")}
    Station.objects.create(kind="home", area=found.place.area, name="柳河镇代表之家", **far)
    near = {"latitude": Decimal("32.22517"), "longitude": Decimal("110.22845")}
    Station.objects.filter(pk=found.place.pk).update(**near)
    plans_the_year(open_page().is_user(make.director().user))
    slot = RotaSlot.objects.filter(day__held_on=HELD).first()
    taker = walk.free_for(found, slot)
    phone = open_page(PHONE, **TOUCH, geolocation=HERE, permissions=["geolocation"])
    swaps_with_consent(phone, slot, taker)

    moment.move_to(at_ten(HELD))
    phone.goes_to("/stations/").presses("找离我最近的")
    phone.reads("按直线距离，最近的在前。")
    first = phone.page.locator("[data-nearest] li").first
    assert first.inner_text().split() == ["柳河镇第一联络站", "约", "10", "米"]
    phone.taps_on(first.get_by_role("link"))
    phone.page.wait_for_url("**/stations/*/")
    day = phone.page.locator("#days li").first.inner_text()
    assert "就在今天" in day
    assert taker.name in day

    phone.is_user(found.keeper.user).goes_to("/stations/my-stations/")
    turn = phone.page.locator("li", has_text=taker.name)
    phone.taps_on(turn.get_by_role("button", name="到岗"))
    phone.reads(f"{taker.name}到岗，履职已经登记，等核对。")
    told = duties.check(DutyRecord.objects.get(), by=make.actor(Role.TOWNSHIP_CLERK))
    posting.verify_and_post(told, by=make.director())
    phone.is_user(taker.user).goes_to("/scoring/points/").reads("接待选民 1 次 × ")
