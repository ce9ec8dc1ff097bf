"""代表可以单独提出建议，也可以联名提出；议案由十名以上代表联名 (代表法、地方组织法)."""

from datetime import date

import pytest

from congress.shared.roles import Role
from proposals.models import Draft, Proposal
from tests import make
from tests.journeys.conftest import DESK, PHONE
from tests.proposals import walk

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 1, 6)
TITLE = "关于修复柳河镇桃园村过水桥的议案"


def test_a_bill_is_begun_on_the_phone_signed_by_ten_and_accepted(open_page, moment):
    """代表一机在手即可掌上履职，联系永远在线、服务时刻连线、履职永不断线。"""
    make.session()
    lead, second = make.deputy("吴秀兰"), make.deputy("罗明贵")
    earlier = walk.submitted(title="关于改造桃园村过水桥的建议")
    phone = open_page(PHONE, has_touch=True, is_mobile=True).is_user(make.as_deputy(lead).user)
    page = phone.goes_to("/proposals/submit/").page

    page.get_by_label("想解决什么事").fill(TITLE)
    phone.reads("以前有 1 件相近的")
    phone.reads(earlier.title)
    page.get_by_label("事实和问题").fill("桥建于 1996 年，护栏断了 4 米。")
    page.get_by_label("请求办什么").fill("加固护栏。\n桥面硬化。")
    page.get_by_label("请求不公开的理由").focus()
    phone.reads("已自动存")
    assert Draft.objects.get().title == TITLE, "saved by itself"

    phone.goes_to("/proposals/mine/").follows(TITLE)
    page.get_by_role("radio", name="议案").check()
    phone.presses("先征集附议")
    phone.reads("议案连您在内要有 10 人联名")
    phone.reads("还差 9 名")

    bill = Proposal.objects.get(title=TITLE)
    for _ in range(8):
        walk.signed(bill)
    other = open_page(PHONE, has_touch=True, is_mobile=True).is_user(make.as_deputy(second).user)
    other.goes_to("/proposals/to-cosign/").follows(TITLE)
    other.presses("附议这件")
    other.reads("撤回我的附议")

    phone.goes_to(f"/proposals/{bill.pk}/").presses("正式提出")
    phone.reads("代工委正在审查")
    assert not Draft.objects.exists()

    office = open_page(DESK).is_user(make.actor(Role.STAFF_CLERK).user)
    office.goes_to("/proposals/desk/").follows("逐件审查、批量受理")
    office.reads("相近的建议 1 件")
    office.page.keyboard.press("j")
    office.reads("加固护栏。")
    office.page.get_by_role("button", name="受理", exact=True).click()
    office.reads("已受理，编号 1905001")
    office.reads("待审查 1 件")
    assert [ask.text for ask in bill.asks.all()] == ["加固护栏。", "桥面硬化。"]
