"""待办数: beside the places of the navigation stand the numbers of the pages behind them."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.admin_sidebar import sidebar
from congress.home.chrome import in_the_bar, links
from congress.home.queries import badges, office
from congress.shared.roles import Role
from deputies.states import DutyState
from proposals.actions import clocks, objections, sheets
from proposals.models import Proposal
from proposals.states import State
from stations.actions.findings import hand_finding
from tests import make
from tests.deputies import seats
from tests.deputies import walk as duties
from tests.home.screens import front
from tests.proposals import walk
from tests.scoring import facts
from tests.stations import finding_walk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 9)
HEARD_ON = TODAY - timedelta(days=1)
QUEUES = {
    "deputies:entered": ["代登记等本人确认"],
    "scoring:check_queue": ["履职记录待核对"],
    "scoring:verify_queue": ["履职记录待核实"],
    "scoring:appeals": ["积分异议待答复"],
    "deputies:changes": ["资格变动待公告"],
    "admin:deputies_rosterimport_changelist": ["名册导入待对列名", "名册导入待确认"],
    "proposals:to_review": ["建议待审查"],
    "proposals:review": ["建议待交办", "答复待公开"],
    "proposals:sheet_list": ["交办单待办"],
    "proposals:delivery_list": ["送达单位还没打开"],
    "proposals:objection_list": ["交办异议待答复"],
    "proposals:extension_list": ["延期申请待批复"],
    "proposals:promises": ["承诺兑现待核实"],
    "proposals:look_backs": ["回头看待了结"],
    "proposals:upgrade_list": ["转类待核实"],
    "proposals:challenge_list": ["已解决又被提出"],
    "proposals:key_list": ["三问逾期没有回答"],
    "stations:issues": ["民情待代工委办结"],
    "proposals:rehandlings": ["重新办理逾期"],
    "stations:activities": ["活动有请假待批", "活动待登记到场"],
}
"""Each place with a number, and the lines of the workbench that it counts."""


@pytest.fixture(autouse=True)
def _today():
    with facts.on(TODAY):
        yield


def waiting_of_every_kind(times=1):
    for _ in range(times):
        duties.report(make.deputy())
        duties.duty(DutyState.CHECKED, make.deputy())
        walk.proposal(State.SUBMITTED)
        walk.proposal(State.ACCEPTED)
        walk.proposal(State.ANSWERED)
        _sheet()
        _objected(walk.proposal(State.ASSIGNED).lead_assignment)
        _asked(walk.proposal(State.ASSIGNED).lead_assignment)
    seats.elected()


def _sheet():
    row = walk.proposal(State.ACCEPTED)
    return sheets.draw_up_sheet(
        session=row.session,
        name=f"第 {make.serial()} 张交办单",
        lines=[(row, walk.shares())],
        by=make.actor(),
        today=HEARD_ON,
    )


def _objected(part):
    return objections.object_to(
        part,
        better_unit=make.unit("县水利和湖泊局"),
        reason="河道归水利部门。",
        by=walk.unit_clerk(part.unit),
        today=TODAY,
    )


def _asked(part):
    return clocks.ask_extension(
        part, months=1, reason="等省里批复。", by=walk.unit_clerk(part.unit), today=TODAY
    )


def told(by):
    """Titles of the sidebar with their numbers, as Unfold gets them."""
    request = RequestFactory().get("/admin/")
    request.actor = by
    return {item["title"]: item["badge"] for group in sidebar(request) for item in group["items"]}


def test_the_sidebar_says_the_numbers_of_the_workbench():
    waiting_of_every_kind()
    by = make.director()
    counted = {queue.title: queue.count for queue in office.desk(by, TODAY).queues}
    found = badges.waiting(by)
    assert {name: found[name] for name in QUEUES} == {
        name: sum(counted[title] for title in titles) for name, titles in QUEUES.items()
    }
    assert set(found) <= set(QUEUES)
    assert {name for name in QUEUES if not found[name]} == {
        "deputies:entered",
        "scoring:appeals",
        "admin:deputies_rosterimport_changelist",
        *("proposals:promises", "proposals:look_backs"),
        *("proposals:upgrade_list", "proposals:challenge_list"),
        *("proposals:key_list", "proposals:rehandlings", "stations:activities"),
        "stations:issues",
    }


def test_a_group_says_the_sum_of_its_places():
    waiting_of_every_kind()
    request = RequestFactory().get(reverse("proposals:sheet_list"))
    request.actor = make.director()
    group = next(each for each in sidebar(request) if each["title"] == "建议")
    assert group["badge"] == sum(item["badge"] for item in group["items"]) == 7
    assert [item["title"] for item in group["items"] if item["active"]] == ["交办单"]
    _, html = front(make.director().user, reverse("proposals:sheet_list"))
    assert '建议<span class="count">7</span>' in html
    assert '建议审查<span class="count">1</span>' in html


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("proposals:review", "交办安排、答复公开"),
        ("proposals:in_hand", "办理进度"),
        ("admin:proposals_outcomeclass_changelist", "办理结果类别"),
        ("admin:proposals_refusalground_add", "不予受理的情形"),
    ],
)
def test_the_sidebar_lights_the_place_where_one_is(name, place):
    request = RequestFactory().get(reverse(name))
    request.actor = make.director()
    lit = [item["title"] for group in sidebar(request) for item in group["items"] if item["active"]]
    assert lit == [place]


@pytest.mark.parametrize("times", [1, 3])
def test_the_whole_sidebar_is_counted_in_one_statement(times):
    waiting_of_every_kind(times)
    by = make.director()
    with CaptureQueriesContext(connection) as seen:
        assert sum(badges.waiting(by).values())
    assert len(seen) == 1


def test_each_day_asks_anew_what_the_day_decides():
    """The office's statement is kept for the day: nothing that the day changes may stay in it."""
    sheet = rehearsed()
    by = make.director()
    days = [sheet.object_until, sheet.object_until + timedelta(days=1)]
    found = []
    for day in (*days, *days):
        with facts.on(day):
            found.append(badges.waiting(by)["proposals:sheet_list"])
    assert found == [0, 1, 0, 1]


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.SYSADMIN])
def test_those_who_only_look_are_told_no_numbers(role, django_assert_num_queries):
    walk.proposal(State.SUBMITTED)
    by = make.actor(role)
    with django_assert_num_queries(0):
        assert set(told(by).values()) == {0}


def test_every_place_of_the_office_lists_what_it_counts():
    waiting_of_every_kind(2)
    client = Client()
    client.force_login(make.director().user)
    for name, number in badges.waiting(make.director()).items():
        answer = client.get(reverse(name))
        assert answer.status_code == 200, name
        said = re.sub(r"<[^>]+>", " ", answer.content.decode())
        assert re.search(rf"\b{number}\b", said), name


def test_the_office_has_its_queues_in_the_navigation_of_a_phone():
    walk.proposal(State.SUBMITTED)
    found = {link.label: link.count for link in links(make.actor(), "/proposals/")}
    assert found["建议审查"] == 1
    assert found["交办、公开"] == 0


def test_what_the_bar_cannot_hold_on_one_line_is_under_more_and_all_of_it_in_the_phones_menu():
    found = links(make.actor(Role.TOWNSHIP_CLERK), "/scoring/appraise/")
    bar = in_the_bar(found)
    assert [each.label for each in bar["more"]] == [
        "代为登记",
        "接待轮值",
        "登记到场",
        "活动",
        "乡镇参评",
        "述职测评",
    ]
    assert bar["shown"] + bar["more"] == found
    office = links(make.actor(), "/")
    assert in_the_bar(office) == {"shown": office, "more": []}


def rehearsed():
    row = walk.proposal(State.ACCEPTED)
    sheet = sheets.draw_up_sheet(
        session=row.session,
        name="五次会议建议交办单",
        lines=[(row, walk.shares())],
        by=make.actor(),
        today=TODAY,
    )
    return sheets.rehearse(sheet, by=make.actor(), today=TODAY)


def test_a_unit_sees_its_cases_and_what_it_is_asked_about():
    walk.proposal(State.ASSIGNED)
    rehearsed()
    clerk = walk.unit_clerk()
    with CaptureQueriesContext(connection) as seen:
        found = {link.label: link.count for link in links(clerk, "/proposals/unit-desk/")}
    assert len(seen) == 1
    waits = {"办理台": 1, "预交办和异议": 1, "代表发现的问题": 0}
    assert found == {**waits, "办理动态": 0, "公开的建议": 0}
    text, html = front(clerk.user, reverse("proposals:unit_desk"))
    assert "手上 1 件" in text
    assert '办理台<span class="count">1</span>' in html
    assert "预交办 1 件" in front(clerk.user, reverse("proposals:planned"))[0]


def test_a_unit_sees_from_anywhere_what_of_the_deputies_finding_is_handed_to_it():
    with facts.on(make.TODAY):
        found = finding_walk.looked_at()
        row = finding_walk.raised(found)
        hand_finding(row, unit=found.unit, by=found.office, today=make.TODAY)
    there = {link.label: link.count for link in links(found.unit_clerk, "/")}
    assert there["代表发现的问题"] == 1
    other = walk.unit_clerk(make.unit("县水利和湖泊局"))
    assert {link.count for link in links(other, "/")} == {0}


def test_another_units_cases_are_not_counted():
    walk.proposal(State.ASSIGNED)
    rehearsed()
    other = walk.unit_clerk(make.unit("县水利和湖泊局"))
    assert {link.count for link in links(other, "/")} == {0}


def test_a_sheet_waits_for_the_office_once_the_units_have_been_heard():
    sheet = rehearsed()
    by = make.director()
    assert not badges.waiting(by)["proposals:sheet_list"]
    with facts.on(sheet.object_until + timedelta(days=1)):
        assert badges.waiting(by)["proposals:sheet_list"] == 1
        desk = office.desk(by, sheet.object_until + timedelta(days=1))
    line = next(each for each in desk.queues if each.title == "交办单待办")
    assert (line.count, line.words) == (1, "1 张可以定稿")
    assert Proposal.objects.get().state == State.REHEARSED
