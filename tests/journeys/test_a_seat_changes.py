"""代表资格变动有名有据: 辞职、补选、公告, and what the person loses that very day (art. 61-63)."""

from datetime import date

import pytest

from tests import make
from tests.deputies import seats as made

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 5, 12)
MEETING = "青禾县十九届人大常委会第三十二次会议"


def resigns(clerk):
    clerk.opens("代表", "代表名册")
    clerk.follows("罗明贵")
    clerk.follows("履历和资格变动")
    clerk.follows("接受辞职…")
    page = clerk.page
    page.get_by_label("辞职书的日期").fill("2026-05-06")
    page.get_by_label("全体组成人员").fill("35")
    page.get_by_label("赞成票").fill("17")
    page.get_by_label("作出决定的会议").fill(MEETING)
    clerk.presses("接受辞职")
    clerk.reads("没有超过常委会全体组成人员 35 人的半数")
    assert page.get_by_label("作出决定的会议").input_value() == MEETING
    page.get_by_label("赞成票").fill("31")
    clerk.presses("接受辞职")
    clerk.reads("罗明贵的辞职被接受")
    clerk.reads("现在没有代表资格")


def wins_the_vacant_seat(clerk):
    clerk.opens("代表", "资格变动、换届")
    clerk.follows("补选…")
    page = clerk.page
    page.get_by_label("姓名", exact=True).fill("覃小满")
    page.get_by_label("性别").select_option(label="女")
    page.get_by_label("民族").fill("土家族")
    page.get_by_label("出生年月").fill("1985-06")
    page.get_by_label("党派").fill("群众")
    page.get_by_label("学历").fill("本科")
    page.get_by_label("工作单位及职务").fill("桃园村医生")
    page.get_by_label("选区（选举单位）").select_option(label="柳河镇第1选区")
    page.get_by_label("代表证号").fill("190999")
    page.get_by_label("代表小组").select_option(label="柳河镇第一代表小组")
    page.get_by_label("作出决定的会议").fill(MEETING)
    clerk.presses("登记补选")
    clerk.reads("覃小满补选为")


def tells_everybody(clerk):
    clerk.opens("代表", "资格变动、换届")
    clerk.reads("2 项")
    clerk.follows("做公告（2 项）")
    clerk.presses("做公告")
    clerk.reads("〔2026〕第1号")
    clerk.reads("缺额")
    with clerk.page.expect_download() as paper:
        clerk.follows("下载公告（PDF）")
    assert paper.value.suggested_filename == "公告〔2026〕第1号.pdf"


def test_a_seat_falls_vacant_is_filled_and_announced(open_page, phone):
    deputy = make.as_deputy(make.deputy("罗明贵"))
    made.term(2)
    phone.signs_in(deputy.user).reads("罗明贵")
    clerk = open_page().signs_in(make.actor().user)
    resigns(clerk)
    phone.goes_to("/deputies/report/").reads("只有代表本人")
    wins_the_vacant_seat(clerk)
    tells_everybody(clerk)
    phone.context.clear_cookies()
    phone.goes_to("/deputies/").reads("覃小满")
    assert "罗明贵" not in phone.text()
