"""没有网络也能记: read, log and queue on a mountain; sent once, by itself, when there is a line."""

import re
from datetime import date, timedelta

import pytest

from congress.shared import clock
from deputies.models import DutyItem, DutyRecord, Evidence
from tests import make
from tests.deputies import walk
from tests.home.screens import calm
from tests.journeys.conftest import PHONE, at_ten
from tests.journeys.line import Line

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = """async () => {
  const name = (await caches.keys()).find((one) => one.startsWith("pages-"));
  return name ? (await (await caches.open(name)).keys()).length : 0;
}"""
"""How many pages are kept for reading."""
QUEUE = """() => new Promise((done) => {
  const opening = indexedDB.open("congress", 1);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("duties").objectStore("duties").getAll();
    asked.onsuccess = () => done(asked.result.map((duty) => duty.state));
    asked.onerror = () => done([]);
    opening.result.close();
  };
})"""
"""The states of the records on the phone, of every account."""
PAGES = "async () => (await caches.keys()).filter((name) => name.startsWith('pages-'))"
ADDRESSES = """async () => {
  const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const lists = await Promise.all(stores.map((store) => store.keys()));
  return lists.flat().map((request) => new URL(request.url).pathname);
}"""
IDLE = "() => navigator.locks.request('duties', () => true)"
"""Comes back when no window is sending."""


@pytest.fixture
def line(live_server):
    between = Line(live_server.url)
    yield between
    between.close()


@pytest.fixture
def phone(open_page, line):
    """A phone at the far end of the line."""
    return open_page(
        PHONE, address=line.address, has_touch=True, is_mobile=True, service_workers="allow"
    )


@pytest.fixture
def person():
    found = calm("罗明贵")
    walk.report(found, item=walk.item("C4"), place="桃园村委会", done_on=date(2026, 4, 2))
    return found


def at_home(phone, person):
    """The desk was opened where there is a line, and the phone has kept what it keeps."""
    phone.is_user(person.user).goes_to("/")
    keeps_its_pages(phone)


def keeps_its_pages(phone):
    """The desk, the list and the form of each duty are on the phone, and the worker is at work."""
    wanted = DutyItem.objects.for_deputies().count() + 2
    while phone.page.evaluate(COUNT) < wanted:
        phone.page.wait_for_timeout(100)
    assert phone.page.evaluate("Boolean(navigator.serviceWorker.controller)")


def forgive(phone, *codes):
    """Answers that the story is about are no faults."""
    wanted = tuple(f"/report/kept/: {code}" for code in codes)
    phone.faults[:] = [fault for fault in phone.faults if not fault.endswith(wanted)]


def logs(phone, item="C2", *, note, day="今天", photos=1, quantity=None):
    page = phone.goes_to(f"/deputies/report/?item={item}").page
    page.get_by_label(re.compile(f"^{day}")).check()
    if quantity:
        page.locator("[name=quantity]").fill(str(quantity))
    if page.get_by_label("别处，我来写").count():
        page.get_by_label("别处，我来写").check()
    page.locator("[name=place]").fill("罗家坡村 3 组")
    files = [
        {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": walk.picture(colour)}
        for number, colour in enumerate(("navy", "gold", "teal")[:photos])
    ]
    page.locator("[name=photos]").set_input_files(files)
    page.get_by_label("做了什么、听到什么").fill(note)
    phone.presses("上报")


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
    }
