"""留在手机上的: nothing is lost, nobody else sees or sends it, and what must not be kept is not."""

import re

import pytest

from deputies.models import DutyRecord
from tests.deputies import walk
from tests.home.screens import calm
from tests.journeys.offline.far_away import (
    IDLE,
    PAGES,
    QUEUE,
    at_home,
    forgive,
    keeps_its_pages,
    logs,
)

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = """async () => {
  const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const lists = await Promise.all(stores.map((store) => store.keys()));
  return lists.flat().map((request) => new URL(request.url).pathname);
}"""


def test_a_session_that_ended_loses_nothing(phone, line, person):
    at_home(phone, person)
    phone.goes_to("/deputies/report/?item=C2")
    phone.context.clear_cookies()
    logs_without_opening(phone)
    phone.reads("请先登录，登录后自动上报")
    forgive(phone, 401)
    phone.goes_to("/login/")
    phone.reads("手机里有 1 条履职还没上报")
    phone.signs_in(person.user)
    phone.reads("已上报")
    assert DutyRecord.objects.filter(item__code="C2").count() == 1


def logs_without_opening(phone):
    page = phone.page
    if page.get_by_label("别处，我来写").count():
        page.get_by_label("别处，我来写").check()
    page.locator("[name=place]").fill("罗家坡村 3 组")
    photo = {"name": "1.jpg", "mimeType": "image/jpeg", "buffer": walk.picture("navy")}
    page.locator("[name=photos]").set_input_files([photo])
    phone.presses("上报")


def test_a_refused_record_is_mended_and_sent(phone, line, person):
    walk.report(person, item=walk.item("C2"), quantity=4)
    at_home(phone, person)
    line.cut()
    logs(phone, note="三户都走到了", quantity=3, photos=2)
    phone.reads("已存在手机里")
    line.mend()
    phone.goes_to("/")
    phone.reads("没有收下")
    assert "这天已报 4 户" in phone.text()
    forgive(phone, 422)

    phone.follows("打开改一改")
    phone.reads("已选 2 个")
    page = phone.page
    assert page.locator("[name=quantity]").input_value() == "3"
    assert page.locator("[name=place]").input_value() == "罗家坡村 3 组"
    assert page.get_by_label("做了什么、听到什么").input_value() == "三户都走到了"
    page.locator("[name=quantity]").fill("1")
    phone.presses("上报")
    page.get_by_role("heading", name="已上报").wait_for()
    record = DutyRecord.objects.get(note="三户都走到了")
    assert (record.quantity, record.evidence.count()) == (1, 2)
    assert page.evaluate(QUEUE) == []


def test_a_second_time_on_one_day_is_asked_about_and_nothing_is_lost(phone, person):
    walk.report(person, item=walk.item("C1"), quantity=1)
    at_home(phone, person)
    logs(phone, "C1", note="另一次接待")
    phone.reads("确实是另一次")
    forgive(phone, 422)
    assert phone.page.locator("[name=photos]").evaluate("(input) => input.files.length") == 1
    phone.page.get_by_label("是另一次，照样上报").check()
    phone.presses("上报")
    phone.page.get_by_role("heading", name="已上报").wait_for()
    assert DutyRecord.objects.filter(item__code="C1").count() == 2


def test_a_kept_record_can_be_dropped_by_its_owner(phone, line, person):
    at_home(phone, person)
    line.cut()
    logs(phone, note="记错了", quantity=1)
    phone.reads("已存在手机里")
    phone.goes_to("/")
    phone.presses("删除")
    phone.page.locator("#on-phone").wait_for(state="hidden")
    assert phone.page.evaluate(QUEUE) == []
    assert "删了找不回来" in phone.asked[-1]


def test_another_account_on_the_phone_neither_sees_nor_sends(phone, line, person):
    other = calm("吴秀兰")
    at_home(phone, person)
    line.cut()
    logs(phone, note="第一个人的", quantity=1)
    phone.reads("已存在手机里")
    line.mend()
    phone.context.clear_cookies()
    phone.signs_in(other.user)
    phone.reads("吴秀兰代表")
    keeps_its_pages(phone)
    assert not phone.page.locator("#on-phone").is_visible()
    assert phone.page.evaluate(PAGES) == [f"pages-{other.user_id}"]
    assert phone.page.evaluate(QUEUE) == ["waiting"]
    assert not DutyRecord.objects.filter(item__code="C2").exists()

    line.cut()
    phone.goes_to("/")
    assert "罗明贵" not in phone.text()
    line.mend()
    phone.context.clear_cookies()
    phone.signs_in(person.user)
    phone.reads("已上报")
    assert DutyRecord.objects.get(item__code="C2").deputy == person


def test_signing_out_erases_what_was_kept_for_reading_but_not_the_unsent(phone, line, person):
    at_home(phone, person)
    line.cut()
    logs(phone, note="还没报", quantity=1)
    phone.reads("已存在手机里")
    line.mend()
    phone.page.route("**/report/kept/", lambda route: route.abort())
    phone.goes_to("/")
    phone.page.evaluate(IDLE)
    phone.page.locator("summary", has_text="菜单").click()
    phone.presses("退出登录")
    phone.reads("您反映的事，办到哪一步了")
    phone.page.wait_for_load_state()
    assert phone.page.evaluate(PAGES) == []
    line.cut()
    phone.goes_to("/")
    phone.reads("现在没有网络")
    assert "罗明贵" not in phone.text()
    phone.goes_to("/deputies/report/?item=C2")
    assert "这一页没有存在手机里" in phone.text()


def test_a_phone_that_cannot_keep_anything_says_so(phone, line, person):
    at_home(phone, person)
    line.cut()
    phone.context.add_init_script("delete window.indexedDB; window.indexedDB = undefined;")
    phone.context.set_offline(True)
    logs(phone, note="没地方放", quantity=1)
    phone.reads(re.compile("手机存不下这一条"))
    phone.context.set_offline(False)
    forgive(phone)


def test_a_staff_page_and_a_photo_are_never_kept(phone, line, person):
    photo = walk.report(person).evidence.get()
    at_home(phone, person)
    phone.goes_to("/deputies/records/").goes_to("/")
    phone.page.evaluate(f"fetch('/deputies/evidence/{photo.pk}/')")
    names = phone.page.evaluate(ADDRESSES)
    assert {name for name in names if not name.startswith("/static/")} == {
        "/",
        "/deputies/report/",
        "/no-line/",
        "/stations/arrive/",
    }
