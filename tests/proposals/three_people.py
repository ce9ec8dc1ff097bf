"""158 proposals from submitted to answered, by people who never leave their queue pages.

The office's clerk accepts them in bulk and draws up the sheet; the director lets the units see it
and hands it over; the unit's clerk receives, meets and writes; the unit's head signs. Deputies say
nothing: after some working days each meeting counts as told by one side.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings

from proposals.models import Proposal
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.by_hand import Effort, Person

A_REAL_YEAR = 158
"""2022 年交办的 126 件会议期间代表建议、32 件代表行动意见建议."""
REVIEWED_ON, HEARD_ON, HANDED_ON = date(2026, 1, 8), date(2026, 1, 9), date(2026, 1, 19)
MET_ON = (date(2026, 1, 26), date(2026, 2, 9), date(2026, 3, 9))
"""办前、办中、办后."""
WRITTEN_ON, PROMISED_ON = date(2026, 3, 20), date(2026, 10, 30)
REPLY = "已到现场核实，并和代表当面商量，列入今年计划，十月底前完工。"


@contextmanager
def on(day: date) -> Iterator[None]:
    nine = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(nine, tick=True):
        yield


def raised(count: int, texts: int) -> None:
    """So many proposals with these first words of the demo county, each wishing for one unit."""
    lines = (settings.BASE_DIR / "demo" / "proposals.jsonl").read_text("utf-8").splitlines()
    told, leads = [json.loads(line) for line in lines[:texts]], [make.deputy() for _ in range(9)]
    unit = make.unit()
    for number in range(count):
        text = told[number % len(told)]
        walk.submitted(
            leads[number % len(leads)],
            title=f"{text['title'][:50]}（{number + 1}）",
            facts=text["facts"] or text["title"],
            request=text["request"] or f"请研究解决：{text['title'][:60]}",
            suggested_unit=unit,
        )


def carry(count: int, texts: int = A_REAL_YEAR) -> Mapping[str, Effort]:
    """All of them to their answers, of few texts some alike; what it cost each of the people."""
    with on(REVIEWED_ON):
        raised(count, texts)
        clerk = Person("代工委工作人员", make.actor())
        accepts(clerk)
        draws_up(clerk, count)
    with on(HEARD_ON):
        director = Person("代工委主任", chief := make.director())
        to_the_sheet(director).presses("请单位看，征求意见").reads("单位已收到通知")
    with on(HANDED_ON):
        to_the_sheet(director.again(chief)).presses("定稿交办").reads("已定稿交办")
        unit = Person("承办单位经办人", handler := walk.unit_clerk())
        unit.presses("签收选中的").reads(f"签收了 {count} 件")
    for day in MET_ON:
        with on(day):
            meets_all(unit.again(handler), day, count)
    with on(WRITTEN_ON):
        writes_all(unit.again(handler), count)
        head = Person("承办单位负责人", walk.unit_head())
        signs_all(head, count)
    assert Proposal.objects.filter(state=State.ANSWERED).count() == count
    return {each.name: each.effort for each in (clerk, director, unit, head)}


def accepts(clerk: Person) -> None:
    """A page at once; those that are alike one by one, as the list opens them."""
    clerk.follows("建议审查")
    while clerk.can_follow("选中本页"):
        clerk.follows("选中本页").presses("批量受理…")
        if able := clerk.can_press("受理这"):
            clerk.presses(able).reads("已受理")
            continue
        clerk.follows("回到名单").presses("受理").reads("已受理")
        while clerk.can_press("受理") == "受理":
            clerk.presses("受理").reads("已受理")


def draws_up(clerk: Person, count: int) -> None:
    clerk.follows("交办单").follows("拟交办单…")
    clerk.presses("拟好这张单").reads(f"已拟好，{count} 件")


def to_the_sheet(director: Person) -> Person:
    return director.follows("交办单").follows("十九届")


def one_after_the_other(person: Person, first: str, count: int) -> Iterator[None]:
    """The first of the desk, then the next one, until there is none."""
    person.follows(first)
    yield
    for _ in range(count - 1):
        person.follows("下一件")
        yield


def meets_all(unit: Person, day: date, count: int) -> None:
    told = {
        "哪一天见的面": day.isoformat(),
        "在哪里": "村委会",
        "都有谁": "单位 2 人，代表 1 人",
        "谈了什么": "一起看了现场，商量了办法。",
    }
    for _ in one_after_the_other(unit, "登记见面…", count):
        unit.presses("登记这次见面", told).reads("见面已登记")


def writes_all(unit: Person, count: int) -> None:
    for number, _ in enumerate(one_after_the_other(unit, "写答复…", count), start=1):
        unit.presses("保存答复稿", reply_to(number)).reads("稿已保存")
        unit.presses("送负责人签发").reads("已送签")


def reply_to(number: int) -> dict[str, str]:
    return {
        "这一条的结果": "B",
        "这一条怎么办的": "列入今年计划，十月底前完工。",
        "依据": "年度工作计划",
        "第 1 步哪天办到": PROMISED_ON.isoformat(),
        "第 1 步办到什么": "列入的工程完工，通过验收",
        "答复内容": REPLY,
        "文号": f"竹交函〔2026〕{number} 号",
    }


def signs_all(head: Person, count: int) -> None:
    for _ in one_after_the_other(head, "签发…", count):
        head.presses("签发答复").reads("答复已签发")
