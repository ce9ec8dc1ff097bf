"""提: the same matter raised by two deputies is handled once, and each of them is answered."""

from datetime import date

import pytest

from proposals.models import Proposal
from proposals.states import State
from tests import make
from tests.journeys.handling import ANSWERED, Windows
from tests.proposals import walk

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 1, 8)


def test_the_same_matter_raised_twice_is_merged_and_both_deputies_are_answered(open_page, moment):
    """通过大数据统计分析，甄别出反复提的建议，有针对性地进行重点督办。"""
    make.unit()
    first, second = make.deputy("吴秀兰"), make.deputy("罗明贵")
    into = walk.proposal(State.ACCEPTED, lead=first, title="关于修复桃园村过水桥的建议")
    again = walk.submitted(second, title="关于改造桃园村过水桥的建议")
    windows = Windows(open_page, moment)
    desk = windows.of(make.actor())
    desk.follows("1 建议待审查")
    desk.reads("相近的建议 1 件")
    desk.page.get_by_label("同时并入").select_option(label=f"{into.number} {into.title}")
    desk.presses("受理", exact=True)
    desk.reads(f"已并入 {into.number}")

    for state in (State.ASSIGNED, State.ANSWERED):
        walk._take(into, state, make.unit(), (), "")
    windows.on(walk.REPLIED_ON)
    for person, row in ((first, into), (second, again)):
        lead = windows.of(make.as_deputy(person), f"/proposals/{row.pk}/", small=True)
        lead.reads(ANSWERED)
    assert set(Proposal.objects.values_list("state", flat=True)) == {State.ANSWERED}
