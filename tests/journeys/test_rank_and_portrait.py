"""系统即按该项履职内容对应分值自动赋分“记账”、汇总显示当前积分、生成实时排名；精准“画像”."""

import pytest

from tests import make
from tests.journeys.conftest import PHONE
from tests.scoring import facts

pytestmark = pytest.mark.django_db(transaction=True)

LAST_WEEK = make.TODAY.replace(day=6)


def test_a_verified_duty_is_on_the_account_in_the_rank_and_in_the_portrait_at_once(open_page):
    """代表每有效履职一次，系统即按该项履职内容对应分值自动赋分“记账”、汇总显示当前积分、
    生成实时排名，累计积分上不封顶。
    """
    facts.book()
    ahead, person = make.deputy("甘露"), make.deputy("罗明贵")
    facts.posted(ahead, "A2", on=LAST_WEEK)
    facts.checked(person, "C5", on=LAST_WEEK)
    deputy = open_page(PHONE, has_touch=True, is_mobile=True)
    deputy.signs_in(make.as_deputy(person).user)
    deputy.goes_to("/scoring/points/").reads("还有 1 条在核实")
    assert "2 位县级代表中 排第 2" in deputy.text()

    zhuren = open_page().signs_in(make.director().user)
    zhuren.follows("1 履职记录待核实")
    zhuren.follows("勾选全部没有提示的")
    zhuren.presses("核实这 1 条")
    zhuren.reads("入账 1 笔，名次已更新")

    deputy.goes_to("/scoring/points/")
    text = deputy.text()
    assert "4.0 分" in text, "汇总显示当前积分"
    assert "2 位县级代表中 排第 1" in text, "生成实时排名"
    assert "向选民述职 1 次 × 4 分 = 4 分" in text, "按对应分值自动赋分记账"
    assert "共 2 人，中位数 3.0 分" in text
    assert "甘露" not in text

    deputy.follows("看履职画像")
    deputy.reads("还可以多做的")
    text = deputy.text()
    for words in ("清单完成 1 / 22 项", "2 人中排第 1", "还没有评定", "2026 年 1 天有 1 条记录"):
        assert words in text

    zhuren.opens("积分", "积分排名")
    text = zhuren.text()
    assert text.index("罗明贵") < text.index("甘露")
    zhuren.follows("罗明贵")
    zhuren.follows("看履职画像")
    zhuren.reads("五类履职画像")
