"""交、办: heard before the hand-over, lengthened with consent, several units, one reply."""

import re
from datetime import date

import pytest

from congress.shared.roles import Role
from proposals.actions import assignment
from proposals.models import Proposal
from proposals.sharing import Share
from proposals.states import State, UnitRole
from tests import make
from tests.journeys.handling import Windows, signs, writes
from tests.proposals import sheets, walk

pytestmark = pytest.mark.django_db(transaction=True)
DAY = sheets.REHEARSED_ON
WATER = "县水利和湖泊局"


def test_units_are_heard_before_the_hand_over_and_one_objection_is_upheld(open_page, moment):
    """所有代表建议在代表履职平台流转。"""
    sheets.sheet(count=2)
    office, clerk = make.actor(), walk.unit_clerk()
    water, windows = walk.unit_clerk(make.unit(WATER)), Windows(open_page, moment)
    desk = windows.of(office)
    desk.follows("1 交办单待办 1 张待征求意见")
    desk.follows("五次会议交办单")
    desk.presses("请单位看，征求意见")
    desk.reads("单位已收到通知")

    unit = windows.of(clerk)
    unit.follows(re.compile(r"^预交办和异议\s*2$"))
    unit.follows("提异议…")
    unit.page.get_by_label("应该由哪个单位办").select_option(label=WATER)
    unit.page.get_by_label("理由").fill("按“三定”方案归水利。")
    unit.presses("提出异议")
    unit.reads("按“三定”方案归水利。")

    desk = windows.of(office)
    desk.follows("1 交办异议待答复")
    desk.follows("改交")
    desk.page.get_by_label("为什么这样定").fill("同意，由水利牵头。")
    desk.presses("改交")
    desk.reads(f"已改交{WATER}")

    windows.on(sheets.SETTLED_ON)
    desk = windows.of(office)
    desk.follows("1 交办单待办 1 张可以定稿")
    desk.follows("五次会议交办单")
    desk.presses("定稿交办")
    desk.reads("已定稿交办")
    for who in (clerk, water):
        unit = windows.of(who)
        unit.reads("待签收 1 件")
        unit.presses("签收选中的")
        unit.reads("签收了 1 件")


def test_more_time_is_asked_for_consented_to_and_granted(open_page, moment):
    """2022年交办的126件会议期间代表建议、32件代表行动意见建议，均按期办复，满意率98%。"""
    part = sheets.handed()
    windows, case = Windows(open_page, moment), f"/proposals/unit-desk/{part.proposal_id}/"
    windows.on(date(2026, 5, 12))
    unit = windows.of(walk.unit_clerk(), case)
    unit.follows("申请延期…")
    unit.page.get_by_role("radio", name="2 个月").check()
    unit.page.get_by_label("理由").fill("汛期不能施工。")
    unit.presses("申请延期")
    unit.reads("批准以前期限不变")

    lead = windows.of(make.as_deputy(part.proposal.lead), small=True)
    lead.follows("去看看")
    lead.reads("批准后，期限从 6 月 8 日改到 8 月 6 日。")
    lead.presses("同意延期", exact=True)
    lead.reads("已同意延期")

    desk = windows.of(make.actor())
    desk.follows("1 延期申请待批复")
    desk.reads("代表已同意")
    desk.follows("批准…", exact=True)
    desk.presses("批准延期")
    desk.reads("已批准延期")
    assert "8 月 6 日" in windows.of(walk.unit_clerk(), case).text()


def test_joint_and_assisting_units_a_colleague_and_a_draft_that_comes_back(open_page, moment):
    """力量融汇，办实建议，让代表愿履职。"""
    proposal = walk.proposal(State.ACCEPTED)
    lead, joint, helper = make.unit(), make.unit(WATER), make.unit("县住房和城乡建设局")
    roles = (UnitRole.LEAD, UnitRole.JOINT, UnitRole.ASSISTING)
    shares = [Share(unit, role) for unit, role in zip((lead, joint, helper), roles, strict=True)]
    assignment.assign(proposal, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    walk.gated(Proposal.objects.get().lead_assignment)
    windows = Windows(open_page, moment)
    windows.on(walk.REPLIED_ON)

    for unit in (joint, helper):
        helps = windows.of(walk.unit_clerk(unit))
        helps.follows("写意见…")
        helps.page.get_by_label("本单位的意见").fill("可以从年度资金里安排。")
        helps.page.get_by_label("文号").fill("竹水函〔2026〕8 号")
        helps.page.get_by_label("签发人").fill("秦海燕")
        helps.presses("送主办单位")
        helps.reads("意见已送主办单位")

    colleague = make.actor(Role.UNIT_CLERK, at=lead, user=make.user("卢长河"))
    clerk = windows.of(walk.unit_clerk(lead))
    clerk.follows("写答复…")
    clerk.reads("可以从年度资金里安排。")
    clerk.follows("定经办人…")
    clerk.page.get_by_label("由谁经办").select_option(label="卢长河")
    clerk.presses("定经办人")
    clerk.reads("已由卢长河经办")
    writer = windows.of(colleague)
    writer.follows("写答复…")
    writes(writer, "加固护栏。")

    chief = windows.of(walk.unit_head(lead))
    chief.follows("签发…")
    chief.follows("退改…")
    chief.page.get_by_label("要改什么").fill("请写明哪一天完工。")
    chief.presses("退改答复稿")
    writer = windows.of(colleague)
    writer.follows("写答复…")
    writer.reads("请写明哪一天完工。")
    writes(writer, "加固护栏。")
    second = windows.of(walk.unit_head(joint), f"/proposals/unit-desk/{proposal.pk}/")
    second.presses("会签这一稿")
    signs(windows.of(walk.unit_head(lead)))
    assert Proposal.objects.get().state == State.ANSWERED


def test_what_last_year_left_open_goes_out_with_this_years_on_one_sheet(open_page, moment):
    """坚持“办理工作不换届”理念，将上年度未能落实的建议与当年度建议同交办，实行滚动办理。"""
    earlier = walk.proposal(State.ASSIGNED, title="关于提高副职村干部待遇的建议")
    again = walk.submitted(
        earlier.lead, title="关于再次建议提高副职村干部待遇的建议", continues=earlier
    )
    fresh = walk.submitted(title="关于疏通柳林沟排水渠的建议")
    windows = Windows(open_page, moment)
    desk = windows.of(make.actor())
    desk.follows("2 建议待审查")
    for _ in range(2):
        desk.presses("受理", exact=True)
        desk.reads("已受理，编号")
    desk.opens("建议", "交办单")
    desk.follows("拟交办单…")
    for row in (again, fresh):
        line = desk.page.get_by_role("row").filter(has_text=row.title)
        line.get_by_role("checkbox").check()
        unit = line.locator("option", has_text="县交通运输局").first.inner_text()
        line.get_by_role("combobox").first.select_option(label=unit)
    desk.presses("拟好这张单")
    desk.reads("已拟好，2 件")
    assert again.title in desk.text()
