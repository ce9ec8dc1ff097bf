"""提、交、办、督、评: one proposal from the first word to everybody's screen."""

import re
from datetime import date

import pytest

from congress.shared.roles import Role
from proposals.models import Proposal
from tests import make
from tests.journeys.conftest import PHONE, at_ten
from tests.journeys.handling import ANSWERED, records, signs, writes

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 3, 3)
TITLE = "关于修复柳河镇桃园村过水桥的建议"
ASKED = "加固护栏，桥面重新硬化。"
MEETINGS = (
    ("办前见面", date(2026, 3, 20)),
    ("办中见面", date(2026, 4, 14)),
    ("办后见面", date(2026, 4, 22)),
)
TOKEN = re.compile(r"[A-Za-z0-9]{64}")
"""The one thing that differs between two renderings of the same page."""


class Round:
    """Who takes part, each at their own window; `on` turns the page of the calendar."""

    def __init__(self, open_page, moment):
        self.open_page, self.moment = open_page, moment
        self.windows = {}
        make.session()
        self.lead, self.other = make.deputy("吴秀兰"), make.deputy("罗明贵")
        self.people = {
            "lead": make.as_deputy(self.lead).user,
            "other": make.as_deputy(self.other).user,
            "keyuan": make.actor(Role.STAFF_CLERK).user,
            "unit": make.actor(Role.UNIT_CLERK, at=make.unit()).user,
            "head": make.actor(Role.UNIT_HEAD, at=make.unit()).user,
        }
        make.unit("县水利和湖泊局")

    def on(self, day):
        self.moment.move_to(at_ten(day), tick=True)

    def sits_down(self, who):
        """At their window, signed in today, on their first screen."""
        if who not in self.windows:
            small = who in ("lead", "other")
            kind = {"size": PHONE, "has_touch": True, "is_mobile": True} if small else {}
            self.windows[who] = self.open_page(**kind)
        return self.windows[who].is_user(self.people[who]).goes_to("/")


def raises(lead):
    page = lead.page
    lead.follows("提建议")
    page.get_by_label("想解决什么事").fill(TITLE)
    page.get_by_label("事实和问题").fill("桥建于 1996 年，护栏断了 4 米。")
    page.get_by_label("请求办什么").fill(ASKED)
    lead.presses("看一遍再提出")
    lead.reads("请求办什么，共 1 条")
    lead.presses("提出", exact=True)
    lead.reads("代工委正在审查")


def cosigns(other):
    other.follows("等人附议的建议")
    other.follows(TITLE)
    other.presses("附议这件")
    other.reads("附议代表 1 位")


def accepts_and_assigns(keyuan):
    page = keyuan.page
    keyuan.follows("1 建议待审查")
    keyuan.presses("受理", exact=True)
    keyuan.reads("已受理，编号")
    keyuan.opens("建议", "交办安排、答复公开")
    keyuan.follows("交办…", exact=True)
    assert "6 月 6 日 满 3 个月" in keyuan.text(), "three months from the day of assignment"
    unit = page.get_by_label("主办单位").locator("option", has_text="县交通运输局").inner_text()
    page.get_by_label("主办单位").select_option(label=unit)
    keyuan.presses("交办")
    keyuan.reads("已交办")


def seen_by(unit):
    """The unit's desk and its page of the case, to the byte."""
    case = f"/proposals/unit-desk/{Proposal.objects.get().pk}/"
    return [
        TOKEN.sub("", unit.goes_to(path).page.content()) for path in ("/proposals/unit-desk/", case)
    ]


def looks_it_up(anyone):
    """Without an account: the public list, the one proposal, all that can be read of it."""
    anyone.goes_to("/proposals/").follows(TITLE)
    anyone.reads("办理经过")
    return anyone.text()


def test_a_proposal_goes_round_until_everybody_can_read_the_reply(open_page, moment):
    """积极探索代表建议提、交、办、督、评方式创新，融汇各方力量，构建工作闭环，
    推动代表建议办理既重结果、也重过程。方便代表和群众实时查看办理进度、成效。
    """
    story = Round(open_page, moment)
    raises(story.sits_down("lead"))
    cosigns(story.sits_down("other"))

    story.on(date(2026, 3, 6))
    accepts_and_assigns(story.sits_down("keyuan"))

    for stage, day in MEETINGS:
        story.on(day)
        unit = story.sits_down("unit")
        unit.follows("登记见面")
        refused = unit.page.get_by_role("button", name="送负责人签发")
        assert refused.is_disabled()
        records(unit, day)
        lead = story.sits_down("lead")
        lead.reads(f"确认{stage}")
        lead.follows("去确认")
        lead.presses("见过，属实")
        lead.reads("双方已确认")

    story.on(date(2026, 4, 24))
    unit = story.sits_down("unit")
    unit.follows("写答复")
    writes(unit, ASKED)
    signs(story.sits_down("head"))
    unit = story.sits_down("unit")
    before = seen_by(unit)

    lead = story.sits_down("lead")
    lead.follows("看答复，评价")
    lead.follows("评价答复")
    lead.page.get_by_role("group", name="办理态度").get_by_role("radio", name="不满意").check()
    lead.page.get_by_role("group", name="办理结果").get_by_role("radio", name="基本满意").check()
    for each in lead.page.locator(".one-by-one fieldset").all():
        each.get_by_role("radio", name="办一半").check()
    lead.page.get_by_label("还想说的话").fill("问了三次才来人。")
    lead.presses("交评价")
    lead.reads("评价已收到，承办单位看不到。")
    assert seen_by(unit) == before, "背靠背: the rating leaves no mark on the unit's pages"

    anyone = open_page(PHONE, has_touch=True, is_mobile=True)
    assert ANSWERED not in looks_it_up(anyone), "the reply is not public yet"
    keyuan = story.sits_down("keyuan")
    keyuan.follows("1 答复待公开")
    keyuan.follows("公开…", exact=True)
    keyuan.presses("公开答复")
    keyuan.reads("答复已公开。")

    text = looks_it_up(anyone)
    told = [ASKED, ANSWERED, "吴秀兰", "罗明贵", "县交通运输局", "6 月 6 日 满 3 个月"]
    told += [f"{day.month} 月 {day.day} 日" for _, day in MEETINGS]
    assert [words for words in told if words not in text] == []
    secrets = ("不满意", "问了三次", story.lead.phone)
    assert [words for words in secrets if words in text] == []
