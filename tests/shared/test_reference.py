"""Reference data in the browser admin: calendar and local rules are kept by people, by name."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.urls import reverse

from congress.shared import clock
from congress.shared.admin import ReferenceAdmin
from congress.shared.local_rules import REGISTRY, in_force
from congress.shared.models import AuditEvent, Setting, Workday
from congress.shared.roles import Role
from deputies.models import HeaderName
from proposals.models import WorkTheme
from tests import make
from tests.home.screens import front

pytestmark = pytest.mark.django_db
OF_THEIR_OWN = {"Post", "DutyItem"}
"""Their pages do more, and have tests of their own."""
KEPT_BY_HAND = [
    model
    for model, page in admin.site._registry.items()
    if isinstance(page, ReferenceAdmin) and model.__name__ not in OF_THEIR_OWN
]
RULE = "proposals.contact_days"


@pytest.fixture
def desk(client):
    client.force_login(make.director().user)
    return client


def typed(page):
    """What a browser would send back of a form that nobody has touched."""
    form = page.context["adminform"].form
    found = {name: form[name].value() for name in form.fields}
    return {
        name: "" if value is None else value for name, value in found.items() if value is not False
    }


def one_of(model):
    make.unit(), make.session()
    Setting.objects.create(key=RULE, value=15, from_on=make.TODAY, basis="县人大常委会决定")
    named = {"named_by": make.user(), "named_at": clock.now()}
    HeaderName.objects.create(header="代表姓名", column="姓名", **named)
    WorkTheme.objects.create(name="乡村振兴", words="桥、路", from_on=make.TODAY)
    return model._default_manager.first()


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(rows.values_list("now", flat=True))


@pytest.mark.parametrize("model", KEPT_BY_HAND, ids=lambda model: model.__name__)
def test_every_kind_can_be_mended_and_leaves_its_trail(desk, model):
    row = one_of(model)
    address = reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk]
    )
    answer = desk.post(address, typed(desk.get(address)))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert trail(row) == ["changed"]


def test_a_holiday_is_added_and_says_where_deadlines_are_looked_at(desk):
    typed = {"on": "2027-02-18", "reason": "春节"}
    answer = desk.post(reverse("admin:shared_workday_add"), typed, follow=True)
    assert "期限变动" in answer.content.decode()
    row = Workday.objects.get(on=date(2027, 2, 18))
    assert (row.works, row.reason, trail(row)) == (False, "春节", ["added"])
    twice = desk.post(reverse("admin:shared_workday_add"), typed)
    assert (twice.status_code, "已经在工作日历里" in twice.content.decode()) == (422, True)


def says(key, value, **more):
    return {"key": key, "value": value, "from_on": make.TODAY, "basis": "县人大常委会决定", **more}


def test_a_rule_is_chosen_by_its_name_and_holds_from_its_day(desk):
    address = reverse("admin:shared_setting_add")
    page = desk.get(f"{address}?key={RULE}").content.decode()
    assert f'value="{RULE}" selected' in page
    assert REGISTRY[RULE].name in page
    assert desk.post(address, says(RULE, "15")).status_code == 302
    assert REGISTRY[RULE].on(make.TODAY) == 15
    assert REGISTRY[RULE].on(make.TODAY - timedelta(days=1)) == REGISTRY[RULE].default
    assert trail(Setting.objects.get()) == ["added"]


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("首次联系", "5", "从单子里选"),
        ("proposals.object_days", "-3", "不能小于 1"),
        ("proposals.object_days", "0", "不能小于 1"),
        ("proposals.object_days", "2.5", "只用整数"),
        ("proposals.consent", "2", "只能填 0 到 1"),
        ("scoring.top_share", "120", "只能填 0 到 100"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(desk, key, value, why):
    answer = desk.post(reverse("admin:shared_setting_add"), says(key, value))
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert not Setting.objects.exists()


def test_a_row_stays_of_its_rule(desk):
    row = Setting.objects.create(**says(RULE, 15))
    address = reverse("admin:shared_setting_change", args=[row.pk])
    assert REGISTRY[RULE].name in desk.get(address).content.decode()
    assert desk.post(address, says("proposals.consent", "0")).status_code == 422
    assert desk.post(address, says("proposals.consent", "12")).status_code == 302
    row.refresh_from_db()
    assert (row.key, row.value) == (RULE, 12)


def test_the_page_lists_every_rule_with_what_is_in_force_and_what_comes():
    Setting.objects.create(**says(RULE, 15, from_on=make.TODAY - timedelta(days=9)))
    Setting.objects.create(**says(RULE, 12, from_on=date(2031, 1, 1)))
    text, html = front(make.director().user, reverse("shared:local_rules"))
    assert all(rule.name in text for rule in REGISTRY.values())
    assert "2031 年 1 月 1 日起改为 12" in text
    assert f"?key={RULE}" in html
    (line,) = [each for each in in_force(make.TODAY) if each.rule.key == RULE]
    assert (line.value, line.since) == ("15", make.TODAY - timedelta(days=9))


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_costs_the_same_with_more_rows(times, django_assert_num_queries):
    for number in range(times):
        Setting.objects.create(**says(RULE, 15 + number, from_on=date(2026, 1, 1 + number)))
    with django_assert_num_queries(1):
        in_force(make.TODAY)


def test_others_at_the_desk_read_and_change_nothing(client):
    client.force_login(make.actor(Role.LEADER).user)
    page = client.get(reverse("shared:local_rules")).content.decode()
    assert "?key=" not in page
    client.force_login(make.as_deputy(make.deputy()).user)
    assert client.get(reverse("shared:local_rules")).status_code == 403


def test_a_page_of_another_post_says_whose_one_is_and_whom_to_ask(client):
    clerk = make.actor(Role.STAFF_CLERK)
    client.force_login(clerk.user)
    answer = client.get(reverse("admin:shared_workday_add"))
    said = answer.content.decode()
    assert answer.status_code == 403
    assert f"您现在的身份是{clerk.title}" in said
    assert "请找代表工作委员会主任" in said
    assert "这次提交" not in said
