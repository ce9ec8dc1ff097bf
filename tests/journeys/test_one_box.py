"""一框搜索: whoever types sees the answer appear, on a phone and at the workbench."""

import re

import pytest
from playwright.sync_api import expect

from congress.shared.roles import Role
from deputies.models import Deputy
from proposals.states import State
from tests import make
from tests.journeys.conftest import PHONE
from tests.proposals import walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county():
    """Three deputies, one of whom has raised a proposal."""
    lead = make.deputy("柳如是", of=make.group("柳河镇第三代表小组"))
    for name in ("王伟", "石磊"):
        make.deputy(name)
    return walk.proposal(State.ASSIGNED, lead=lead, title="关于修桃园路的建议")


def types(visitor, label, words):
    """Key by key into the box of this name, as somebody does who is in no hurry."""
    box = visitor.page.get_by_role("searchbox", name=label)
    box.fill("")
    box.press_sequentially(words, delay=40)
    return box


def test_a_citizen_types_and_sees_who_it_is(phone, county):
    page = phone.goes_to("/").page
    page.get_by_role("searchbox", name="找代表").fill("如是")
    phone.presses("找一找")
    phone.reads("找到 1 人")
    page.get_by_role("searchbox", name="找代表").fill("")
    phone.reads("共 3 人")
    box = types(phone, "找代表", "lrs")
    phone.reads("找到 1 人")
    expect(page.locator(".tile")).to_have_count(1)
    expect(box).to_be_focused()
    assert page.url.endswith("/deputies/?q=lrs")

    page.get_by_label("层级").select_option(label="县级代表")
    page.wait_for_url(re.compile(r"q=lrs&level=\d+$"))
    phone.follows("柳如是")
    page.wait_for_url("**/d/*/")
    page.go_back()
    phone.reads("找到 1 人")
    expect(page.get_by_role("searchbox", name="找代表")).to_have_value("lrs")

    types(phone, "找代表", "魑魅")
    phone.reads("没有找到")
    phone.follows("看全部代表")
    phone.reads("共 3 人")


def test_the_last_word_typed_is_answered_last(phone, county):
    page = phone.goes_to("/deputies/").page
    held = []
    page.route(re.compile(r"q=w"), lambda route: held.append(route))
    with page.expect_request(re.compile("q=w")):
        types(phone, "找代表", "w")
    types(phone, "找代表", "lrs")
    phone.reads("找到 1 人")
    for route in held:
        route.continue_()
    page.wait_for_timeout(500)
    assert page.locator(".tile b").all_inner_texts() == ["柳如是"]
    assert page.url.endswith("q=lrs")


def test_without_scripts_the_button_does_the_same(open_page, county):
    visitor = open_page(PHONE, java_script_enabled=False)
    visitor.goes_to("/deputies/").page.get_by_role("searchbox", name="找代表").fill("第三小组")
    visitor.presses("找一找")
    visitor.reads("找到 1 人")
    visitor.reads("柳如是")
    visitor.is_user(make.actor(Role.CONVENOR).user).goes_to("/search/")
    visitor.page.get_by_role("searchbox", name="搜索").fill("桃园路")
    visitor.page.get_by_role("main").get_by_role("button", name="搜索").click()
    visitor.reads("关于修桃园路的建议")


def test_a_deputy_finds_a_colleague_and_a_proposal_in_the_same_box(phone, county):
    phone.is_user(make.as_deputy(Deputy.objects.get(name="王伟")).user).goes_to("/")
    phone.follows("搜索", exact=True)
    phone.page.wait_for_url("**/search/")
    types(phone, "搜索", "柳如是")
    phone.reads(county.title)
    phone.follows(re.compile("柳如是.*县级代表"))
    phone.page.wait_for_url("**/d/*/")
    phone.reads("柳如是")


def test_at_the_workbench_a_key_opens_the_box_and_enter_the_first(desk, county):
    desk.is_user(make.actor(Role.STAFF_CLERK).user).goes_to("/admin/deputies/deputy/")
    page = desk.page
    box, found = page.get_by_label("找代表、建议、功能"), page.locator("#box-found")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("如是", delay=40)
    expect(found.get_by_role("link", name=re.compile("^柳如是"))).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(found.get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()

    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("jfpm", delay=40)
    expect(found.get_by_role("link", name="积分排名")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/scoring/board/")

    page.keyboard.press("/")
    page.keyboard.type(county.number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/search/?q={county.number}")
    desk.follows(county.title)
    page.wait_for_url(f"**/proposals/desk/{county.pk}/")
