"""今日待办: every queue with its age, and each number the number of the list behind it."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from congress.home.queries import office
from congress.shared import clock
from congress.shared.models import Workday
from congress.shared.roles import DESK, STAFF, Role
from deputies.models import Mandate, Membership
from deputies.states import DutyState, LiaisonKind
from proposals.actions import assignment
from proposals.models import Assignment, Proposal
from proposals.states import State
from tests import make
from tests.deputies import contact, plans, seats, sheet, voters
from tests.deputies import walk as duties
from tests.home.screens import front, opened, price
from tests.proposals import walk as proposals
from tests.scoring import facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with facts.on(make.TODAY):
        yield


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
        "1 年度评价征集中 意见齐了再评定",
        "0 名册导入待确认",
    ):
        assert words in text
    for name in ("scoring:check_queue", "scoring:verify_queue", "proposals:review"):
        assert f'href="{reverse(name)}"' in html
    assert "须今天处置" not in text


def test_the_workbench_alarms_of_every_proposal_past_its_day():
    overdue(7)
    text, html = front(make.actor().user)
    assert "须今天处置 7 最久的 5 件在下面" in text
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


def queue(title, by=None):
    """One line of the dashboard, by the beginning of its title."""
    desk = office.desk(by or make.director(), make.TODAY)
    return next(each for each in [*desk.queues, *desk.watched] if each.title.startswith(title))


def behind(url):
    """What the desk reads on the page to which a number leads."""
    client = Client()
    client.force_login(make.director().user)
    answer = client.get(url.partition("#")[0])
    assert answer.status_code == 200
    return answer


def listed(url):
    """How many rows the admin's list has under that address."""
    return behind(url).context["cl"].result_count


def read(url):
    html = behind(url).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


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


def test_what_no_unit_has_opened_is_that_of_the_list():
    proposals.proposal(State.ASSIGNED)
    proposals.proposal(State.ASSIGNED, assisting=[make.unit("县财政局")])
    seen = queue("送达单位还没打开")
    assert (seen.count, seen.words) == (3, "2 个单位，可以催")
    assert len(behind(seen.url).context["seen"].shown) == 3
    Assignment.objects.update(received_at=clock.now(), received_by=make.user(), state="received")
    assert queue("送达单位还没打开").words == "各单位都打开看过"


def test_messages_beyond_their_days_are_those_of_the_list():
    late, fresh = make.deputy(), make.deputy()
    with facts.on(make.TODAY - timedelta(days=8)):
        voters.sent(late, today=make.TODAY - timedelta(days=8))
        voters.answered(voters.sent(fresh, today=make.TODAY - timedelta(days=8)))
    with facts.on(make.TODAY - timedelta(days=7)):
        voters.sent(fresh, today=make.TODAY - timedelta(days=7))
    seen = queue("群众留言")
    assert (seen.count, seen.words, seen.kind) == (1, "最久 8 天，限 7 天", "late")
    assert listed(seen.url) == 1


@pytest.mark.parametrize(
    ("title", "rows"),
    [("名册导入待确认", [sheet.row()]), ("名册导入待对列名", None)],
)
def test_imports_that_wait_are_those_of_the_list(title, rows):
    for _ in range(2):
        _upload(rows)
    seen = queue(title)
    assert seen.count == listed(seen.url) == 2
    assert queue("名册导入待对列名" if rows else "名册导入待确认").count == 0


def _upload(rows):
    if rows:
        return sheet.upload(rows)
    header = ["哪个民族的人" if name == "民族" else name for name in sheet.HEADER]
    return sheet.upload([sheet.row()], header=header)


def test_changes_that_wait_for_an_announcement_are_those_of_the_page():
    for _ in range(2):
        seats.terminated(make.deputy().mandates.get())
    seen = queue("资格变动")
    assert (seen.count, seen.words) == (2, "最久 0 个工作日")
    assert "等着公告的变动 2 项" in read(seen.url)
    seats.announced(seats.term())
    assert queue("资格变动").count == 0


def test_vacant_seats_are_the_sum_of_the_page():
    make.deputy(levels=("county", "township"))
    seats.term(30)
    township = make.term(make.assembly("township", make.township()))
    township.seats = 3
    township.save()
    seen = queue("代表缺额")
    assert seen.count == 29 + 2
    assert "共缺 31 名" in read(seen.url)


def test_deputies_without_a_group_are_named_on_the_page():
    make.deputy()
    alone = make.deputy("罗明贵")
    Membership.objects.filter(deputy=alone).update(to_on=make.TODAY)
    seen = queue("没有编组")
    assert (seen.count, seen.kind) == (1, "must")
    text = read(seen.url)
    assert "没有编组的在任代表 1 人，按姓氏笔画" in text
    assert "罗明贵" in text
    Membership.objects.filter(deputy=alone).update(to_on=None)  # no transaction may end so


def test_groups_outside_the_limits_are_those_of_the_page():
    make.deputy()
    fit = make.group("柳河镇第二代表小组")
    for _ in range(10):
        make.deputy(of=fit)
    seen = queue("人数不合适")
    text = read(seen.url)
    assert seen.count == 1
    assert "柳河镇第一代表小组" in text
    assert "柳河镇第二代表小组" not in text
    assert "只看要留意的（2）" in text, "both lack a convenor"


def test_deputies_nobody_keeps_contact_with_are_those_of_the_page():
    contact.assigned()
    make.deputy("罗明贵")
    seen = queue("没有人联系")
    assert seen.count == 1
    assert "没有人联系 1 人" in read(seen.url)


@pytest.mark.parametrize("kind", list(LiaisonKind))
def test_contacts_not_kept_this_quarter_are_those_of_the_page(kind):
    row = contact.assigned(kind)
    title = {"member": "第二季度还没联系", "director": "第二季度还没督导"}.get(
        kind, "第二季度机关代表还没去"
    )
    seen = queue(title)
    assert (seen.count, seen.words) == (1, "还有 34 个工作日到季末")
    assert "第二季度还没联系 1 项" in read(seen.url)
    contact.contacted(row)
    assert queue(title).count == 0


def test_codes_without_pledges_are_those_of_the_list():
    voters.pledged(make.deputy())
    seats.suspended(make.deputy())
    make.leaves(make.deputy(), make.TODAY - timedelta(days=1))
    make.deputy()
    seen = queue("没有写承诺")
    assert seen.count == listed(seen.url) == 1
    assert Mandate.objects.count() == 4


def test_the_years_plan_waits_until_it_is_published():
    make.term()
    title = "2026 年代表工作计划"
    assert queue(title).words == "还没有起草"
    draft = plans.draft(year=2026)
    assert queue(title).words == "起草中"
    assert queue(title).url == reverse("deputies:plan", args=[draft.pk])
    plans.published(draft)
    assert (queue(title).count, queue(title).words) == (0, "已经公布")


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


def test_monthly_sheets_that_wait_are_those_of_the_list():
    facts.book()
    with facts.on(date(2026, 5, 21)):
        facts.posted(make.deputy())
    with facts.on(date(2026, 6, 3)):
        june = office.desk(make.director(), date(2026, 6, 3))
        seen = next(each for each in june.queues if each.title == "积分月报待制作")
        assert seen.count == behind(seen.url).context["page"].paginator.count == 1


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
