"""没有网络也能记: read, log and queue on a mountain; sent once, by itself, when there is a line."""

import re
from datetime import timedelta

import pytest

from congress.shared import clock
from deputies.models import DutyRecord, Evidence
from tests import make
from tests.journeys.conftest import at_ten
from tests.journeys.offline.far_away import (
    IDLE,
    QUEUE,
    at_home,
    logs,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_day_without_a_line(phone, line, person, moment):
    at_home(phone, person)
    line.cut()

    phone.goes_to("/")
    phone.reads("现在没有网络")
    phone.reads(re.compile("下面是今天 .*的内容"))
    assert "罗明贵代表" in phone.text()
    assert not phone.page.get_by_role("link", name="提建议").is_visible()
    phone.follows("记一次履职")
    phone.reads("做了什么？")

    logs(phone, note="过水桥护栏掉了一截", photos=2, quantity=3)
    phone.reads("已存在手机里")
    assert all(
        words in phone.text()
        for words in ("走访选民 3 户 · 5 月 12 日", "罗家坡村 3 组 · 2 张照片", "有网时自动上报")
    )
    logs(phone, "C1", note="昨天的接待", day="昨天")
    phone.reads("已存在手机里")

    phone.goes_to("/")
    phone.reads("存在手机里，还没上报")
    text = phone.text()
    assert "2 条" in text
    assert text.count("等网络") == 2
    assert phone.sees_no_sideways_scroll()

    moment.move_to(at_ten(make.TODAY + timedelta(days=1)))
    phone.is_user(person.user)  # the session of yesterday is over: that is another story
    line.mend()
    phone.presses("再试")
    phone.reads("已上报")
    phone.page.wait_for_function("() => !document.querySelector('#on-phone .amber')")
    rows = DutyRecord.objects.filter(item__code__in=("C1", "C2")).order_by("pk")
    assert [(row.item.code, row.quantity, row.done_on) for row in rows] == [
        ("C2", 3, make.TODAY),
        ("C1", 1, make.TODAY - timedelta(days=1)),
    ]
    assert [row.evidence.count() for row in rows] == [2, 1]
    assert clock.today() == make.TODAY + timedelta(days=1)
    phone.goes_to("/deputies/records/").goes_to("/")
    assert not phone.page.locator("#on-phone").is_visible()
    assert phone.page.evaluate(QUEUE) == []


def test_a_page_kept_yesterday_says_the_days_of_today(phone, line, person):
    at_home(phone, person)
    line.cut()
    tomorrow = phone.page.evaluate("Date.now()") + 24 * 3600 * 1000
    phone.page.clock.install(time=tomorrow / 1000)
    phone.goes_to("/")
    phone.reads(re.compile("下面是昨天"))
    phone.goes_to("/deputies/report/?item=C2")
    phone.page.clock.resume()
    phone.reads("5 月 13 日")
    assert phone.page.locator("[name=day][value='1']").get_attribute("data-date") == "2026-05-12"


def test_two_windows_at_once_send_once(phone, line, person):
    at_home(phone, person)
    line.cut()
    for number in range(3):
        logs(phone, note=f"第 {number} 户", quantity=1)
        phone.reads("已存在手机里")
    second = phone.context.new_page()
    second.goto(f"{line.address}/")
    phone.goes_to("/")
    line.mend()
    posts = []
    phone.context.on("request", lambda sent: posts.append(sent) if sent.method == "POST" else None)
    for page in (phone.page, second):
        page.evaluate("void dispatchEvent(new Event('online'))")
    while DutyRecord.objects.filter(item__code="C2").count() < 3:
        phone.page.wait_for_timeout(100)
    for page in (phone.page, second):  # both take the desk anew when they have sent
        page.wait_for_function("() => !document.documentElement.dataset.kept")
        page.wait_for_load_state()
    assert DutyRecord.objects.filter(item__code="C2").count() == 3
    assert len(posts) == 3


def test_the_answer_is_lost_and_the_record_is_still_one(phone, line, person):
    at_home(phone, person)
    phone.goes_to("/deputies/report/?item=C2")
    lost = []

    def swallow(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().json())  # the server has it
            route.abort()
        else:
            route.continue_()

    phone.context.route("**/report/kept/", swallow)
    logs(phone, note="护栏掉了一截", quantity=1)
    phone.reads("已存在手机里")
    assert lost
    assert DutyRecord.objects.filter(item__code="C2").count() == 1

    phone.goes_to("/")
    phone.page.evaluate(IDLE)
    phone.reads("已上报")
    assert DutyRecord.objects.filter(item__code="C2").count() == 1
    assert Evidence.objects.filter(record__item__code="C2").count() == 1
