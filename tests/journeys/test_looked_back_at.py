"""回头看: what was promised is kept and upgraded; what was called solved is raised again."""

from datetime import date

import pytest

from proposals.actions import publication
from proposals.models import LookBack, Proposal
from tests import make
from tests.journeys.handling import Windows
from tests.proposals import stages_of_following as stages
from tests.proposals import walk

pytestmark = pytest.mark.django_db(transaction=True)
LATE_ON, DONE_ON = date(2027, 5, 4), date(2027, 5, 6)


def test_a_promise_that_slipped_is_looked_at_again_kept_and_becomes_solved(open_page, moment):
    """对部分解决或列入计划逐步解决的B类件、受条件限制或其它原因需以后解决的C类件，
    持续关注后续落实情况，推动向A类件转化。
    """
    reply = stages.answered()
    proposal, second = reply.assignment.proposal, reply.promises.last()
    stages.confirmed(second)
    publication.publish(
        Proposal.objects.get(pk=proposal.pk), by=make.actor(), today=walk.REPLIED_ON
    )
    windows = Windows(open_page, moment)
    windows.on(LATE_ON)
    stages.lookback.open_due(LATE_ON)
    case, office = f"/proposals/unit-desk/{proposal.pk}/", make.actor()
    unit = windows.of(walk.unit_clerk(), case)
    unit.reads("到期没有兑现")
    unit.follows("报告兑现…")
    unit.page.get_by_label("怎么兑现的").fill("四月底评审通过，批复竹发改〔2027〕9 号。")
    unit.presses("报告兑现")

    windows.on(DONE_ON)
    desk = windows.of(office, "/proposals/desk/promises/")
    desk.follows("核实…")
    desk.presses("核实兑现")
    assert LookBack.objects.get().get_state_display() == "已兑现"
    unit = windows.of(walk.unit_clerk(), case)
    unit.follows("申请转为已解决…")
    unit.page.get_by_role("radio", name="第 1 条").or_(
        unit.page.get_by_role("radio").first
    ).first.check()
    unit.page.get_by_role("radio", name="A").check()
    unit.page.get_by_label("依据").fill("竣工验收单〔2027〕3 号")
    unit.presses("申请转类")
    desk = windows.of(office, "/proposals/desk/upgrades/")
    desk.follows("核实…")
    desk.presses("核实转类")
    anybody = open_page().goes_to(f"/proposals/public/{proposal.number}/")
    anybody.reads("B → A，5 月 6 日已核实")


def test_what_was_called_solved_is_raised_again_explained_and_publicly_marked(open_page, moment):
    """对A类件是否又被重新提出进行监督晾晒，督促承办单位客观评价建议完成情况。"""
    found = stages.challenge()
    earlier = found.earlier
    publication.publish(Proposal.objects.get(pk=earlier.pk), by=make.actor(), today=walk.REPLIED_ON)
    windows = Windows(open_page, moment)
    windows.on(stages.AGAIN_ON)
    desk = windows.of(make.actor(), f"/proposals/desk/challenges/{found.pk}/")
    desk.reads("由人认定是不是同一件")
    desk.follows("是同一件…")
    desk.presses("认定是同一件")
    unit = windows.of(walk.unit_clerk(), f"/proposals/unit-desk/{earlier.pk}/")
    unit.follows("作说明…")
    unit.page.get_by_label("客观说明").fill("当时修的是桥面，护栏没有修。")
    unit.presses("提交说明")
    desk = windows.of(make.actor(), f"/proposals/desk/challenges/{found.pk}/")
    desk.reads("当时修的是桥面，护栏没有修。")
    desk.follows("了结…")
    desk.page.get_by_role("radio", name="撤销").check()
    desk.page.get_by_label("凭什么这样认定").fill("护栏没有修，不算解决。")
    desk.page.get_by_role("radio", name="写在公开页上").check()
    desk.presses("了结又被提出")
    anybody = open_page().goes_to(f"/proposals/public/{earlier.number}/")
    anybody.reads("已解决的认定已经撤销")
    anybody.reads("说明：当时修的是桥面，护栏没有修。")
    anybody.follows(found.proposal.number)
    anybody.reads("再次提出")
