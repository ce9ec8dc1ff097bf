"""评定、公示、异议、更正、通报: a grade is published, objected to, put right by two, and told."""

from datetime import date

import pytest

from congress.shared.roles import Role
from scoring.models import Grading, ReviewCycle
from scoring.states import CycleState
from tests import make
from tests.journeys.conftest import PHONE, at_ten
from tests.scoring import year

pytestmark = pytest.mark.django_db(transaction=True)
DAY = year.AFTER
AMENDED = "青禾人常纪〔2026〕14号"


def decides(director, cycle):
    """Every line is seen, one is changed, and the second page says what follows."""
    director.goes_to(year.url("decide", cycle.pk))
    page = director.page
    page.get_by_label("罗明贵的等次").select_option(label="基本称职")
    director.reads("基本称职 1")
    page.get_by_label("常委会会议纪要号").fill(year.MINUTE)
    page.get_by_label("会议日期").fill(f"{DAY}")
    director.presses("核对全部评定…")
    director.reads("与建议不同的 1 人")
    director.reads("2 位代表会收到通知")
    director.presses("录入评定，开始公示")
    director.reads("公示到 12 月 30 日")


def objects(deputy):
    told = deputy.goes_to("/").page.locator("li", has_text="开始公示")
    deputy.taps_on(told.get_by_role("button", name="去看看"))
    deputy.reads("2026 年度 · 基本称职")
    deputy.follows("提出异议…")
    deputy.page.get_by_label("哪里不对").fill("九月二十日的接待没有算进去。")
    deputy.presses("提出异议")
    deputy.reads("您的异议正在处理")


def upholds(director):
    director.opens("年度评价", "公示异议")
    director.follows("去答复")
    card = director.page.locator(".card", has_text="更正等另一人确认以后生效")
    card.get_by_label("答复").fill("核对了家站登记，确有此事。")
    card.get_by_label("更正为").select_option(label="称职")
    card.get_by_label("会议纪要号").fill(AMENDED)
    director.presses("答复：成立，提出更正")
    director.reads("更正等另一人确认以后生效")


def test_a_published_grade_is_objected_to_put_right_by_two_and_told(open_page, moment):
    of = year.party(0)
    of.deputies = [make.deputy(name) for name in ("罗明贵", "吴秀兰")]
    cycle = year.opened(of)
    year.group_check(cycle, of, words="小组写的话")
    cycle = year.gathered(of, cycle)
    director = open_page().signs_in(of.director.user)
    decides(director, cycle)

    stranger = open_page(PHONE, has_touch=True, is_mobile=True).goes_to("/")
    stranger.follows("看公示")
    stranger.reads("罗明贵")
    assert "吴秀兰" not in stranger.text(), "who has no grade is not named"

    deputy = open_page(PHONE, has_touch=True, is_mobile=True)
    objects(deputy.signs_in(make.as_deputy(of.deputies[0]).user))
    upholds(director)

    leader = open_page().signs_in(make.actor(Role.LEADER).user)
    leader.goes_to(year.url("grading", Grading.objects.get(deputy=of.deputies[0]).pk))
    leader.presses("确认更正")
    leader.reads("常委会原评基本称职，已更正")

    moment.move_to(at_ten(date(2026, 12, 31)))
    director.signs_in(of.director.user)
    director.goes_to(year.url("cycle", cycle.pk)).follows("结束公示、通报…")
    director.presses("结束公示，通报结果")
    director.reads("结果已经通报")
    assert ReviewCycle.objects.get().state == CycleState.FINAL
    deputy.is_user(of.deputies[0].user).goes_to(year.url("my_grading"))
    for said in ("2026 年度 · 称职", "小组写的话", "本人自评、乡镇参评未提交", AMENDED):
        deputy.reads(said)
