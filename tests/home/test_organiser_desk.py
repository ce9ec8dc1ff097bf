"""The desks of a convenor, a township's clerk and a keeper: whom to remind, what to settle."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from congress.shared.models import Setting
from congress.shared.roles import Role
from deputies.actions import duties as duty_verbs
from deputies.states import Answer, DutyState, LiaisonKind
from stations.actions import fittings, issues
from stations.models import Outcome, Posting, Standard, Station, StationKind
from tests import make
from tests.deputies import contact, fields, plans, seats, voters
from tests.deputies import walk as duties
from tests.home.screens import convened, front, opened, price
from tests.scoring import facts

pytestmark = pytest.mark.django_db
NOTHING = "今天没有等您的事"


@pytest.fixture(autouse=True)
def _today():
    with facts.on(make.TODAY):
        yield


def busy(*people):
    """Each of them has told of something this quarter."""
    for person in people:
        duties.report(person)


def station(keeper=None, name="桃园村联络站"):
    return Station.objects.create(
        kind=StationKind.STATION,
        area=make.township(),
        name=name,
        group=make.group(),
        keeper=keeper,
    )


def test_who_told_of_nothing_this_quarter_is_named_to_the_convenor_until_they_do():
    by, people = convened("罗明贵", "吴秀兰")
    duties.report(people[0], done_on=date(2026, 3, 31))
    text, html = front(by.user)
    assert "2 位组员第二季度还没有履职记录" in text
    assert "吴秀兰、罗明贵。" in text
    year = reverse("home:group_year", args=[make.group().pk])
    assert f'href="{year}#remind">看看是谁' in html
    busy(*people)
    assert NOTHING in front(by.user)[0]


def test_a_suspended_member_is_nobody_to_remind():
    by, people = convened("罗明贵")
    seats.suspended(people[0])
    assert NOTHING in front(by.user)[0]


def test_records_sent_back_wait_for_the_convenors_word_after_the_days():
    by, people = convened("罗明贵")
    record = duties.duty(DutyState.RETURNED, people[0])
    assert "退回的记录" not in front(by.user)[0]
    with facts.on(date(2026, 5, 20)):
        text, _ = front(by.user)
        assert "1 条退回的记录超过 5 个工作日没有补" in text
        assert "罗明贵 5 月 12 日走访选民（5 月 12 日退回）" in text
        Setting.objects.create(
            key="deputies.mend_days", value=10, from_on=make.TODAY, basis="县常委会"
        )
        assert "退回的记录" not in front(by.user)[0]
        Setting.objects.all().delete()
        duty_verbs.resubmit(record, **duties.mended(record))
        assert NOTHING in front(by.user)[0]


def test_an_invitation_that_a_member_has_not_answered_is_told_to_the_convenor():
    by, people = convened("罗明贵")
    busy(*people)
    fields.join(people[0])
    study = fields.called(people[0], starts_on=make.TODAY + timedelta(days=2))
    text, _ = front(by.user)
    assert "1 位组员还没有回复调研邀请 按期 · 还有 2 个工作日" not in text
    assert "1 位组员还没有回复调研邀请" in text
    assert "专题调研" not in text
    assert "审议前调研：2027 年预算草案审查" in text, "a date ahead of the group, too"
    fields.answered(Answer.YES, row=study.invitations.get())
    assert NOTHING in front(by.user)[0]


def test_the_office_deputys_contact_is_due_until_it_is_kept():
    by, people = convened("罗明贵")
    office = contact.holder(LiaisonKind.OFFICE, "何守信")
    row = contact.assigned(LiaisonKind.OFFICE, who=office)
    busy(*people, office)
    text, _ = front(by.user)
    assert "机关代表第二季度还没有到组里来" in text
    assert "包联本组的是何守信" in text
    contact.contacted(row)
    assert NOTHING in front(by.user)[0]


def test_a_convenor_reads_of_the_own_groups_only():
    by, _ = convened()
    other = make.group("青山乡第一代表小组", make.township("青山乡"))
    make.deputy("吴秀兰", of=other)
    text, _ = front(by.user)
    assert "吴秀兰" not in text
    assert "青山乡" not in text


def test_with_several_groups_every_line_says_which():
    by, _ = convened("罗明贵")
    second = make.group("柳河镇第二代表小组")
    second.convenor = by.user
    second.save()
    make.deputy("吴秀兰", of=second)
    text, _ = front(by.user)
    assert "柳河镇第一代表小组：罗明贵。" in text
    assert "柳河镇第二代表小组：吴秀兰。" in text
    assert text.count("小组的一年") == 2


def test_the_groups_card_counts_members_activities_and_turnout():
    by, people = convened("罗明贵", "吴秀兰")
    busy(people[0])
    text, _ = front(by.user)
    assert "柳河镇第一代表小组 2 人" in text
    assert "本季度有记录 1 / 2 人" in text
    assert "到场率 还没有" in text


def test_reception_days_name_who_is_posted_and_the_plan_follows():
    by, people = convened("罗明贵")
    Posting.objects.create(deputy=people[0], station=station(), from_on=make.ELECTED_ON)
    plans.published(plans.draft([plans.Item(5, 5, "察看水渠", "农业委")], year=2026))
    text, _ = front(by.user)
    assert "接待日：桃园村联络站 还有 8 天 进驻：罗明贵" in text
    assert "察看水渠 这个月" in text


def test_many_stations_are_one_line_for_the_township():
    clerk = make.actor(Role.TOWNSHIP_CLERK)
    for number in range(4):
        station(name=f"第{number}联络站")
    assert "4 个家站，进驻代表 0 人" in front(clerk.user)[0]


@pytest.mark.parametrize("role", [Role.KEEPER, Role.TOWNSHIP_CLERK])
def test_what_deputies_handed_to_a_station_waits_until_it_is_settled(role):
    by, person = make.actor(role), make.deputy()
    row = issues.raise_issue(
        voters.sent(person),
        station=station(by.user),
        title="路灯不亮",
        by=make.as_deputy(person),
        today=make.TODAY,
    )
    text, html = front(by.user)
    assert "路灯不亮。桃园村联络站。" in text
    assert f'href="{reverse("stations:issue", args=[row.pk])}">去办' in html
    issues.settle_issue(row, outcome=Outcome.SOLVED, result="已修好。", by=by, today=make.TODAY)
    if role == Role.KEEPER:
        checked_over(row.station, by)
    assert NOTHING in front(by.user)[0]


def checked_over(place, by):
    """六有: the keeper is asked for this year's check until it is done."""
    assert f"{place} 2026 年还没有自查。" in front(by.user)[0]
    lacks = {each.pk: "" for each in Standard.objects.running(make.TODAY)}
    fittings.check_station(place, lacks=lacks, by=by, today=make.TODAY)


def test_a_convenor_who_is_a_deputy_changes_over_and_back():
    by, people = convened("罗明贵")
    own = make.actor(Role.DEPUTY, user=by.user)
    people[0].user = by.user
    people[0].save()
    client = Client()
    client.force_login(by.user)
    page = client.get("/").content.decode()
    assert f'value="{own.post.pk}">换成：' in page
    answer = client.post(reverse("shared:act_as"), {"post": own.post.pk}, follow=True)
    assert "罗明贵代表" in answer.content.decode()
    assert f'value="{by.post.pk}">换成：' in answer.content.decode()


def more(by):
    """One more group of this convenor, with something to remind each of its members of."""
    number = make.serial()
    group = make.group(f"柳河镇第 {number} 代表小组")
    group.convenor = by.user
    group.save()
    for _ in range(2):
        person = make.deputy(of=group)
        duties.duty(DutyState.RETURNED, person)
        make.deputy(of=group)
        fields.join(person)
        fields.called(person, starts_on=make.TODAY + timedelta(days=60 + make.serial()))
        holder = contact.holder(LiaisonKind.OFFICE, of=group)
        contact.assigned(LiaisonKind.OFFICE, who=holder, target=group)


def test_the_desk_costs_the_same_for_one_group_and_for_three():
    by, _ = convened()
    clerk = make.actor(Role.TOWNSHIP_CLERK)
    opened()
    more(by)
    with facts.on(date(2026, 6, 1)):
        first = [price(user) for user in (by.user, clerk.user)]
        more(by)
        more(by)
        assert [price(user) for user in (by.user, clerk.user)] == first
