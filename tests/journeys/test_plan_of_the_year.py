"""年度代表工作计划: 由主任会议通过，告知代表，向社会公布 (代表法 art. 43)."""

from datetime import date

import pytest

from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 5, 12)


def drafts(clerk):
    clerk.opens("代表", "年度代表工作计划")
    clerk.follows("起草计划")
    clerk.page.get_by_label("年度", exact=True).fill("2027")
    clerk.page.get_by_label("标题").fill("2027 年代表工作计划")
    first = clerk.page.get_by_role("group", name="第 1 行", exact=True)
    first.get_by_label("从").select_option(label="3 月")
    first.get_by_label("工作").fill("代表履职培训班")
    first.get_by_label("组织单位").fill("代表工作委员会")
    clerk.presses("保存草稿")
    clerk.reads("只有代工委主任可以登记主任会议通过")


def passes_and_publishes(director):
    director.opens("代表", "年度代表工作计划")
    director.follows("2027 年代表工作计划")
    director.page.get_by_label("通过的会议").fill("第 45 次主任会议")
    director.page.get_by_label("通过日期").fill("2026-05-08")
    director.presses("登记通过")
    director.presses("公布并通知代表")
    assert director.asked[-1].startswith("公布以后不能撤回")
    director.reads("已公布，并通知了在任代表")


def test_a_plan_is_passed_told_to_deputies_and_published(open_page, phone):
    deputy = make.as_deputy(make.deputy("罗明贵"))
    drafts(open_page().signs_in(make.actor().user))
    passes_and_publishes(open_page().signs_in(make.director().user))

    phone.signs_in(deputy.user).reads("2027 年代表工作计划公布了")
    phone.goes_to("/logout/")
    phone.context.clear_cookies()
    phone.goes_to("/").follows("年度代表工作计划")
    phone.follows("2027 年代表工作计划")
    phone.reads("第 45 次主任会议")
    phone.reads("代表履职培训班")
