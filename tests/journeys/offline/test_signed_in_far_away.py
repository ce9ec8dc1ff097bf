"""没有网络也能签到: the screen's code is read without a line, kept with its moment, sent once."""

from datetime import timedelta

import pytest

from congress.shared import clock
from stations.models import CheckIn, CheckInWay
from tests import make
from tests.journeys.offline.far_away import at_home
from tests.stations.arrival_walk import code, held

pytestmark = pytest.mark.django_db(transaction=True)
AGAIN = """() => {
  dispatchEvent(new Event("online"));
  return navigator.locks.request("check-ins", () => true);
}"""
"""Sends once more, and comes back when that is over."""


def test_signed_in_without_a_line_and_sent_once(phone, line, person, moment):
    found = held(deputies=[person])
    at_home(phone, person)
    line.cut()

    seen_at = clock.now()
    phone.goes_to(f"/stations/arrive/#{found.activity.pk}.{code(found.activity)}")
    phone.reads("扫到了会场的签到码")
    assert "#" not in phone.page.url, "the code stays in no history"
    phone.presses("签到")
    phone.reads("等网络")
    assert phone.sees_no_sideways_scroll()
    assert not CheckIn.objects.exists()

    phone.goes_to("/")
    line.mend()
    phone.presses("再试")
    phone.page.wait_for_function("() => !localStorage.getItem('check-ins')")
    row = CheckIn.objects.get()
    assert (row.deputy, row.way) == (person, CheckInWay.CODE)
    assert abs(row.at - seen_at) < timedelta(seconds=20)
    phone.goes_to("/stations/arrive/")
    phone.reads("已签到")


def test_an_answer_that_is_not_the_platforms_loses_nothing(phone, line, person, moment):
    found, sends = held(deputies=[person]), "**/stations/check-ins/kept/"
    at_home(phone, person)
    web = phone.page.context

    web.route(sends, lambda route: route.fulfill(status=503, body="down"))
    phone.goes_to(f"/stations/arrive/#{found.activity.pk}.{code(found.activity)}")
    phone.presses("签到")
    phone.reads("等网络")
    web.unroute(sends)

    def hotspot(route):
        portal = {"status": 200, "content_type": "text/html", "body": "<p>Wi-Fi</p>"}
        return route.fulfill(**portal) if route.request.method == "POST" else route.fallback()

    web.route(sends, hotspot)
    phone.page.evaluate(AGAIN)
    phone.reads("等网络")
    web.unroute(sends)
    assert not CheckIn.objects.exists()
    phone.page.evaluate(AGAIN)
    phone.reads("已签到")
    assert CheckIn.objects.get().deputy == person
    phone.faults[:] = [fault for fault in phone.faults if "503" not in fault]


def test_the_organiser_signs_in_by_list_and_by_a_deputys_code(desk, person):
    found = held(deputies=[person, make.deputy("韦春花")])
    page = desk.is_user(found.clerk.user).goes_to(f"/stations/activities/{found.activity.pk}/").page
    desk.follows("现场签到")
    one = page.locator("option", has_text="韦春花").inner_text()
    page.get_by_label("哪位代表").select_option(label=one)
    desk.presses("代签")  # nothing is sent before it says why
    assert not CheckIn.objects.exists()
    page.get_by_label("为什么代签").fill("手机没电")
    desk.presses("代签")
    desk.reads("已签到")
    page.get_by_label("扫代表码").fill(f"https://example.test/d/{person.code}/")
    desk.presses("登记", exact=True)
    page.wait_for_function("() => document.querySelectorAll('#check-ins-kept li').length === 1")
    assert set(CheckIn.objects.values_list("deputy__name", "way")) == {
        ("韦春花", CheckInWay.HAND),
        (person.name, CheckInWay.CARD),
    }
