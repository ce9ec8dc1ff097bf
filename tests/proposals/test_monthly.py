"""每月一页: one page of A4 for each leader whatever stands on it, on the month's own day."""

from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.roles import Role
from proposals import supervision_papers
from proposals.actions import clocks, objections, questions, supervision
from proposals.models import Proposal
from proposals.queries import monthly
from proposals.queries.clocks import Light
from proposals.queries.key_days import Orders, orders_then
from proposals.queries.monthly import LeaderSheet, SheetLine, Totals
from proposals.queries.supervision import Before
from proposals.supervision_states import KeyKind
from tests import make
from tests.proposals import keys, sheets, verbs_rated, walk
from tests.scoring.facts import on

EARLY = date(2026, 3, 6)
NAMED = "农业农村局 1905012、自然资源和规划局 1905013等"
BEFORE = [Before(2025, 12), Before(2024, 11), Before(2023, 10)]
TOTALS = Totals(12, 1, 30, 25, 2, 9, 140, 11, Orders(18, 6, NAMED), BEFORE)


def crowded(number):
    """A line in which every field is as long as it may be."""
    return SheetLine(
        number=f"19050{number:02}",
        title=monthly._title("关于加固桃园村过水桥护栏的建议" * 4),
        how=KeyKind.LEADER.label,
        units="、".join(["自然资源和规划局"] * 8),
        light=Light("ok", "还有 120 个工作日"),
        light_of="重新办理",
        last=monthly._cut("方案已定，资金到位六成，七月进场施工。" * 30, monthly.LONGEST_ANSWER),
        next="年末问成效，2026 年 12 月 29 日前再答",
        visits=12,
    )


def pages(pdf):
    with pikepdf.open(BytesIO(pdf)) as found:
        return len(found.pages)


def test_each_leader_has_one_page_however_much_stands_on_it():
    lines = [crowded(number) for number in range(monthly.FITS)]
    full = LeaderSheet("欧阳玉兰", 14, lines, [], 40)
    mixed = LeaderSheet("孔令辉", 5, lines[:5], lines[5:], 40)
    empty = LeaderSheet("方德明", 0, [], [], 0)
    pdf = supervision_papers.month_pdf([full, mixed, empty], TOTALS, date(2026, 11, 29), over=False)
    assert pages(pdf) == 3


@pytest.mark.django_db
def test_the_sheet_has_a_leaders_own_first_and_the_common_ones_below_and_stands_on_its_day(client):
    leader, other = make.actor(Role.LEADER), make.actor(Role.LEADER)
    own = keys.decided(kind=KeyKind.LEADER, leader=leader.user)
    common = keys.decided()
    keys.answer(keys.asked(own))
    sheets = {each.name: each for each in monthly.leader_sheets(date(2026, 4, 30))}
    first, second = sheets[leader.user.name], sheets[other.user.name]
    assert [each.number for each in first.own] == [own.proposal.number]
    assert "六月底前装好护栏" in first.own[0].last
    assert [each.number for each in first.common] == [common.proposal.number]
    assert second.own == []
    assert monthly.totals(date(2026, 4, 30))[:4] == (2, 0, 1, 1)
    assert monthly.leader_sheets(date(2026, 2, 28), [leader.user])[0].own == []
    client.force_login(other.user)
    with on(date(2026, 5, 12)):
        url = reverse("proposals:month_page", args=[2026, 4])
        everybody = client.get(url)
        one = client.get(f"{url}?leader={leader.user.pk}")
        later = client.get(reverse("proposals:month_page", args=[2026, 6]))
        nobody = client.get(f"{url}?leader={make.user().pk}")
    assert (pages(everybody.content), pages(one.content)) == (len(sheets), 1)
    assert (later.status_code, nobody.status_code) == (404, 404)


@pytest.mark.django_db
def test_the_sheet_of_a_past_month_says_what_stood_on_its_last_day_whatever_came_after():
    leader = make.actor(Role.LEADER)
    row = keys.decided(kind=KeyKind.LEADER, leader=leader.user)

    def of(month, day):
        on_day = date(2026, month, day)
        found = monthly.leader_sheets(on_day, [leader.user])[0].own
        return monthly.totals(on_day), found[0] if found else None

    days = [(2, 28), (3, 31), (4, 7), (4, 10), (4, 30), (8, 31), (9, 30), (10, 31)]
    told = {}
    for day, deed in (
        ((2, 28), None),
        ((3, 31), keys.asked),
        ((4, 7), None),
        ((4, 8), lambda row: keys.answer(keys.question(row))),
        ((4, 9), send_back),
        ((4, 10), None),
        ((4, 20), answer_again),
        ((4, 30), None),
        ((8, 31), None),
        ((9, 1), end),
        ((9, 30), None),
        ((10, 31), None),
    ):
        with on(date(2026, *day)):
            if deed:
                deed(row)
            if day in days:
                told[day] = of(*day)
    assert told == {day: of(*day) for day in days}
    assert told[2, 28][1] is None
    asked, again, ended = told[4, 7][1], told[4, 10][1], told[9, 30][1]
    assert (asked.light.kind, asked.next) == ("soon", "年初问安排，4 月 15 日前回答")
    assert again.next == "年初问安排，4 月 16 日前再答"
    assert told[4, 7][0][:5] == (1, 0, 1, 0, 0)
    assert told[4, 30][0][:5] == (1, 0, 1, 1, 0)
    assert (told[8, 31][1].light.kind, told[8, 31][0].open_late) == ("late", 1)
    assert (ended.light, ended.next) == (None, "督办结束")
    assert told[10, 31][1] is None


@pytest.mark.django_db
def test_the_sheet_of_a_new_year_says_what_of_the_last_waited_on_its_day_and_names_titles_whole():
    asked, long = keys.asked(), "关于加强农村饮水安全水质监测和管网改造提升工程建设管理的建议"
    january, february = date(2027, 1, 31), date(2027, 2, 26)
    questions.answer_question(
        asked, text="装好了。", by=walk.unit_clerk(asked.unit), today=date(2027, 2, 1)
    )
    told = monthly.totals(january)
    assert (told.before, told.keys) == ([(2026, 1)], 0)
    assert monthly.totals(february).before == monthly.totals(date(2026, 12, 31)).before == []
    leaf = {"sheets": [LeaderSheet("孔令辉", 0, [], [], 0)], "totals": told, "on": january}
    page = render_to_string("pdf/key_month.html", leaf)
    assert "2026 年的重点督办还有 <b>1</b> 件的问题等承办单位回答。" in page
    assert monthly._title(long) == long
    assert monthly._title(f"{long[:-3]}体制机制创新的建议") == f"{long[2:-3]}体制机制创新"


def send_back(row):
    questions.send_back_answer(
        keys.question(row), words="哪一段？", by=make.actor(), today=date(2026, 4, 9)
    )


def answer_again(row):
    questions.answer_question(
        keys.question(row), text="桥头 120 米。", by=walk.unit_clerk(), today=date(2026, 4, 20)
    )


def end(row):
    supervision.end_supervision(row, words="好了。", by=make.director(), today=date(2026, 9, 1))


@pytest.mark.django_db
def test_the_sheet_costs_the_same_at_one_question_and_at_three_of_this_year_and_of_the_last():
    def price(day):
        with CaptureQueriesContext(connection) as fetched:
            told = monthly.leader_sheets(day), monthly.totals(day)
        return len(fetched), len(told[0][0].common), told[1].before

    december, january = date(2026, 12, 31), date(2027, 1, 31)
    made = (keys.asked, keys.sent_back)
    rows, leader = [each() for each in made], make.actor(Role.LEADER)
    first = [price(each)[0] for each in (december, january)]
    rows += [each() for each in made * 2]
    assert (price(december), price(january)) == (
        *((first[0], len(rows), []), (first[1], 0, [(2026, len(rows))])),
    ), leader


@pytest.mark.django_db
def test_a_past_month_keeps_its_unit_and_its_clock_when_the_part_is_moved_paused_or_answered():
    row = keys.decided(sheets.handed().proposal, today=sheets.SETTLED_ON, decided_on=EARLY)
    leader = make.actor(Role.LEADER)

    def of(day):
        sheet = monthly.leader_sheets(day, [leader.user])[0]
        return monthly.totals(day), sheet.common[0].units, sheet.common[0].light

    first, then, last = date(2026, 3, 9), date(2026, 3, 12), date(2026, 3, 31)
    with on(first):
        questions.ask_question(keys.question(row), by=make.actor(), today=first)
        before = of(first)
    with on(then):
        part = Proposal.objects.get(pk=row.proposal_id).lead_assignment
        objection = sheets.objected(part, today=then)
        new = objections.uphold_objection(
            objection, unit=objection.better_unit, words="归水利。", by=make.actor(), today=then
        )
    with on(last):
        questions.answer_question(
            keys.question(row), text="六月装。", by=walk.unit_clerk(new.unit), today=last
        )
        march = of(last)
        assert (march[1], march[2].kind) == (new.unit.short_name, "ok")
    with on(date(2026, 4, 10)):
        clocks.pause(
            new,
            from_on=date(2026, 4, 10),
            reason="等汛期过去。",
            agreed_with="李桂兰",
            by=make.actor(),
            today=date(2026, 4, 10),
        )
    with on(date(2026, 5, 1)):
        assert of(date(2026, 4, 30))[2].kind == "paused"
        assert (of(first), of(last)) == (before, march)


@pytest.mark.django_db
def test_the_sheet_counts_orders_as_they_stood_on_its_day_whatever_came_after():
    early, gone = verbs_rated.ordered(), verbs_rated.ordered()
    verbs_rated.prolonged(early, early.due_on)
    verbs_rated.taken_back(gone, gone.due_on)
    unit, number = early.assignment.unit.short_name, early.assignment.proposal.number
    day = timedelta(days=1)
    assert orders_then(verbs_rated.AFTER - day) == (0, 0, "")
    assert orders_then(early.due_on - day) == (2, 0, "")
    assert orders_then(early.due_on + day) == (1, 0, "")
    early.refresh_from_db()
    assert orders_then(early.due_on + day) == (1, 1, f"{unit} {number}")
    verbs_rated.answered(early, early.due_on + day)
    assert orders_then(early.due_on + day) == (0, 0, "")
    late = monthly.totals(date(2026, 5, 31)).orders
    assert (late.open, late.late) == (2, 0)
