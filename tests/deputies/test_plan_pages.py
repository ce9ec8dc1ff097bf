"""年度代表工作计划 on its screens: the desk's and everybody's."""

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.models import Area, Assembly, Level, Term
from congress.shared.roles import Role
from deputies.actions import plans as verbs
from deputies.models import AnnualPlan
from deputies.states import PlanState
from tests import make
from tests.deputies import plans
from tests.scoring.year import NOW, as_, queries_of, text

pytestmark = pytest.mark.django_db
PUBLIC, DESK, LIST = 3, 7, 1


@pytest.fixture(autouse=True)
def _here():
    with clock.at(NOW):
        yield


def url(name, *args):
    return reverse(f"deputies:{name}", args=args)


def typed(*lines, **more):
    """A plan's form as a browser sends it."""
    sent = {"rows-TOTAL_FORMS": str(len(lines)), "rows-INITIAL_FORMS": "0", **more}
    for at, line in enumerate(lines):
        names = ("month_from", "month_to", "title", "organiser", "audience")
        sent |= {f"rows-{at}-{n}": v for n, v in zip(names, line, strict=True)}
    return sent


WORDS = {"assembly": "", "year": "2027", "title": "2027 年代表工作计划", "foreword": "围绕中心。"}


def test_a_plan_goes_from_the_first_word_to_the_public_page(client):
    make.deputy()
    as_(client, make.director())
    words = WORDS | {"assembly": make.assembly().pk}
    lines = ("3", "", "代表初任培训", "代表工作委员会", ""), ("", "", "", "", "")
    answer = client.post(url("draft_plan"), typed(*lines, **words))
    plan = AnnualPlan.objects.get()
    assert answer["Location"] == url("plan", plan.pk)
    assert client.get(url("public_plan", plan.pk)).status_code == 404
    meeting = {"meeting": plans.MEETING, "passed_on": "2026-05-08"}
    client.post(url("pass_plan", plan.pk), meeting)
    client.post(url("publish_plan", plan.pk))
    plan.refresh_from_db()
    assert plan.state == PlanState.PUBLISHED
    client.logout()
    assert "2027 年代表工作计划" in text(client.get(url("public_plans")))
    body = text(client.get(url("public_plan", plan.pk)))
    assert (plans.MEETING in body, "代表初任培训" in body, "3 月" in body) == (True, True, True)


def test_a_row_that_is_half_filled_is_said_and_everything_stays(client):
    as_(client, make.actor())
    words = WORDS | {"assembly": make.assembly().pk}
    lines = ("5", "3", "视察饮水", "农业委", ""), ("", "", "座谈", "", ""), ("", "", "", "", "")
    answer = client.post(url("draft_plan"), typed(*lines, **words))
    body = text(answer)
    assert answer.status_code == 422
    for said in ("结束月份早于开始月份", "请写明由谁组织", "请选择月份", 'value="视察饮水"'):
        assert said in body
    assert not AnnualPlan.objects.exists()


def test_a_year_that_has_a_plan_is_said_at_the_year(client):
    plans.draft()
    as_(client, make.actor())
    words = WORDS | {"assembly": make.assembly().pk}
    answer = client.post(url("draft_plan"), typed(("3", "3", "培训", "代工委", ""), **words))
    assert (answer.status_code, "已经有一份计划在起草" in text(answer)) == (409, True)


def test_edit_plan_opens_with_what_stands_and_saves_what_was_typed(client):
    plan = plans.draft()
    as_(client, make.actor())
    assert 'value="视察农村饮水安全"' in text(client.get(url("edit_plan", plan.pk)))
    sent = typed(("1", "12", "走访选民", "各小组", "全体代表"), title="改过", foreword="")
    assert client.post(url("edit_plan", plan.pk), sent).status_code == 302
    assert "全年" in text(client.get(url("plan", plan.pk)))


def test_pass_plan_and_reopen_plan_say_what_is_missing(client):
    plan = plans.draft()
    as_(client, make.director())
    answer = client.post(
        url("pass_plan", plan.pk), {"meeting": "某会议", "passed_on": "2030-01-01"}
    )
    assert (answer.status_code, "会议还没有开" in text(answer)) == (422, True)
    plans.passed(plan)
    answer = client.post(url("reopen_plan", plan.pk), {"reason": ""})
    assert (answer.status_code, "请写明为什么退回" in text(answer)) == (422, True)
    client.post(url("reopen_plan", plan.pk), {"reason": "漏了培训"})
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT


def test_revise_plan_and_drop_plan_lead_on(client):
    plan = plans.published()
    as_(client, make.actor())
    answer = client.post(url("revise_plan", plan.pk))
    second = AnnualPlan.objects.get(version=2)
    assert answer["Location"] == url("edit_plan", second.pk)
    client.post(url("drop_plan", second.pk))
    second.refresh_from_db()
    assert second.state == PlanState.DROPPED
    assert "这份草稿已作废" in text(client.get(url("plan", second.pk)))


def test_a_clerk_reads_why_the_director_has_to_act(client):
    plan = plans.draft()
    body = text(as_(client, make.actor()).get(url("plan", plan.pk)))
    assert "只有代工委主任可以登记主任会议通过" in body


def test_a_replaced_plan_points_to_the_one_in_force(client):
    first = plans.replaced()
    second = AnnualPlan.objects.published().get()
    body = text(client.get(url("public_plan", first.pk)))
    assert ("后来作了调整" in body, url("public_plan", second.pk) in body) == (True, True)


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.TOWNSHIP_CLERK, Role.UNIT_CLERK])
def test_the_desks_pages_are_closed_to_others(client, role):
    plan = plans.draft()
    as_(client, make.actor(role))
    assert client.get(url("plan", plan.pk)).status_code == 403
    assert client.get(url("draft_plan")).status_code == 403


def test_without_a_plan_the_public_page_says_so(client):
    assert "还没有公布计划" in text(client.get(url("public_plans")))


@pytest.mark.parametrize("works", [1, 3])
def test_the_pages_take_the_same_queries_for_one_and_for_three(client, works):
    plan = plans.published(plans.draft(items=plans.ITEMS[:1] * works))
    assert queries_of(client, url("public_plan", plan.pk)) == PUBLIC
    as_(client, make.actor())
    assert queries_of(client, url("plan", plan.pk)) == DESK


@pytest.mark.parametrize("years", [1, 3])
def test_the_public_list_takes_the_same_queries_for_one_and_for_three(client, years):
    for year in range(2027, 2027 + years):
        plans.published(plans.draft(year=year))
    assert queries_of(client, url("public_plans")) == LIST


@pytest.mark.parametrize("rows", [1, 3])
def test_the_admins_list_takes_the_same_queries_for_one_and_for_three(client, rows):
    for year in range(2027, 2027 + rows):
        plans.draft(year=year)
    as_(client, make.actor())
    assert queries_of(client, reverse("admin:deputies_annualplan_changelist")) == DESK
    verbs.drop_plan(AnnualPlan.objects.first(), by=make.actor())
    assert queries_of(client, reverse("admin:deputies_annualplan_changelist")) == DESK


@pytest.mark.parametrize("name", ["draft_plan", "open_term"])
def test_the_forms_begin_with_the_countys_own_congress(client, name):
    province = Assembly.objects.create(
        area=Area.objects.create(name="某省", short_name="某省"),
        level=Level.objects.get(code="province"),
        name="某省人民代表大会",
    )
    for each in (province, make.assembly()):
        Term.objects.create(assembly=each, number=19, from_on=make.ELECTED_ON)
    as_(client, make.director())
    page = client.get(url(name)).content.decode()
    assert f'<option value="{make.assembly().pk}" selected' in page
