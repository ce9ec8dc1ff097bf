"""次年规则先试算再启用: drafted, changed, run on last year, adopted by a decision, and followed."""

from datetime import date
from decimal import Decimal

import pytest

from scoring.models import Entry, RuleBook
from tests import make
from tests.journeys.conftest import at_ten
from tests.scoring import facts

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 11, 20)
MINUTE = "青禾人常发〔2026〕18号"
NAME = "2027 年积分制度（征求意见稿）"


def last_year():
    """Two deputies: one received voters, one went on inspections."""
    facts.book()
    receives, inspects = make.deputy("罗明贵"), make.deputy("吴秀兰")
    for day in range(1, 4):
        facts.posted(receives, on=date(2025, 4, day))
    facts.posted(inspects, "A1", on=date(2025, 5, 3), quantity=2)
    return receives


def test_next_years_rules_are_tried_on_last_year_and_then_followed(open_page, moment):
    """配套出台县人大代表管理办法和履职积分制度，把履职内容量化分值、分类计分，实行积分制管理，
    把代表履职“软指标”变为“硬杠杠”。每年度为一个积分周期，跨年清零，让每名代表在新的年度
    能够站在同一起跑线重新奔跑。
    """
    deputy = last_year()
    zhuren = open_page().signs_in(make.director().user)
    page = zhuren.page
    zhuren.opens("规则与设置", "积分规则书")
    zhuren.reads("现行")

    zhuren.follows("起草一份…")
    page.get_by_label("草案名称或依据").fill(NAME)
    zhuren.presses("起草")
    page.get_by_label("逢十接待日进家进站接待选民的分值").fill("2.5")
    page.get_by_label("参加常委会组织的视察、调研、执法检查的分值").fill("1")
    zhuren.presses("保存草案")
    zhuren.reads("已保存，改了 2 处。")

    zhuren.follows("试算")
    text = zhuren.text()
    assert "用 2025 年的事实试算" in text
    assert "加得最多：罗明贵 +1.5 分。 减得最多：吴秀兰 −4.0 分。" in text
    zhuren.follows("罗明贵")
    assert "接待选民 +1.5。" in zhuren.text(), "which rule drives it"
    zhuren.follows("全体试算")
    zhuren.follows("回到规则书")

    zhuren.follows("启用…")
    zhuren.reads("启用以后改了什么")
    assert page.get_by_label("起用日期").input_value() == "2027-01-01"
    page.get_by_label("决定文号").fill(MINUTE)
    zhuren.presses("启用")
    zhuren.reads("不能再改")
    book = RuleBook.objects.get(version=2)
    assert (book.from_on, book.minute) == (date(2027, 1, 1), MINUTE)
    assert facts.posted(deputy, on=date(2026, 11, 10)).points == Decimal(2)

    moment.move_to(at_ten(date(2027, 1, 21)))
    assert facts.posted(deputy, on=date(2027, 1, 20)).points == Decimal("2.5")
    assert set(Entry.objects.filter(year=2027).values_list("rule__book", flat=True)) == {book.pk}
    mine = open_page().signs_in(deputy.user)
    mine.goes_to("/scoring/points/").reads("接待选民 1 次 × 2.5 分 = 2.5 分")
    assert "2.5 分 2 位县级代表中 排第 1" in mine.text(), "跨年清零"
