"""督: a key proposal is asked three times a year; a visit looks at what a unit has in hand."""

from datetime import date

import pytest

from congress.shared.roles import Role
from proposals.models import KeySupervision
from proposals.states import State
from proposals.supervision_states import QuestionState
from tests import make
from tests.journeys.handling import Windows
from tests.proposals import keys, walk

pytestmark = pytest.mark.django_db(transaction=True)
DONE = "六月底前装好护栏，桥面十月硬化。"


def test_the_directors_decide_the_unit_answers_and_the_leader_reads_it(open_page, moment):
    """由主任会议集体督办、常委会领导领衔督办、媒体舆论督办，年初问安排、年中问进展、年末问成效。"""
    proposal = walk.proposal(State.ASSIGNED)
    leader, clerk = make.actor(Role.LEADER), walk.unit_clerk()
    windows = Windows(open_page, moment)
    windows.on(keys.DECIDED_ON)
    desk = windows.of(make.director(), "/proposals/desk/key/candidates/")
    desk.page.get_by_label(f"选 {proposal.number}").check()
    desk.presses("定为重点督办…")
    desk.reads("要定为重点的 1 件")
    desk.page.get_by_label("常委会领导领衔督办", exact=True).check()
    desk.page.get_by_label("由哪位领导领衔督办").select_option(label=leader.user.name)
    desk.page.get_by_label("会议纪要文号").fill(keys.MINUTES)
    desk.presses("登记这次决定")
    desk.reads("已登记 1 件重点督办")
    row = KeySupervision.objects.get()
    for stage, day in row.questions.values_list("stage", "ask_on"):
        windows.on(day)
        office = windows.of(make.actor(), f"/proposals/desk/key/{row.pk}/")
        office.presses("现在就问")
        unit = windows.of(clerk, "/proposals/unit-desk/")
        unit.reads("重点督办等回答 1 问")
        unit.follows(f"{row.questions.get(stage=stage).get_stage_display()}：{proposal.title}")
        unit.page.get_by_label("做了什么").fill(DONE)
        unit.presses("交这份回答")
        unit.reads("已回答")
    reader = windows.of(leader)
    reader.reads("您领衔")
    reader.follows(proposal.title)
    reader.reads(DONE)
    assert {each.state for each in row.questions.all()} == {QuestionState.ANSWERED}


def test_a_committee_takes_the_units_proposals_along_and_writes_down_what_it_saw(open_page, moment):
    """开展日常调研、视察等工作时，同步对相关单位的代表建议办理情况进行监督检查。"""
    proposal, clerk = walk.proposal(State.ASSIGNED), walk.unit_clerk()
    windows = Windows(open_page, moment)
    windows.on(date(2026, 4, 1))
    desk = windows.of(make.actor(), "/proposals/desk/inspections/")
    desk.follows("登记一次检查…")
    desk.page.get_by_label("到哪个单位").select_option(label=make.unit().name)
    desk.page.get_by_label("什么活动").fill("农村公路养护专题调研")
    desk.page.get_by_label("哪些人去").fill("孔令辉等 3 人")
    desk.presses("登记，看检查单")
    desk.reads(proposal.title)
    desk.follows("记看到的…")
    desk.page.get_by_label("有出入").check()
    desk.page.get_by_label("看到了什么").fill("护栏只装了一半。")
    desk.presses("记下看到的")
    unit = windows.of(clerk, f"/proposals/unit-desk/{proposal.pk}/")
    unit.reads("护栏只装了一半。")
    unit.follows("有不同情况，说明一次…")
    unit.page.get_by_label("本单位的说明").fill("另一半下周装。")
    unit.presses("交这份说明")
    unit.reads("另一半下周装。")
    lead = windows.of(make.as_deputy(proposal.lead), f"/proposals/{proposal.pk}/", small=True)
    lead.reads("另一半下周装。")
