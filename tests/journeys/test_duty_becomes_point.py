"""代表每有效履职一次，系统即自动赋分: registered, reported, checked, verified, on the account."""

import pytest

from congress.shared.roles import Role
from deputies.models import DutyRecord
from scoring.models import Entry
from tests import make
from tests.deputies import voters, walk
from tests.journeys.conftest import PHONE
from tests.scoring.facts import book

pytestmark = pytest.mark.django_db(transaction=True)


def registers_a_roll_call(convenor):
    """One form for the group, one of three away with leave."""
    page = convenor.page
    convenor.follows("登记到场")
    page.get_by_label("属于哪一项").select_option(label="参加代表小组活动（统一定题）")
    page.get_by_label("活动名称").fill("察看桃园村水渠")
    page.get_by_label("在哪里").fill("桃园村")
    page.get_by_role("radiogroup", name="欧阳玉兰").get_by_role("radio", name="请假").check()
    page.get_by_label("欧阳玉兰的请假谁批准的").fill("主席王建国")
    convenor.presses("登记 3 人的到场")
    convenor.reads("主席王建国批准")


def reports_a_visit(deputy):
    """A visit to voters, from the phone."""
    page = deputy.page
    deputy.follows("＋ 记一次履职")
    deputy.follows("走访选民")
    page.get_by_label("在哪里").fill("桃园村 2 组")
    deputy.presses("多一户")
    photo = page.locator("input[type=file]")
    deputy.chooses_file(photo, name="IMG_2.jpg", content=walk.picture("olive", (1600, 1200)))
    page.get_by_label("做了什么、听到什么").fill("水渠漏水，盼着修。")
    deputy.presses("上报")
    page.get_by_role("heading", name="已上报").wait_for()


def ticks_all_and(clerk, act):
    """Everything without a doubt is ticked; the page says what will happen, then it does."""
    clerk.follows("勾选全部没有提示的")
    clerk.page.locator("#effect").get_by_text("已选").wait_for()
    said = clerk.page.locator("#effect").inner_text()
    clerk.presses(act)
    return said


def test_a_duty_is_registered_checked_verified_and_stands_on_the_account_with_its_reason(
    open_page,
):
    """履职活动“谁组织谁负责”，如实登记代表履职情况，代表本人也可提交履职活动佐证，
    统一归口县人大常委会代表工作机构核实后，及时录入代表履职平台对应模块，系统实时更新。
    """
    book()
    people = [make.deputy(name) for name in ("罗明贵", "吴秀兰", "欧阳玉兰")]
    lead = make.as_deputy(people[0]).user
    voters.pledged(people[0])
    group, by = make.group(), make.actor(Role.CONVENOR)
    group.convenor = by.user
    group.save()
    convenor = open_page().signs_in(by.user)
    registers_a_roll_call(convenor)
    deputy = open_page(PHONE, has_touch=True, is_mobile=True).signs_in(lead)
    deputy.reads("今天没有等您的事")
    reports_a_visit(deputy)
    deputy.goes_to("/scoring/points/").reads("还有 2 条在核实")
    assert not Entry.objects.exists()

    checker, verifier = make.actor(Role.STAFF_CLERK), make.director()
    keyuan = open_page().signs_in(checker.user)
    keyuan.follows("3 履职记录待核对")
    said = ticks_all_and(keyuan, "核对这 3 条")
    assert "已选 3 条" in said
    keyuan.reads("已核对 3 条，交另一个人核实。")
    keyuan.opens("今日待办", "履职核实")
    refusal = keyuan.page.get_by_role("checkbox", name="勾选罗明贵").first
    assert refusal.is_disabled(), "who checked it does not verify it"
    assert "这条是您核对的，须由他人核实。" in refusal.get_attribute("title")

    zhuren = open_page().signs_in(verifier.user)
    zhuren.follows("3 履职记录待核实")
    ticks_all_and(zhuren, "核实这 3 条")
    zhuren.reads("名次已更新")

    assert set(DutyRecord.objects.values_list("state", flat=True)) == {"verified"}
    assert Entry.objects.count() == 3
    deputy.goes_to("/").reads("3 位县级代表中排第 1")
    deputy.reads("您的 2 条履职记录已核实，按规则记 3 分。")
    deputy.follows("每一笔")
    text = deputy.text()
    assert "3.0 分 3 位县级代表中 排第 1" in text
    assert "走访选民 2 户 +1.0" in text
    assert "走访选民 2 户 × 0.5 分 = 1 分 规则 2025 年第 1 版 C2" in text, "为什么是这个分"
    assert f"核对 {checker.name} 5 月 12 日 核实 {verifier.name} 5 月 12 日" in text
    assert "参加活动 2.0 / 25" in text
