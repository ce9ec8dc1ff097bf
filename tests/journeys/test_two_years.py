"""连续两年接受提醒约谈: the second year walked in the browser, from the list to the advice."""

from datetime import timedelta

import pytest

from scoring.models import ResignationAdvice, Talk
from tests import make
from tests.journeys.conftest import PHONE, at_ten
from tests.scoring import cases, year

pytestmark = pytest.mark.django_db(transaction=True)
DAY = cases.decided_on()
FACTS = "两年都没有参加小组活动，没有领衔提出建议，约谈以后仍没有请过假。"
REPLY = "在外地打工，老人生病，今年起已经按季回来参加活动。"


def fills(visitor, **fields) -> None:
    for label, words in fields.items():
        visitor.page.get_by_label(label.replace("_", " ")).first.fill(words)


def calls_to_a_talk(director, of) -> None:
    director.opens("年度评价", "提醒约谈")
    director.reads("上一年谈过；这次再谈就是连续 2 年")
    director.follows("约谈不约谈…")
    fills(director, 约谈理由=FACTS, 研究决定的文号="青人常代工〔2027〕2号")
    fills(director, 约谈日期=f"{cases.held_on()}", 约谈时间="09:30", 约谈地点="三楼谈话室")
    director.page.get_by_label("谈话人").select_option(label=of.talker.name)
    director.page.get_by_label("经办人").select_option(label=of.handler.name)
    director.presses("决定约谈")
    director.reads("本人、谈话人和经办人会收到通知")


def writes_the_record(handler, talk) -> None:
    handler.goes_to(f"/scoring/talks/{talk.pk}/").follows("记谈话…")
    fills(handler, 谈话内容="提醒按时参加活动。", 本人陈述=REPLY)
    fills(handler, 打算_1="每季度参加一次活动", 打算_1_的完成日期="2027-06-30")
    handler.presses("写好，请本人签认")
    handler.reads("等本人在平台上看过并签认")


def opens_the_pack(director, of) -> None:
    director.opens("年度评价", "劝辞程序")
    director.reads("启动不启动由主任决定")
    director.follows("看约谈")
    director.follows("启动劝辞程序…")
    director.reads("系统不会终止任何人的代表资格")
    fills(director, 事实摘要=FACTS)
    director.page.get_by_label("负责领导").select_option(label=of.talker.name)
    director.page.get_by_label("经办人").select_option(label=of.handler.name)
    director.presses("启动劝辞程序")
    director.follows("告知本人…")
    director.presses("告知本人")
    director.reads("陈述申辩期从今天开始")


def concludes(director, advice) -> None:
    director.goes_to(f"/scoring/advices/{advice.pk}/").follows("录入研究情况…")
    director.page.get_by_label("劝其辞去代表职务").check()
    day = advice.reply_until + timedelta(days=1)
    fills(
        director,
        研究意见="两年没有履行职务，申辩的情况不足以说明。",
        会议纪要号="青人常纪〔2027〕3号",
    )
    fills(director, 研究日期=f"{day}", 赞成劝辞="5", 反对="1", 弃权="1")
    director.presses("录入研究情况")
    director.reads("研究情况：劝其辞去代表职务")


def test_two_years_running_lead_to_advice_and_never_to_a_verdict(open_page, moment):
    of = cases.case()
    cases.reviewed(of, cases.FIRST, year.YEAR)
    cases.filed()
    cases.signed(of, cases.FIRST)
    director = open_page().is_user(of.director.user).goes_to("/admin/")
    calls_to_a_talk(director, of)

    moment.move_to(at_ten(cases.held_on()))
    talk = Talk.objects.latest("pk")
    writes_the_record(open_page().is_user(of.handler.user), talk)
    deputy = open_page(PHONE, has_touch=True, is_mobile=True)
    deputy.is_user(make.as_deputy(of.deputy).user).goes_to("/")
    deputy.follows("打开看")
    fills(deputy, 补充意见="记得对。")
    deputy.presses("我看过，签认")
    deputy.reads("本人已签认")

    director.is_user(of.director.user).goes_to("/admin/")
    opens_the_pack(director, of)
    deputy.goes_to("/").follows("打开看")
    deputy.reads("您可以在 2027 年 2 月")
    fills(deputy, 陈述申辩=REPLY)
    deputy.presses("提交陈述申辩")
    deputy.reads("原样放进材料")

    advice = ResignationAdvice.objects.get()
    moment.move_to(at_ten(advice.reply_until + timedelta(days=2)))
    concludes(director.is_user(of.director.user), advice)
    deputy.is_user(make.as_deputy(of.deputy).user).goes_to(f"/scoring/own-advices/{advice.pk}/")
    deputy.reads("这是劝告，不是决定，不影响您的代表资格")
    assert of.deputy.mandates.get().to_on is None
