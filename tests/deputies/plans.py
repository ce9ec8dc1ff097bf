"""A year's plan in each of its states, walked there by the real verbs."""

from datetime import date

from deputies.actions import plans
from deputies.actions.plans import Item
from deputies.models import AnnualPlan
from deputies.states import PlanState
from tests import make

YEAR = 2027
MEETING = "青禾县十九届人大常委会第 45 次主任会议"
PASSED_ON = date(2026, 5, 8)
ITEMS = (
    Item(6, 8, "视察农村饮水安全", "农业与农村委员会", "农业小组代表"),
    Item(3, 3, "代表初任培训", "代表工作委员会"),
)


def draft(items=ITEMS, **facts) -> AnnualPlan:
    given = {
        "year": YEAR,
        "title": f"{YEAR} 年代表工作计划",
        "foreword": "围绕中心，服务群众。",
        "items": items,
        "by": make.actor(),
        **facts,
    }
    of = given.pop("assembly", None) or make.assembly()
    return plans.draft_plan(of, **given)


def passed(plan: AnnualPlan | None = None) -> AnnualPlan:
    one = plan or draft()
    return plans.pass_plan(one, meeting=MEETING, passed_on=PASSED_ON, by=make.director())


def published(plan: AnnualPlan | None = None) -> AnnualPlan:
    return plans.publish_plan(passed(plan), by=make.director(), today=make.TODAY)


def replaced() -> AnnualPlan:
    first = published()
    published(plans.revise_plan(first, by=make.actor()))
    first.refresh_from_db()
    return first


def dropped() -> AnnualPlan:
    return plans.drop_plan(draft(), by=make.actor())


IN_STATE = {
    PlanState.DRAFT: draft,
    PlanState.PASSED: passed,
    PlanState.PUBLISHED: published,
    PlanState.REPLACED: replaced,
    PlanState.DROPPED: dropped,
}
