"""今日待办: each number is the number of the list behind it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress.home.queries import office
from congress.shared import clock
from deputies.models import Mandate, Membership
from deputies.states import LiaisonKind
from proposals.models import Assignment
from proposals.states import State
from tests import make
from tests.deputies import contact, plans, seats, sheet, voters
from tests.home.screens import behind, queue
from tests.proposals import walk as proposals
from tests.scoring import facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]


def listed(url):
    """How many rows the admin's list has under that address."""
    return behind(url).context["cl"].result_count


def read(url):
    html = behind(url).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


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


def test_monthly_sheets_that_wait_are_those_of_the_list():
    facts.book()
    with facts.on(date(2026, 5, 21)):
        facts.posted(make.deputy())
    with facts.on(date(2026, 6, 3)):
        june = office.desk(make.director(), date(2026, 6, 3))
        seen = next(each for each in june.queues if each.title == "积分月报待制作")
        assert seen.count == behind(seen.url).context["page"].paginator.count == 1
