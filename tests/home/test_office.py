"""今日待办: every queue with its age, what is most urgent first, each for whom it is."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress.home.queries import office
from congress.shared.models import Workday
from congress.shared.roles import DESK, STAFF, Role
from deputies.states import DutyState, LiaisonKind
from proposals.actions import assignment
from proposals.models import Proposal
from proposals.states import State
from tests import make
from tests.deputies import contact, seats, sheet, voters
from tests.deputies import walk as duties
from tests.home.screens import front, opened, price
from tests.proposals import walk as proposals
from tests.scoring import facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]


def overdue(count):
    office, unit = make.actor(), make.unit("县水利和湖泊局")
    for number in range(count):
        row = proposals.proposal(State.ACCEPTED, title=f"关于疏通第 {number} 条渠的建议")
        assignment.assign(row, shares=proposals.shares(unit), by=office, today=date(2026, 1, 12))


def test_the_workbench_counts_every_queue_and_says_how_old_it_is():
    person = make.deputy()
    duties.report(person)
    duties.duty(DutyState.CHECKED, person)
    proposals.proposal(State.SUBMITTED)
    proposals.proposal(State.ANSWERED)
    opened()
    text, html = front(make.director().user)
    for words in (
        "2 履职记录待核对 最久 0 个工作日，限 3",
        "1 履职记录待核实 最久 0 个工作日，限 10",
        "1 建议待审查 最久 84 个工作日，限 5 超期",
        "1 答复待公开",
        "0 建议待交办 没有等着的",
        "1 2026 年度评价征集意见 正在本人自评到 5 月 22 日",
        "0 名册导入待确认",
    ):
        assert words in text
    for name in ("scoring:check_queue", "scoring:verify_queue", "proposals:review"):
        assert f'href="{reverse(name)}"' in html
    assert "须今天处置" not in text


def test_the_workbench_alarms_of_every_proposal_past_its_day():
    overdue(7)
    text, html = front(make.actor().user)
    assert "须今天处置 7 项 7 件建议超期" in text
    assert "最久的 5 项在下面" in text
    assert text.count("办理超期") == 5
    assert "应于 4 月 13 日前答复" in text
    oldest = Proposal.objects.order_by("pk").first()
    assert f'href="{reverse("proposals:dossier", args=[oldest.pk])}">看这件' in html


@pytest.mark.parametrize("role", sorted(DESK))
def test_the_workbench_leads_nobody_to_a_closed_page(client, role):
    duties.report(make.deputy())
    user = make.actor(role).user
    client.force_login(user)
    pages = front(user)[1] + client.get(reverse("admin:index")).content.decode()
    links = set(re.findall(r'href="(/[^"]*)"', pages))
    ours = [link for link in links if not link.startswith(("/admin/", "/static/"))]
    queues = [link for link in links if "dutyrecord/?state__exact=" in link]
    assert len(queues) == (0 if role in STAFF else 3)
    wrong = [link for link in ours + queues if client.get(link).status_code >= 400]
    assert wrong == []


def test_a_zero_is_said_in_every_queue():
    make.term()
    text, _ = front(make.director().user)
    for words in (
        "0 群众留言超期没答复 都在 7 天以内",
        "0 资格变动待公告 没有等着的",
        "0 名册导入待对列名 没有等着的",
        "1 2026 年代表工作计划待公布 还没有起草 要办",
        "0 代表缺额 没有缺额",
        "0 没有编组的代表 人人在组",
        "0 人数不合适的小组 人数都合适",
        "0 没有人联系的代表 人人有人联系",
        "0 第二季度还没联系的代表 还没有安排",
        "0 没有写承诺的代表码 人人有承诺",
    ):
        assert words in text


def test_next_years_holidays_are_asked_for_from_november_until_they_are_there():
    by, title = make.director(), "2031 年放假安排还没有录入"

    def said(day):
        return [each.title for each in office.desk(by, day).queues]

    assert title not in said(date(2030, 10, 31))
    assert title in said(date(2030, 11, 1))
    Workday.objects.create(on=date(2031, 1, 1), works=False, reason="元旦")
    assert title not in said(date(2030, 11, 2))


def test_what_is_most_urgent_comes_first():
    duties.report(make.deputy(), done_on=date(2026, 5, 4))
    with facts.on(date(2026, 5, 25)):
        desk = office.desk(make.director(), date(2026, 5, 25))
    assert desk.queues[0].title == "履职记录待核对"
    kinds = [each.kind for each in desk.queues]
    assert kinds == sorted(kinds, key=["late", "must", "soon", "ok", "open", "off"].index)


def more():
    """One more row of every queue."""
    number = make.serial()
    group = make.group(f"柳河镇第 {number} 代表小组")
    person = make.deputy(of=group)
    duties.duty(DutyState.CHECKED, person)
    with facts.on(make.TODAY - timedelta(days=8)):
        voters.sent(person, today=make.TODAY - timedelta(days=8))
    seats.terminated(make.deputy(of=group).mandates.get())
    sheet.upload([sheet.row()])
    for kind in LiaisonKind:
        target = {"area": make.township(f"第{number}镇"), "group": group}.get(
            {"director": "area", "office": "group"}.get(kind, ""), person
        )
        contact.assigned(kind, who=contact.holder(kind, of=group), target=target)
    overdue(1)


def test_the_dashboard_costs_the_same_at_one_row_and_at_three():
    make.term()
    by = make.director()
    more()
    first = price(by.user, reverse("admin:index"))
    more()
    more()
    assert price(by.user, reverse("admin:index")) == first


@pytest.mark.parametrize("role", sorted(DESK - STAFF - {Role.LEADER}))
def test_what_is_the_offices_is_not_told_as_ones_own(role):
    duties.report(make.deputy())
    overdue(1)
    text, _ = front(make.actor(role).user)
    assert "代工委在办的" in text
    assert "由代工委办理" in text
    assert "须今天处置" not in text
    assert " 等着办的" not in text
    own = text.partition("等您办的")[2].partition("代工委在办的")[0]
    assert ("积分账查账" in own) == (role == Role.AUDITOR)
    assert ("没有等您办的" in own) == (role != Role.AUDITOR)


def test_an_auditor_is_asked_to_look_at_an_audit_that_was_missed():
    facts.book()
    facts.posted(make.deputy())
    text, html = front(make.actor(Role.AUDITOR).user)
    own = text.partition("等您办的")[2].partition("代工委在办的")[0]
    assert "1 积分账没有按时查账" in own
    assert reverse("scoring:audits") in html
