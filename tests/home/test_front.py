"""The first screen of each role: the work that waits, in one place, at a fixed price."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.models import Post
from congress.shared.roles import DESK, STAFF, UNIT, Role
from deputies.actions import duties as duty_verbs
from deputies.states import DutyState
from proposals.actions import assignment, evaluation, handling
from proposals.models import Proposal
from proposals.states import Satisfaction, Stage, State
from scoring.actions import review
from scoring.states import Step
from stations.actions import events
from stations.actions.events import Mark
from tests import make
from tests.deputies import walk as duties
from tests.proposals import walk as proposals
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with facts.on(make.TODAY):
        yield


def front(user, path="/"):
    """What this person reads on their first screen, tags taken out, and the page itself."""
    client = Client()
    client.force_login(user)
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    html = answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()), html


def opened(number=2026):
    return review.open_cycle(make.assembly(), year=number, by=make.director(), today=make.TODAY)


def convened(*people):
    """A convenor of the first group, and its deputies by these names."""
    by, group = make.actor(Role.CONVENOR), make.group()
    group.convenor = by.user
    group.save()
    return by, [make.deputy(name) for name in people]


@pytest.mark.parametrize("role", [Role.CONVENOR, Role.TOWNSHIP_CLERK, Role.KEEPER])
def test_an_organiser_finds_their_groups_and_what_they_registered(role):
    by, people = convened("罗明贵")
    actor = by if role == Role.CONVENOR else make.actor(role)
    events.roll_call(
        item=duties.item("A2"),
        title="察看桃园村水渠",
        held_on=make.TODAY,
        place="桃园村",
        group=make.group(),
        marks={people[0].pk: Mark()},
        by=by,
    )
    make.group("青山乡第一代表小组", make.township("青山乡"))

    text, html = front(actor.user)

    assert "察看桃园村水渠" in text
    assert "柳河镇第一代表小组 1 人" in text
    assert "青山乡" not in text
    assert f"{reverse('stations:roll_call')}?group={make.group().pk}" in html


@pytest.mark.parametrize("role", sorted(UNIT))
def test_a_units_people_land_on_their_desk(client, role):
    client.force_login(make.actor(role).user)
    assert client.get("/").url == reverse("proposals:unit_desk")


@pytest.mark.parametrize("role", sorted(DESK))
def test_whoever_belongs_to_the_committees_desk_lands_on_the_workbench(client, role):
    client.force_login(make.actor(role).user)
    assert client.get("/").url == reverse("admin:index")
    text, _ = front(make.actor(role).user)
    assert "等着办的 0 件" in text


def test_who_has_no_post_is_told_whom_to_ask():
    text, _ = front(make.user())
    assert "您的账号现在没有任职" in text


def test_a_post_that_has_ended_opens_nothing_any_more():
    person = make.deputy()
    make.as_deputy(person)
    Post.objects.filter(user=person.user).update(to_on=make.TODAY - timedelta(days=1))
    text, _ = front(person.user)
    assert "您的账号现在没有任职" in text


def test_a_deputys_post_without_a_place_in_the_register_is_no_fault():
    text, _ = front(make.actor(Role.DEPUTY).user)
    assert "代表名册里还没有您的账号" in text


@pytest.fixture
def person():
    lead = make.deputy("罗明贵")
    make.as_deputy(lead)
    return lead


def test_nothing_waits_and_the_page_says_so(person):
    text, html = front(person.user)
    assert "罗明贵代表，今天没有等您的事" in text
    assert "下一个接待日 还有 8 天" in text
    assert f'href="{reverse("deputies:report")}">＋ 记一次履职' in html


def test_a_returned_record_waits_with_its_reason_until_it_is_mended(person):
    record = duties.duty(DutyState.RETURNED, person)
    text, html = front(person.user)
    assert "有 1 件事 等您" in text
    assert "5 月 12 日。看不到人，补一张。" in text
    assert f'href="{reverse("deputies:resubmit", args=[record.pk])}"' in html

    duty_verbs.resubmit(record, **duties.mended(record))
    assert "今天没有等您的事" in front(person.user)[0]


def test_a_meeting_waits_for_the_lead_deputys_word(person):
    proposal = proposals.proposal(State.ASSIGNED, lead=person)
    assert "今天没有等您的事" in front(person.user)[0]
    proposals.met(proposal.lead_assignment, Stage.BEFORE)
    text, html = front(person.user)
    assert "确认办前见面" in text
    assert f'href="{reverse("proposals:detail", args=[proposal.pk])}">去看看' in html

    meeting = proposal.lead_assignment.meetings.get()
    handling.confirm_meeting(meeting, by=make.as_deputy(person))
    assert "今天没有等您的事" in front(person.user)[0]


def test_a_reply_waits_for_the_rating_and_not_after_the_last_day(person):
    proposal = proposals.proposal(State.ANSWERED, lead=person)
    for meeting in proposal.lead_assignment.meetings.all():
        handling.confirm_meeting(meeting, by=make.as_deputy(person))
    assert "5 月 26 日前评价答复" in front(person.user)[0]
    with facts.on(proposals.RATE_UNTIL + timedelta(days=1)):
        assert "今天没有等您的事" in front(person.user)[0]

    evaluation.rate(
        Proposal.objects.get().reply,
        process=Satisfaction.SATISFIED,
        result=Satisfaction.SATISFIED,
        words="",
        by=make.as_deputy(person),
        today=make.TODAY,
    )
    assert "今天没有等您的事" in front(person.user)[0]


def test_the_self_review_waits_until_it_is_given(person):
    cycle = opened()
    text, html = front(person.user)
    assert "2026 年自评" in text
    assert f'href="{reverse("scoring:self_review")}">写自评' in html

    year.self_review(cycle, person)
    assert "今天没有等您的事" in front(person.user)[0]


def test_who_sits_in_two_congresses_is_asked_for_the_review_of_either():
    both = make.deputy(levels=("county", "township"))
    make.as_deputy(both)
    assembly = make.assembly("township", make.township())
    review.open_cycle(assembly, year=2026, by=make.director(), today=make.TODAY)
    assert "2026 年自评" in front(both.user)[0]


def test_the_points_and_the_rank_are_those_of_the_points_page(person):
    facts.book()
    make.deputy()
    facts.posted(make.deputy(), "C1", quantity=3, on=date(2026, 5, 10))
    assert "今年还没有记分" in front(person.user)[0]
    facts.posted(person, "C1", on=date(2026, 5, 10))
    text, _ = front(person.user)
    assert "3 位县级代表中排第 2" in text
    assert "排第 2" in front(person.user, reverse("scoring:points"))[0]


def test_a_deputy_sees_nothing_of_what_waits_for_another(person):
    other = make.deputy()
    duties.duty(DutyState.RETURNED, other)
    proposals.proposal(State.ANSWERED, lead=other)
    assert "今天没有等您的事" in front(person.user)[0]


def test_the_townships_clerk_finds_the_records_to_check_with_their_age():
    clerk, person = make.actor(Role.TOWNSHIP_CLERK), make.deputy()
    duties.report(person, done_on=date(2026, 5, 7))
    duties.report(make.deputy(of=make.group("青山乡第一代表小组", make.township("青山乡"))))
    text, html = front(clerk.user)
    assert "1 条履职记录待核对" in text
    assert "最早的已等 4 个工作日" in text, "9 May 2026 is worked"
    assert f'href="{reverse("scoring:check_queue")}">去核对' in html


@pytest.mark.parametrize(
    ("role", "step"), [(Role.CONVENOR, Step.GROUP), (Role.TOWNSHIP_CLERK, Step.TOWNSHIP)]
)
def test_a_review_waits_until_everybody_is_appraised(role, step):
    convenor, people = convened("罗明贵", "吴秀兰")
    by = convenor if role == Role.CONVENOR else make.actor(role)
    cycle = opened()
    for left, person in zip((2, 1), people, strict=True):
        assert f"还有 {left} 位代表没有评" in front(by.user)[0]
        scores = {person.pk: year.score()}
        review.appraise(cycle, step=step, scores=scores, by=by, today=make.TODAY)
    assert "今天没有等您的事" in front(by.user)[0]


def test_nobody_is_asked_for_an_opinion_when_there_is_nobody_to_give_it_of():
    convenor, _ = convened()
    make.deputy(of=make.group("柳河镇第二代表小组"))
    opened()
    assert "今天没有等您的事" in front(convenor.user)[0]


def overdue(count):
    office, unit = make.actor(), make.unit("县水利和湖泊局")
    for number in range(count):
        row = proposals.proposal(State.ACCEPTED, title=f"关于疏通第 {number} 条渠的建议")
        assignment.assign(row, unit=unit, assisting=(), by=office, today=date(2026, 1, 12))


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
        assert f'class="next" href="{reverse(name)}"' in html
    assert "须今天处置" not in text


def test_the_workbench_alarms_of_every_proposal_past_its_day():
    overdue(7)
    text, html = front(make.actor().user)
    assert "须今天处置 7 最久的 5 件在下面" in text
    assert text.count("办理超期") == 5
    assert "应于 4 月 12 日前答复" in text
    oldest = Proposal.objects.order_by("pk").first()
    assert f'href="{reverse("proposals:dossier", args=[oldest.pk])}">看这件' in html


@pytest.mark.parametrize("role", sorted(DESK))
def test_the_workbench_leads_nobody_to_a_closed_page(client, role):
    duties.report(make.deputy())
    user = make.actor(role).user
    client.force_login(user)
    links = set(re.findall(r'href="(/[^"]*)"', front(user)[1]))
    ours = [link for link in links if not link.startswith(("/admin/", "/static/"))]
    queues = [link for link in links if "?state__exact=" in link]
    assert len(queues) == (0 if role in STAFF else 2)
    wrong = [link for link in ours + queues if client.get(link).status_code >= 400]
    assert wrong == []


def price(user, path="/"):
    client = Client()
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def more(person, convenor):
    """One more row of everything that a first screen lists."""
    duties.duty(DutyState.RETURNED, person, quantity=1)
    duties.report(person, done_on=date(2026, 5, 6), quantity=1)
    proposals.proposal(State.ANSWERED, lead=person)
    proposals.proposal(State.SUBMITTED, lead=person)
    begun = proposals.proposal(State.ASSIGNED, lead=person, unit=make.unit(f"{make.serial()}局"))
    proposals.met(begun.lead_assignment, Stage.BEFORE)
    group = make.group(f"柳河镇第 {make.serial()} 代表小组")
    group.convenor = convenor.user
    group.save()
    events.roll_call(
        item=duties.item("A2"),
        title=f"活动 {make.serial()}",
        held_on=make.TODAY,
        place="桃园村",
        group=make.group(),
        marks={person.pk: Mark()},
        by=convenor,
    )
    overdue(1)


def test_the_first_screens_cost_the_same_at_one_row_and_at_three(person):
    facts.book()
    convenor, _ = convened()
    opened()
    users = {
        "deputy": person.user,
        "convenor": convenor.user,
        "clerk": make.actor(Role.TOWNSHIP_CLERK).user,
        "keeper": make.actor(Role.KEEPER).user,
    }
    office = make.director().user
    paid = []
    for rows in (1, 2):
        for _ in range(rows):
            more(person, convenor)
        screens = {name: price(user) for name, user in users.items()}
        paid.append(screens | {"office": price(office, reverse("admin:index"))})
    assert paid[0] == paid[1]


@pytest.mark.parametrize("path", ["/nowhere/", "/proposals/public/1/x/", "/admin/nowhere/"])
@pytest.mark.parametrize("role", [None, Role.DEPUTY, Role.STAFF_CLERK])
def test_a_wrong_address_is_answered_in_chinese(client, path, role):
    if role:
        client.force_login(make.actor(role).user)
    answer = client.get(path, follow=True)
    if answer.redirect_chain:
        assert role != Role.STAFF_CLERK, "the admin's own addresses are known to its people only"
    else:
        assert answer.status_code == 404
        assert "没有找到这一页" in answer.content.decode()
