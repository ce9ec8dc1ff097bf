"""浏览器“返回”: what was typed comes back, with the old token or a new one, and is told once."""

import pytest

from deputies.models import DutyRecord
from proposals.states import State
from tests import make
from tests.deputies import walk
from tests.home.screens import calm
from tests.journeys.conftest import PHONE, at_ten
from tests.proposals import walk as of_proposals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_report_sent_again_after_going_back_is_still_one(open_page, moment, scripts):
    phone = open_page(PHONE, has_touch=True, is_mobile=True, java_script_enabled=scripts)
    page = phone.is_user(calm("罗明贵").user).goes_to("/deputies/report/?item=C2").page
    token = page.locator("[name=token]").input_value()
    page.locator("[name=place]").fill("罗家坡村 3 组")
    photo = {"name": "1.jpg", "mimeType": "image/jpeg", "buffer": walk.picture("navy")}
    page.locator("[name=photos]").set_input_files([photo])
    phone.presses("上报")
    phone.reads("接下来")

    page.go_back()
    page.wait_for_load_state()
    assert page.locator("[name=place]").input_value() == "罗家坡村 3 组"
    same_form = page.locator("[name=token]").input_value() == token
    page.locator("[name=photos]").set_input_files([photo])
    phone.presses("上报")
    phone.reads("已经收到" if same_form else "不用再报")
    assert DutyRecord.objects.count() == 1
    phone.faults[:] = [fault for fault in phone.faults if not fault.endswith(": 422")]  # asked


def test_a_rating_that_is_opened_again_by_going_back_can_be_sent(open_page, moment):
    moment.move_to(at_ten(of_proposals.REPLIED_ON))
    row = of_proposals.proposal(State.ANSWERED)
    phone = open_page(PHONE, has_touch=True, is_mobile=True)
    page = phone.is_user(make.as_deputy(row.lead).user)
    page = page.goes_to(f"/proposals/replies/{row.reply.pk}/rate/").page
    label = page.locator("label[for=id_words] small")
    page.locator("#rating [value=unsatisfied]").first.check()
    assert label.inner_text() == "请写一句"
    for each in page.locator("#rating fieldset").all():
        each.locator("input").first.check()
    assert label.inner_text() == "可以不写"
    phone.presses("交评价")
    phone.reads("回执码")
    page.go_back()
    page.wait_for_load_state()
    page.wait_for_timeout(200)
    chosen = page.locator("#rating input:checked").count()
    names = page.locator("#rating fieldset").count()
    assert page.locator("#rating .acts button").is_enabled() is (chosen == names)
