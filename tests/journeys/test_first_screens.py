"""一机在手即可掌上履职: the first screen is the work that waits, or says that none does."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from congress.shared.actors import Actor
from congress.shared.roles import DESK, STAFF, UNIT, Role
from deputies.states import DutyState
from proposals.actions import assignment
from proposals.states import Stage, State
from scoring.actions import cycles
from scoring.tasks import audit_ledger
from stations.actions import events
from stations.actions.events import Mark
from stations.models import Presence
from tests import make
from tests.deputies import plans
from tests.deputies import walk as duties
from tests.home.crawl import name_of
from tests.home.screens import calm
from tests.journeys.conftest import DESK as SCREEN
from tests.journeys.conftest import PHONE
from tests.proposals import walk as proposals
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 5, 12)
NOTHING = {
    Role.DEPUTY: ("今天没有等您的事", "都办完了"),
    Role.CONVENOR: ("今天没有等您的事", "都办完了", "还没有登记过活动"),
    Role.KEEPER: ("今天没有等您的事", "都办完了", "还没有登记过活动"),
    Role.TOWNSHIP_CLERK: ("今天没有等您的事", "都办完了", "还没有登记过活动"),
    **dict.fromkeys(UNIT, ("手上没有要办的建议", "手上 0 件")),
    **dict.fromkeys(STAFF, ("等着办的 0 件", "履职记录待核对 没有等着的", "没有启动的")),
    **dict.fromkeys(DESK - STAFF, ("等您办的", "代工委在办的 0 件", "没有启动的")),
    Role.LEADER: ("没有超期的建议", "超期和临近的 0 件"),
}
WAITING = {
    Role.DEPUTY: (
        "有 5 件事等您",
        "履职记录退回了",
        "确认办前见面",
        "前评价答复",
        "年自评",
        "1 件建议等人附议",
    ),
    Role.CONVENOR: ("有 1 件事等您", "2026 年小组核校", "察看桃园村水渠"),
    Role.KEEPER: ("今天没有等您的事", "察看桃园村水渠"),
    Role.TOWNSHIP_CLERK: ("有 2 件事等您", "条履职记录待核对", "2026 年乡镇参评"),
    **dict.fromkeys(UNIT, ("手上 1 件", "和代表办中见面，再登记")),
    **dict.fromkeys(
        STAFF, ("须今天处置 1", "办理超期", "建议待审查 最久", "待核对 最久", "年度评价征集意见")
    ),
    **dict.fromkeys(
        DESK - STAFF, ("建议办理超期 1", "代工委在办的", "建议待审查 最久", "年度评价征集意见")
    ),
    Role.LEADER: ("1 件建议", "办理超期", "关于清淤的建议"),
}
"""What each role reads on its first screen, when nothing waits and when something does."""


def everybody():
    """One person for each role, each in their post; the convenor has a group, all is in order."""
    lead = calm("罗明贵")
    facts.book()
    facts.posted(lead, on=date(2026, 5, 10))
    plans.published(plans.draft(year=2026))
    people = {role: make.actor(role) for role in Role if role != Role.DEPUTY}
    people[Role.DEPUTY] = make.as_deputy(lead)
    group = make.group()
    group.convenor = people[Role.CONVENOR].user
    group.save()
    audit_ledger()
    return people


def busy(people: dict[Role, Actor]):
    """Something waits for everybody."""
    lead, other = people[Role.DEPUTY].user.deputy, make.deputy("吴秀兰")
    duties.duty(DutyState.RETURNED, lead)
    duties.report(other)
    begun = proposals.proposal(State.ASSIGNED, lead=lead, title="关于修桥的建议")
    proposals.met(begun.lead_assignment, Stage.BEFORE)
    proposals.proposal(State.ANSWERED, lead=lead, title="关于修路的建议")
    proposals.proposal(State.SUBMITTED, lead=other)
    late = proposals.proposal(State.ACCEPTED, lead=other, title="关于清淤的建议")
    unit, office = make.unit("县水利和湖泊局"), people[Role.STAFF_CLERK]
    assignment.assign(late, shares=proposals.shares(unit), by=office, today=date(2026, 1, 12))
    how = {"by": people[Role.STAFF_DIRECTOR], "today": DAY, "table": year.from_today(DAY, 2026)}
    cycles.open_cycle(make.assembly(), year=2026, **how)
    away = Mark(Presence.ABSENT)
    events.roll_call(
        item=duties.item("A2"),
        title="察看桃园村水渠",
        held_on=DAY,
        place="桃园村",
        group=make.group(),
        marks={lead.pk: away, other.pk: away},
        by=people[Role.CONVENOR],
    )


def unread(role, visitor, words):
    """Which of these words the first screen lacks."""
    text = visitor.text()
    return [f"{role}: {each}" for each in words[role] if each not in text]


def test_whoever_signs_in_with_nothing_to_do_is_told_so(open_page):
    visitor, missing = open_page(PHONE), []
    for role, actor in everybody().items():
        missing += unread(role, visitor.signs_in(actor.user), NOTHING)
    assert missing == []


def test_whoever_has_something_to_do_finds_it_first(open_page):
    people, missing = everybody(), []
    busy(people)
    assert set(people) == set(Role)
    visitor = open_page()
    for role, actor in people.items():
        visitor.page.set_viewport_size(PHONE)
        missing += unread(role, visitor.is_user(actor.user).goes_to("/"), WAITING)
        visitor.page.set_viewport_size(SCREEN)
        visitor.goes_to("/")
    assert missing == []


def test_every_place_that_a_first_screen_leads_to_is_open_and_fit_to_be_seen(desk):
    people = everybody()
    busy(people)
    seen, shut = {kind_of("/")}, []
    for role in (Role.STAFF_DIRECTOR, *NOTHING.keys() - DESK - {Role.UNIT_HEAD}):
        desk.page.set_viewport_size(SCREEN if role in DESK else PHONE)
        desk.is_user(people[role].user).goes_to("/")
        links = desk.page.locator("a[href^='/']").evaluate_all("all => all.map(a => a.href)")
        links = {kind_of(link): link.partition("#")[0] for link in sorted(links)}
        for url in (links[kind] for kind in sorted(links.keys() - seen)):
            export = url.partition("?")[0].endswith((".xlsx", ".pdf"))
            answer = desk.page.request.get(url) if export else desk.page.goto(url)
            shut += [f"{role}: {url} {answer.status}"] if answer.status != 200 else []
        seen |= links.keys()
    assert shut == []


def kind_of(link):
    """The page and what it is asked: one row's page is as fit as the next one's."""
    parts = urlsplit(link)
    names = tuple(sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True)))
    return name_of(parts.path) or parts.path, names


def test_the_offices_queues_of_proposals_and_the_public_list_fit_a_phone(open_page):
    """The widest rows that they have; whatever is wider than the screen is a fault."""
    people = everybody()
    busy(people)
    for state in (State.SUBMITTED, State.ACCEPTED, State.ANSWERED):
        proposals.proposal(state, title="关于修复柳河镇桃园村一组至三组村道和两座过水桥的建议")
    visitor = open_page(PHONE).is_user(people[Role.STAFF_CLERK].user)
    for place in ("/proposals/desk/", "/proposals/news/", "/proposals/"):
        visitor.goes_to(place).reads("关于修复柳河镇桃园村一组至三组")
        assert visitor.sees_no_sideways_scroll()
