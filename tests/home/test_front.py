"""The first screen of each role: the work that waits, in one place, at a fixed price."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared import clock
from congress.shared.models import Post
from congress.shared.roles import DESK, STAFF, UNIT, Role
from proposals.states import State
from scoring.actions import opinions
from scoring.states import Step
from stations.actions import events
from stations.actions.events import Mark
from tests import make
from tests.deputies import walk as duties
from tests.home.screens import convened, front, opened
from tests.proposals import walk
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with facts.on(make.TODAY):
        yield


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
    assert "柳河镇第一代表小组" in text
    assert "青山乡" not in text
    number = make.group().pk
    leads = reverse("home:group_year", args=[number])
    if role == Role.KEEPER:
        leads = f"{reverse('stations:roll_call')}?group={number}"
    assert f'href="{leads}"' in html


@pytest.mark.parametrize("role", sorted(UNIT))
def test_a_units_people_land_on_their_desk(client, role):
    client.force_login(make.actor(role).user)
    assert client.get("/").url == reverse("proposals:unit_desk")


@pytest.mark.parametrize("role", sorted(DESK - {Role.LEADER}))
def test_whoever_belongs_to_the_committees_desk_lands_on_the_workbench(client, role):
    client.force_login(make.actor(role).user)
    assert client.get("/").url == reverse("admin:index")
    text, _ = front(make.actor(role).user)
    assert ("等着办的 0 件" if role in STAFF else "代工委在办的 0 件") in text


def test_a_leader_reads_what_is_late_the_lights_and_acts_on_nothing(client):
    late = walk.proposal(State.ASSIGNED, title="关于超期了的建议")
    waits = walk.proposal(State.ACCEPTED, title="关于还没有交办的建议")
    by = make.actor(Role.LEADER)
    client.force_login(by.user)
    with clock.at(datetime(2026, 6, 20, 2, tzinfo=UTC)):
        page = client.get("/")
        html = page.content.decode()
        assert page.status_code == 200
        assert "1 件建议" in html
        assert reverse("proposals:dossier", args=[late.pk]) in html
        assert 'class="btn main' not in html
        queue = client.get(reverse("proposals:review")).content.decode()
        assert waits.title in queue
        assert reverse("proposals:assign", args=[waits.pk]) not in queue
        for name in ("assign", "publish"):
            answer = client.get(reverse(f"proposals:{name}", args=[waits.pk]))
            assert answer.url == reverse("proposals:dossier", args=[waits.pk])
        dossier = client.get(reverse("proposals:dossier", args=[waits.pk])).content.decode()
        assert "交办…" not in dossier


def test_a_leaders_screen_takes_the_same_queries_for_one_proposal_and_for_three(client):
    def counted():
        client.force_login(make.actor(Role.LEADER).user)
        client.get("/")
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/").status_code == 200
        return len(seen)

    with clock.at(datetime(2026, 6, 20, 2, tzinfo=UTC)):
        walk.proposal(State.ASSIGNED)
        one = counted()
        for _ in range(2):
            walk.proposal(State.ASSIGNED)
        assert counted() == one


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


def test_the_townships_clerk_finds_the_records_to_check_with_their_age():
    clerk, person = make.actor(Role.TOWNSHIP_CLERK), make.deputy()
    duties.report(person, done_on=date(2026, 5, 7))
    duties.report(make.deputy(of=make.group("青山乡第一代表小组", make.township("青山乡"))))
    text, html = front(clerk.user)
    assert "1 条履职记录待核对" in text
    assert "等了 4 个工作日" in text, "9 May 2026 is worked"
    assert f'href="{reverse("scoring:check_queue")}">去核对' in html


@pytest.mark.parametrize(
    ("role", "step"), [(Role.CONVENOR, Step.GROUP), (Role.TOWNSHIP_CLERK, Step.TOWNSHIP)]
)
def test_a_review_waits_until_everybody_is_appraised(role, step):
    convenor, people = convened("罗明贵", "吴秀兰")
    for each in people:
        duties.report(each)
    by = convenor if role == Role.CONVENOR else make.actor(role)
    cycle = opened()
    for left, person in zip((2, 1), people, strict=True):
        assert f"还有 {left} 位代表没有评" in front(by.user)[0]
        scores = {person.pk: year.score()}
        opinions.appraise(cycle, step=step, scores=scores, by=by, today=make.TODAY)
    assert "位代表没有评" not in front(by.user)[0]


def test_nobody_is_asked_for_an_opinion_when_there_is_nobody_to_give_it_of():
    convenor, _ = convened()
    make.deputy(of=make.group("柳河镇第二代表小组"))
    opened()
    assert "今天没有等您的事" in front(convenor.user)[0]


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
