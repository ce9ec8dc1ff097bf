"""开列详细的履职任务清单，通过履职网络平台直观呈现履职纪实: what is open beside what is done."""

import pytest

from tests import make
from tests.deputies import voters, walk
from tests.journeys.conftest import PHONE
from tests.scoring import facts

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_deputy_sees_what_is_to_do_does_it_and_sees_it_done(open_page):
    facts.book()
    person = make.deputy("罗明贵")
    user = make.as_deputy(person).user
    voters.pledged(person)
    deputy = open_page(PHONE, has_touch=True, is_mobile=True).signs_in(user)
    deputy.reads("0 / 22 项")
    deputy.follows("年度履职清单")
    text = deputy.text()
    assert "0 / 22 项做过" in text
    assert "清单上还可得 100.0 分" in text
    assert (
        "走访联系选民 没做 每户 0.5 分，全年最多 5 分 · 还可得 5 分 本人上报 · 凭走访记录" in text
    )
    assert "出席县人民代表大会会议 没做 每次 8 分，全年最多 16 分" in text
    assert "提出建议" in text
    assert "系统自动记 · 凭受理" in text

    page = deputy.goes_to("/deputies/report/?item=C5").page
    page.get_by_label("在哪里").fill("桃园村")
    photo = page.locator("input[type=file]")
    deputy.chooses_file(photo, name="IMG_5.jpg", content=walk.picture("olive", (1600, 1200)))
    deputy.presses("上报")
    page.get_by_role("heading", name="已上报").wait_for()
    deputy.goes_to("/scoring/duty-list/").reads("还有 1 条在核实，没算在内")
    deputy.reads("0 / 22 项做过")

    checker, verifier = make.actor(), make.director()
    keyuan = open_page().signs_in(checker.user)
    keyuan.follows("1 履职记录待核对")
    keyuan.follows("勾选全部没有提示的")
    keyuan.presses("核对这 1 条")
    zhuren = open_page().signs_in(verifier.user)
    zhuren.follows("1 履职记录待核实")
    zhuren.follows("勾选全部没有提示的")
    zhuren.presses("核实这 1 条")
    zhuren.reads("名次已更新")

    text = deputy.goes_to("/scoring/duty-list/").text()
    assert "1 / 22 项做过" in text
    assert "向选民述职 做过 1 次，4 / 4 分 · 每次 4 分 · 本项已满" in text
    zhuren.goes_to(f"/scoring/duty-list/{person.pk}/").reads("1 / 22 项做过")
