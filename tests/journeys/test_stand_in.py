"""召集人不能评的，由主任指定别人代；改期写明原因: somebody else speaks, and it is said who."""

from datetime import date

import pytest

from congress.shared.roles import Role
from scoring.models import Appraisal
from tests import make
from tests.journeys.conftest import PHONE
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 12, 18)


def moves_the_self_review(director):
    director.page.get_by_role("row", name="本人自评").get_by_role("link", name="改期").click()
    director.page.get_by_label("截止日期").fill("2026-12-24")
    director.page.get_by_label("原因").fill("提前一天收齐。")
    director.presses("改期")
    director.reads("小组核校不能比本人自评先开始")
    director.page.get_by_label("截止日期").fill("2026-12-19")
    director.presses("改期")
    director.reads("2026-12-19")


def appoints(director, name):
    director.follows("指定代评人")
    director.page.get_by_label("代哪一方").select_option(label=str(make.group()))
    director.page.get_by_label("由谁代").fill("没有这个人")
    director.page.get_by_label("原因").fill("召集人住院")
    director.presses("指定")
    director.reads("没有“没有这个人”这个账号")
    director.page.get_by_label("由谁代").fill(name)
    director.presses("指定")
    director.reads("召集人住院")


def test_another_checks_the_group_for_a_convenor_who_lies_ill(open_page):
    facts.book()
    of = year.party(2)
    cycle, keeper = year.opened(of), make.actor(Role.KEEPER)
    director = open_page().signs_in(of.director.user).goes_to(f"/scoring/cycles/{cycle.pk}/")
    moves_the_self_review(director)
    appoints(director, keeper.user.username)

    instead = open_page(PHONE, has_touch=True, is_mobile=True).signs_in(keeper.user)
    instead.reads("2026 年小组核校")
    instead.reads("请您代")
    instead.follows("去评价")
    instead.page.get_by_role("button", name="提交评分").wait_for()
    for score in instead.page.get_by_label("评分").all():
        score.fill("88")
    instead.page.get_by_label("意见").first.fill("全年到会，走访扎实。")
    instead.presses("提交评分")
    instead.reads("收齐之前别人看不到")

    given = Appraisal.objects.filter(cycle=cycle, step="group")
    assert {row.stand_in.user for row in given} == {keeper.user}
    director.goes_to(f"/scoring/cycles/{cycle.pk}/")
    director.reads("2 / 2 人")
    assert "88" not in director.text(), "blind until all are in"
