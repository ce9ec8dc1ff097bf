"""核实: two hundred waiting records in ten minutes, by keyboard; counted in acts and answers."""

import re
from collections import Counter
from datetime import date

import pytest

from congress.shared.models import Notice
from congress.shared.roles import Role
from deputies.actions import duties
from deputies.actions.duties import Fact
from deputies.models import DutyRecord
from deputies.states import DutyState
from scoring.models import Entry
from tests import make
from tests.deputies import walk
from tests.journeys.conftest import PHONE
from tests.scoring import facts

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 5, 22)
PAIRS, PLAIN, RETURNED, DAYS = 10, 180, 5, 5
MOST_KEYS, MOST_ANSWERS = 60, 50


def waiting(plain=PLAIN, pairs=PAIRS, *, checked=True):
    """Records that a keeper registered and a clerk checked; each pair is one duty told twice."""
    people = [make.deputy() for _ in range(max(plain // DAYS, pairs, 1))]
    days = [(person, facts.DAY.replace(day=10 + day)) for day in range(DAYS) for person in people]
    twice = [(person, facts.DAY) for person in people[:pairs]] * 2
    told = [
        Fact(person.pk, "C1", day, f"t:{make.serial()}") for person, day in [*days[:plain], *twice]
    ]
    duties.report_facts(told, by=make.actor(Role.KEEPER))
    if not checked:
        return
    clerk = make.actor()
    rows = list(DutyRecord.objects.to_check().with_doubts())
    duties.check_all([row for row in rows if not row.has_twin], by=clerk)
    for row in rows:
        if row.has_twin:
            duties.check(row, by=clerk)


def open_queue(visitor, actor, path="/scoring/verify-queue/"):
    return visitor.is_user(actor.user).goes_to(path).page


def shown(page):
    """The number of the record on the right; empty when none is left."""
    field = page.locator("#one input[name=record]")
    return field.input_value() if field.count() else ""


def types(page, *keys):
    """Presses keys; the last of them is answered by another record on the right."""
    before = shown(page)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function(
        "(was) => { const now = document.querySelector('#one input[name=record]');"
        " return !document.querySelector('.htmx-request') && (now ? now.value : '') !== was; }",
        arg=before,
    )


def settled(page):
    """A list that was put in place again hears keys once the exchange is over."""
    page.wait_for_function(
        "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
    )


@pytest.mark.timeout(400)
def test_two_hundred_records_take_few_keys_and_few_answers(desk):
    facts.book()
    waiting()
    asked = Counter()
    desk.page.on("request", lambda sent: asked.update([sent.resource_type]))
    page = open_queue(desk, make.director())
    desk.reads("待核实 200")

    page.keyboard.press("a")
    desk.reads("已选 180 条，36 位代表，都无提示")
    assert "按规则记 +360.0 分（联系群众 360.0），通知 36 人" in desk.text()
    page.keyboard.press("b")
    desk.reads("已核实 180 条，入账 180 笔")
    desk.reads("看这 180 条")
    keys, previews = 2, []
    for number in range(2 * PAIRS):
        if number % 4 == 0 and len(previews) < RETURNED:
            page.keyboard.press("r")
            page.keyboard.press("3")
            previews.append(page.locator(".preview").inner_text().split("\n")[-1])
            types(page, "Enter")
            keys += 3
        elif page.locator("input[name=twice]").count():
            page.keyboard.press("v")  # leads to the tick: 确实是两次
            page.keyboard.press("Space")
            types(page, "v")
            keys += 3
        else:
            types(page, "v")
            keys += 1

    desk.reads("0 条，没有等着核实的")
    answers = asked["document"] + asked["xhr"]
    assert len(previews) == RETURNED
    assert keys <= MOST_KEYS
    assert answers <= MOST_ANSWERS, asked
    states = DutyRecord.objects.counts()
    assert states == {DutyState.VERIFIED: 195, DutyState.RETURNED: RETURNED}
    assert Entry.objects.count() == 195
    told = Notice.objects.filter(key__startswith="deputies.returned:").order_by("pk")
    assert [notice.text for notice in told] == previews


def test_the_keys_are_heard_from_the_start_and_never_while_somebody_types(desk):
    facts.book()
    waiting(plain=3, pairs=0)
    page = open_queue(desk, make.director())
    first = shown(page)
    types(page, "j")
    second = shown(page)
    focused = page.evaluate("document.activeElement.getAttribute('aria-current')")
    assert (second != first, focused) == (True, "true")
    assert re.match(r"2，\S+", page.locator("#said").inner_text())
    types(page, "k")
    assert shown(page) == first
    page.keyboard.press("x")
    desk.reads("已选 1 条")

    page.keyboard.press("r")
    page.keyboard.press("6")
    page.keyboard.type("vbjx")
    assert page.locator("[data-reason]").inner_text() == "vbjx"
    page.locator("#id_words").dispatch_event("keydown", {"key": "Escape", "isComposing": True})
    assert page.locator("#return[open]").count() == 1
    page.locator("#id_words").fill("")
    page.keyboard.press("Escape")
    assert page.locator("#return[open]").count() == 0
    assert not DutyRecord.objects.exclude(state=DutyState.CHECKED).exists()

    types(page, "v")  # the tick of the first goes with it; the next record is open
    assert shown(page) == second
    page.keyboard.press("?")
    desk.reads("勾选全部没有提示的")
    page.keyboard.press("v")
    page.keyboard.press("Escape")
    assert Entry.objects.count() == 1


def test_somebody_else_was_quicker_and_the_rest_is_done_with_one_key(desk):
    facts.book()
    waiting(plain=3, pairs=0)
    page = open_queue(desk, make.director())
    page.keyboard.press("a")
    desk.reads("已选 3 条")
    duties.verify(DutyRecord.objects.order_by("pk")[1], by=make.director())
    page.keyboard.press("b")
    desk.reads("没有办成，一条也没有改动")
    desk.reads("其余 2 条照办")
    settled(page)
    page.keyboard.press("b")
    desk.reads("已核实 2 条")
    assert [fault for fault in desk.faults if not fault.endswith(": 409")] == []
    desk.faults.clear()  # the refusal itself
    assert DutyRecord.objects.verified().count() == 3


def test_the_township_checks_on_a_phone_and_takes_one_back(open_page):
    for _ in range(2):
        walk.report(make.deputy(), done_on=facts.DAY)
    phone = open_page(PHONE, has_touch=True, is_mobile=True)
    clerk = make.actor(Role.TOWNSHIP_CLERK)
    page = open_queue(phone, clerk, "/scoring/check-queue/")
    phone.taps_on(page.locator("a.photo").first)
    page.get_by_role("button", name="收起").wait_for()
    phone.presses("收起")
    phone.presses("核对这一条")
    phone.reads("已核对 1 条")
    phone.follows("看这 1 条")
    phone.taps_on(page.get_by_role("checkbox").first)
    phone.presses("撤回勾选的核对")
    phone.reads("已撤回 1 条核对")
    assert DutyRecord.objects.to_check().count() == 2


def test_without_javascript_everything_works_by_clicks(open_page):
    waiting(plain=2, pairs=1, checked=False)
    plain = open_page(java_script_enabled=False)
    clerk = make.actor(Role.TOWNSHIP_CLERK)
    page = open_queue(plain, clerk, "/scoring/check-queue/")
    plain.follows("勾选全部没有提示的")
    plain.presses("核对这 2 条")
    assert "已核对 2 条" in plain.text()
    plain.presses("仍要核对")
    page.locator("#return summary").click()
    page.get_by_text("与已有记录重复").click()
    plain.presses("退回给代表")
    assert DutyRecord.objects.counts() == {DutyState.CHECKED: 3, DutyState.RETURNED: 1}
