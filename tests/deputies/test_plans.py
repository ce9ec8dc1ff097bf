"""年度代表工作计划: drafted, passed by the directors' meeting, told, published (代表法 art. 43)."""

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import STAFF, Role
from deputies.actions import plans
from deputies.models import AnnualPlan, PlanItem
from deputies.states import PlanState
from tests import make
from tests.deputies import plans as made
from tests.deputies import seats
from tests.race import at_once

pytestmark = pytest.mark.django_db

DEEDS = {
    "edit_plan": lambda plan, by: plans.edit_plan(
        plan, title="改过", foreword="", items=made.ITEMS[:1], by=by
    ),
    "pass_plan": lambda plan, by: plans.pass_plan(
        plan, meeting=made.MEETING, passed_on=made.PASSED_ON, by=by
    ),
    "reopen_plan": lambda plan, by: plans.reopen_plan(plan, reason="漏了培训", by=by),
    "publish_plan": lambda plan, by: plans.publish_plan(plan, by=by, today=make.TODAY),
    "revise_plan": lambda plan, by: plans.revise_plan(plan, by=by),
    "drop_plan": lambda plan, by: plans.drop_plan(plan, by=by),
}
FROM = {
    "edit_plan": PlanState.DRAFT,
    "pass_plan": PlanState.DRAFT,
    "reopen_plan": PlanState.PASSED,
    "publish_plan": PlanState.PASSED,
    "revise_plan": PlanState.PUBLISHED,
    "drop_plan": PlanState.DRAFT,
}
DIRECTORS = {"pass_plan", "reopen_plan", "publish_plan"}


def trail(plan):
    rows = AuditEvent.objects.filter(subject="deputies.AnnualPlan", subject_id=plan.pk)
    return list(rows.values_list("was", "now", "note"))


def draft_plan():
    return plans.draft_plan(
        make.assembly(),
        year=made.YEAR,
        title="2027 年代表工作计划",
        foreword="",
        items=made.ITEMS,
        by=make.actor(),
    )


def test_draft_plan_stands_in_the_order_of_the_year_and_leaves_its_trail():
    plan = draft_plan()
    assert [item.title for item in plan.items.all()] == ["代表初任培训", "视察农村饮水安全"]
    assert (plan.state, plan.version) == (PlanState.DRAFT, 1)
    assert trail(plan) == [("", "draft", "2027 年代表工作计划")]


def test_edit_plan_replaces_words_and_work():
    plan = made.draft()
    plans.edit_plan(plan, title="新标题", foreword="", items=made.ITEMS[:1], by=make.actor())
    plan.refresh_from_db()
    assert (plan.title, plan.items.count()) == ("新标题", 1)
    assert trail(plan)[-1] == ("", "edited", "1 项工作")


def test_pass_plan_keeps_meeting_and_day():
    plan = plans.pass_plan(
        made.draft(), meeting=made.MEETING, passed_on=made.PASSED_ON, by=make.director()
    )
    assert (plan.state, plan.meeting, plan.passed_on) == (
        PlanState.PASSED,
        made.MEETING,
        made.PASSED_ON,
    )
    assert trail(plan)[-1] == ("draft", "passed", made.MEETING)


def test_reopen_plan_makes_it_a_draft_that_has_to_be_passed_anew():
    plan = plans.reopen_plan(made.passed(), reason="漏了培训", by=make.director())
    assert (plan.state, plan.meeting, plan.passed_on) == (PlanState.DRAFT, "", None)
    assert trail(plan)[-1] == ("passed", "draft", "漏了培训")


def test_publish_plan_tells_every_serving_deputy_of_the_congress_once():
    one, other = make.deputy(), make.deputy(levels=("township",))
    seats.suspended(make.deputy())
    plan = plans.publish_plan(made.passed(), by=make.director(), today=make.TODAY)
    assert (plan.state, plan.published_at is not None) == (PlanState.PUBLISHED, True)
    told = Notice.objects.filter(key=f"deputies.plan:{plan.pk}").values_list("person", flat=True)
    assert list(told) == [one.user_id]
    assert other.user_id not in told
    assert trail(plan)[-1] == ("passed", "published", "")


def test_revise_plan_leaves_the_published_one_until_the_revision_is_published():
    first = made.published()
    second = plans.revise_plan(first, by=make.actor())
    assert (second.version, second.items.count()) == (2, 2)
    assert AnnualPlan.objects.published().get() == first
    made.published(second)
    assert AnnualPlan.objects.published().get() == second
    first.refresh_from_db()
    assert first.state == PlanState.REPLACED
    assert trail(first)[-1] == ("published", "replaced", "")


def test_drop_plan_makes_room_for_another_draft():
    plan = plans.drop_plan(made.draft(), by=make.actor())
    assert trail(plan)[-1] == ("draft", "dropped", "")
    assert made.draft().version == 2


@pytest.mark.parametrize("name", DEEDS)
def test_a_wrong_role_is_refused(name):
    plan = made.IN_STATE[FROM[name]]()
    for role in sorted(set(Role) - STAFF):
        with pytest.raises(Refused, match="只有代工委"):
            DEEDS[name](plan, make.actor(role))
    plan.refresh_from_db()
    assert plan.state == FROM[name]


@pytest.mark.parametrize("name", sorted(DIRECTORS))
def test_only_the_director_passes_and_publishes(name):
    plan = made.IN_STATE[FROM[name]]()
    with pytest.raises(Refused, match="只有代工委主任可以"):
        DEEDS[name](plan, make.actor())


def test_draft_plan_is_refused_to_a_wrong_role_and_a_second_time():
    with pytest.raises(Refused, match="只有代工委可以起草"):
        made.draft(by=make.actor(Role.LEADER))
    made.draft()
    with pytest.raises(Refused, match="已经有一份计划在起草"):
        made.draft()


def test_draft_plan_of_a_published_year_points_to_its_revision():
    made.published()
    with pytest.raises(Refused, match="点“调整计划”"):
        made.draft()


@pytest.mark.parametrize(
    ("name", "state"),
    [(name, state) for name in DEEDS for state in PlanState if state != FROM[name]],
)
def test_a_wrong_state_is_refused(name, state):
    plan = made.IN_STATE[state]()
    with pytest.raises(Refused):
        DEEDS[name](plan, make.director())
    plan.refresh_from_db()
    assert plan.state == state


def test_an_empty_plan_is_not_passed():
    with pytest.raises(Refused, match="还没有工作"):
        made.passed(made.draft(items=()))


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_refused(name):
    plan = made.IN_STATE[FROM[name]]()
    by = make.director()
    twice = ["done", "done"] if name == "edit_plan" else ["done", "refused"]
    assert at_once(2, DEEDS[name], plan, by) == twice
    if name == "edit_plan":
        assert plan.items.count() == 1


@pytest.mark.django_db(transaction=True)
def test_draft_plan_at_once_makes_one_plan():
    by, of = make.actor(), make.assembly()
    assert at_once(2, made.draft, assembly=of, by=by) == ["done", "refused"]
    assert AnnualPlan.objects.count() == 1


def test_the_constraints_hold_when_code_forgets():
    plan = made.draft()
    for facts, name in (
        ({"state": PlanState.PASSED}, "plan_passed_says_where_and_when"),
        ({"meeting": "某会议"}, "plan_passed_says_where_and_when"),
        (
            {"state": PlanState.PUBLISHED, "meeting": "某会议", "passed_on": made.PASSED_ON},
            "plan_published_has_who_and_when",
        ),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            AnnualPlan.objects.filter(pk=plan.pk).update(**facts)
    for months in ((0, 3), (5, 4), (3, 13)):
        with (
            pytest.raises(IntegrityError, match="plan_item_months_are_of_the_year"),
            transaction.atomic(),
        ):
            PlanItem.objects.filter(plan=plan).update(month_from=months[0], month_to=months[1])


def test_two_plans_in_the_making_are_refused_by_the_database():
    plan = made.draft()
    with pytest.raises(IntegrityError, match="plan_one_in_the_making_per_year"):
        AnnualPlan.objects.create(assembly=plan.assembly, year=plan.year, version=2, title="又一份")


def test_two_published_plans_of_a_year_are_refused_by_the_database():
    first = made.replaced()
    with pytest.raises(IntegrityError, match="plan_one_published_per_year"):
        AnnualPlan.objects.filter(pk=first.pk).update(state=PlanState.PUBLISHED)
