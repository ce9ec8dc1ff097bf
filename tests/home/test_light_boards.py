"""灯: one late part is on every board that has lights, and a paused one is late on none."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from congress.home.queries import office
from congress.home.queries.assign_queues import assigning
from congress.shared.roles import Role
from proposals.actions import assignment, clocks
from proposals.models import Assignment, Proposal
from proposals.queries import contact, public, public_page, public_tally
from proposals.queries.clocks import Clock
from proposals.queries.office import loads
from proposals.sharing import Share
from proposals.states import Stage, State, UnitRole
from tests import make
from tests.home.screens import front
from tests.proposals import sheets, walk
from tests.scoring import facts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 12)
"""Four days after the last one of a reply."""
LATE = "超期 4 个工作日"
UNITS = ("县水利和湖泊局", "县交通运输局", "县住房和城乡建设局")


@pytest.fixture(autouse=True)
def _today():
    with facts.on(TODAY):
        yield


def shared(*roles):
    """One proposal with that many units, each with its own clock."""
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(make.unit(name), role) for name, role in zip(UNITS, roles, strict=False)]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    return Proposal.objects.with_progress().get(pk=row.pk)


def paused(part):
    since = date(2026, 3, 20)
    clocks.pause(
        part,
        from_on=since,
        reason="等批复。",
        agreed_with="领衔代表",
        by=make.actor(),
        today=since,
    )


def read(person, name, *args):
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def boards(proposal, late_part):
    """Every page with lights, as the people who work by them read it."""
    lead = make.as_deputy(proposal.lead).user
    clerk, chief = (
        make.actor(role, at=late_part.unit).user for role in (Role.UNIT_CLERK, Role.UNIT_HEAD)
    )
    office_clerk, leader = make.actor().user, make.actor(Role.LEADER).user
    return {
        "workbench": front(office_clerk)[0],
        "leader": front(leader)[0],
        "list": read(office_clerk, "admin:proposals_proposal_changelist"),
        "dossier": read(office_clerk, "proposals:dossier", proposal.pk),
        "unit's clerk": read(clerk, "proposals:unit_desk"),
        "unit's head": read(chief, "proposals:unit_desk"),
        "unit's case": read(clerk, "proposals:case", proposal.pk),
        "deputy's list": read(lead, "proposals:mine"),
        "deputy's page": read(lead, "proposals:detail", proposal.pk),
        "deputy's first screen": front(lead)[0],
        "public list": read(None, "proposals:public_list"),
        "public page": read(None, "proposals:public_detail", proposal.number),
    }


@pytest.mark.parametrize("late", [0, 1])
def test_one_late_part_is_on_every_board_while_the_other_stands_still(late):
    proposal = shared(UnitRole.SEPARATE, UnitRole.SEPARATE)
    parts = list(proposal.assignments.order_by("position"))
    paused(parts[1 - late])
    found = boards(proposal, parts[late])
    assert [name for name, text in found.items() if "超期" not in text] == []
    said = {name for name, text in found.items() if LATE in text}
    assert {"dossier", "unit's case", "deputy's page", "public page", "list"} <= said
    assert "办理超期 1905001" in found["workbench"]
    assert "须今天处置 1 项 1 件建议超期" in found["workbench"]
    assert "1 件建议 办理超期" in found["leader"]
    assert office.desk(make.actor(), TODAY).late == 1
    assert public_tally.tally(public.Filters(), Clock.on(TODAY)).late == 1
    assert public_tally.tally(public.Filters(light="late"), Clock.on(TODAY)).total == 1


def test_a_part_whose_objection_nobody_has_answered_is_late_on_every_board():
    proposal = shared(UnitRole.LEAD)
    part = proposal.lead_assignment
    sheets.objected(part, today=date(2026, 3, 13), to=UNITS[2])
    found = boards(proposal, part)
    assert [name for name, text in found.items() if "超期" not in text] == []
    assert {name for name, text in found.items() if LATE in text} >= {"dossier", "unit's case"}
    assert "异议等代工委答复" in found["unit's clerk"]
    assert "办理超期 1905001" in found["workbench"]
    assert office.desk(make.actor(), TODAY).late == 1
    assert [row.late for row in office.unit_lights(Clock.on(TODAY))] == [1]
    assert [(load.unit.name, load.lead) for load in loads() if load.lead] == [(UNITS[0], 1)]


def test_a_late_first_contact_is_named_beside_the_light_of_the_answer():
    today = date(2026, 5, 8)
    with facts.on(today):
        proposal = shared(UnitRole.LEAD, UnitRole.JOINT)
        found = boards(proposal, proposal.lead_assignment)
        words = Clock.on(today).light(date(2026, 4, 3)).words
        for name in ("dossier", "list", "deputy's page", "unit's case", "unit's clerk"):
            assert "首次联系" in found[name], name
            assert f"超期 {words}" in found[name], name
        queue = next(
            each for each in assigning(today, Clock.on(today).works) if "联系" in each.title
        )
        assert (queue.count, queue.kind) == (1, "must")
        client = Client()
        client.force_login(make.actor().user)
        assert proposal.title in client.get(queue.url).content.decode()
        walk.met(proposal.lead_assignment, Stage.BEFORE)
        assert contact.late(today) == []
        assert proposal.title not in client.get(queue.url).content.decode()


def test_late_first_contacts_cost_the_same_at_1_part_and_at_3(django_assert_num_queries):
    for _ in range(2):
        shared(UnitRole.LEAD)
        with django_assert_num_queries(8):
            contact.late(TODAY)


def test_a_paused_part_is_late_on_no_board():
    proposal = shared(UnitRole.SEPARATE, UnitRole.SEPARATE)
    parts = list(proposal.assignments.order_by("position"))
    for part in parts:
        paused(part)
    found = boards(proposal, parts[0])
    wrong = {name for name, text in found.items() if re.search(r"超期 \d+ 个工作日|办理超期", text)}
    assert wrong == set()
    desk = office.desk(make.actor(), TODAY)
    assert desk.late == 0
    assert desk.alarms == []
    assert public_tally.tally(public.Filters(), Clock.on(TODAY)).late == 0
    assert "暂停 · 3 月 20 日起" in found["public page"]


def test_a_unit_that_helps_shows_its_own_clock():
    today = date(2026, 5, 8)
    with facts.on(today):
        proposal = shared(UnitRole.LEAD, UnitRole.JOINT, UnitRole.ASSISTING)
        joint, helper = proposal.assignments.order_by("position")[1:]
        paused(joint)
        found = boards(proposal, helper)
        left = Clock.on(today).light_of(Assignment.objects.get(pk=helper.pk)).words
        for name in ("dossier", "list", "deputy's page", "public page", "unit's case"):
            assert f"超期 {left}" in found[name], name
        assert f"协办 {helper.unit.short_name}" in found["list"]
        assert Proposal.objects.overdue(today).get() == proposal
        page = public_page.page(public_page.find(proposal.number), today)
        assert [each.light.kind for each in page.handlers] == ["ok", "paused", "late"]
        lights = {row.name: row for row in office.unit_lights(Clock.on(today))}
        assert [sum((row.late, row.soon, row.ok)) for row in lights.values()].count(0) == 1
        assert sum(row.late for row in lights.values()) == 1
        assert sum(row.paused for row in lights.values()) == 1


def test_the_calendar_counts_each_part_on_its_own_day_and_no_paused_one():
    with facts.on(date(2026, 6, 1)):
        proposal = shared(UnitRole.SEPARATE, UnitRole.SEPARATE)
        parts = list(proposal.assignments.all())
        days = office.desk(make.actor(), date(2026, 6, 1)).month
        assert [day.words for day in days if day and day.number == 8] == ["2 份到期"]
        paused(parts[0])
        days = office.desk(make.actor(), date(2026, 6, 1)).month
        assert [day.words for day in days if day and day.number == 8] == ["1 份到期"]
        paused(parts[1])
        days = office.desk(make.actor(), date(2026, 6, 1)).month
        assert [day.words for day in days if day and day.number == 8] == [""]


def test_the_days_of_a_deputy_name_the_part_that_presses():
    proposal = shared(UnitRole.SEPARATE, UnitRole.SEPARATE)
    first, second = proposal.assignments.order_by("position")
    paused(first)
    lead = make.as_deputy(proposal.lead)
    text, _ = front(lead.user)
    assert f"{second.unit}应在这天前答复" in text
    paused(second)
    text, _ = front(lead.user)
    assert "应在这天前答复" not in text


def test_the_workbench_names_parts_and_proposals_and_the_list_has_as_many():
    """Two units of one proposal late: two things to see to, one proposal."""
    shared(UnitRole.SEPARATE, UnitRole.SEPARATE)
    clerk = make.actor().user
    assert "须今天处置 2 项 1 件建议超期" in front(clerk)[0]
    client = Client()
    client.force_login(clerk)
    listed = client.get(reverse("admin:proposals_proposal_changelist"), {"timing": "late"})
    assert listed.context["cl"].result_count == 1
