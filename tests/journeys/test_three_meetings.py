"""三见面: both sides' word on every meeting, and the reply that waits for them."""

from datetime import date

import pytest

from proposals.states import Stage, State
from tests import make
from tests.journeys.handling import Windows, records, tells_of, writes
from tests.proposals import walk

pytestmark = pytest.mark.django_db(transaction=True)
DAY, NEXT = date(2026, 3, 20), date(2026, 3, 23)
ASKED = "加固护栏。"


def sending(unit):
    return unit.page.get_by_role("button", name="送负责人签发")


def test_the_reply_waits_for_three_meetings_one_told_by_one_side_and_one_not_wanted(
    open_page, moment
):
    """承办单位办前与代表见面，了解所提建议的初衷意图；办中与代表见面，共同研究解决问题的办法；
    办后与代表见面，听取对建议办理结果的意见。
    """
    proposal = walk.proposal(State.ASSIGNED)
    clerk, windows = walk.unit_clerk(), Windows(open_page, moment)
    unit = windows.of(clerk)
    unit.follows("登记见面…")
    assert sending(unit).is_disabled()
    unit.reads("不能送签")
    records(unit, DAY)

    windows.on(date(2026, 4, 14))
    unit = windows.of(clerk)
    unit.follows("登记见面…")
    unit.reads("代表没有确认 · 一方记录")
    records(unit, date(2026, 4, 14))
    lead = windows.of(make.as_deputy(proposal.lead), f"/proposals/{proposal.pk}/", small=True)
    lead.follows("免见面…")
    lead.page.get_by_role("radio", name="办后见面").check()
    lead.page.get_by_label("为什么不用见面").fill("电话里说清楚了。")
    lead.presses("免见面")
    lead.reads("已免去办后见面")

    windows.on(date(2026, 4, 24))
    unit = windows.of(clerk)
    unit.follows("写答复…")
    unit.reads("代表同意免去")
    writes(unit, ASKED)
    lead = windows.of(make.as_deputy(proposal.lead), f"/proposals/{proposal.pk}/", small=True)
    lead.reads("一方记录")


def test_either_side_tells_of_a_meeting_and_the_other_says_whether_it_was_so(open_page, moment):
    """落实提办双方“三见面”制度，提高代表对办理工作的参与度。"""
    proposal = walk.proposal(State.ASSIGNED)
    clerk, lead_deputy = walk.unit_clerk(), make.as_deputy(proposal.lead)
    windows, mine = Windows(open_page, moment), f"/proposals/{proposal.pk}/"
    lead = windows.of(lead_deputy, mine, small=True)
    lead.follows("登记见面…")
    tells_of(lead, DAY)
    lead.presses("登记办前见面")
    lead.reads("已请对方确认")

    unit = windows.of(clerk)
    unit.reads("代表登记了办前见面，请确认")
    unit.follows("登记见面…")
    unit.presses("见过，属实")
    unit.reads("已确认办前见面属实")
    tells_of(unit, DAY)
    unit.presses("登记这次见面")
    unit.reads("两次见面不能是同一天")
    windows.on(NEXT)
    unit = windows.of(clerk)
    unit.follows("登记见面…")
    records(unit, NEXT)

    lead = windows.of(lead_deputy)
    lead.follows("去确认")
    lead.follows("不是这样…")
    lead.page.get_by_label("实际情况是").fill("那天没有见面，只通了电话。")
    lead.presses("不是这样")
    lead.reads("已告诉对方")

    windows.on(date(2026, 4, 14))
    unit = windows.of(clerk)
    unit.follows("登记见面…")
    unit.reads("只通了电话")
    records(unit, date(2026, 4, 14))
    lead = windows.of(lead_deputy)
    lead.follows("去确认")
    lead.presses("见过，属实")
    lead.reads("已确认办中见面属实")
    assert [each.stage for each in proposal.lead_assignment.held if each.confirmed_at] == [
        Stage.BEFORE,
        Stage.DURING,
    ]
