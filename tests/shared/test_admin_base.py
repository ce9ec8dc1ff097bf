"""The workbench under wrong addresses, wrong choices and forms with mistakes."""

import pytest
from django.urls import reverse

from congress.shared.roles import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make.actor(Role.SYSADMIN).user)
    return client


@pytest.mark.parametrize("number", ["zzz", "²", "٣", "-1", "0", "9" * 25, "2026-01-01"])
@pytest.mark.parametrize(
    "page",
    [
        "deputies/deputy/{}/to-open-account/",
        "deputies/deputy/{}/change/",
        "deputies/deputy/{}/history/",
        "deputies/deputygroup/{}/change/",
        "deputies/rosterimport/{}/change/",
        "shared/user/{}/delete/",
        "shared/setting/{}/",
    ],
)
def test_a_row_that_cannot_be_is_not_found(desk, page, number):
    answer = desk.get("/admin/" + page.format(number), follow=True)
    assert answer.status_code in (403, 404)
    assert "h1" in answer.content.decode()


@pytest.mark.parametrize("day", ["zzz", "7", "2026-13-01"])
def test_a_workday_is_found_by_its_date_only(desk, day):
    assert desk.get(f"/admin/shared/workday/{day}/change/").status_code == 404


@pytest.mark.parametrize("path", ["r/7/1/", "auth/group/", "auth/group/add/"])
def test_leftovers_of_the_framework_are_gone(desk, path):
    assert desk.get("/admin/" + path).status_code == 404


def test_counts_beside_filters_are_not_offered(desk):
    assert desk.get("/admin/deputies/deputy/?_facets=True").status_code in (200, 302)


def test_choosing_rows_without_numbers_is_a_400(desk):
    chosen = {"action": "reset_password", "_selected_action": "abc"}
    answer = desk.post(reverse("admin:shared_user_changelist"), chosen)
    assert answer.status_code == 400
    assert "没有看懂" in answer.content.decode()


def test_a_form_with_mistakes_is_a_422_that_keeps_what_was_typed(desk):
    answer = desk.post(reverse("admin:shared_user_add"), {"name": "周舟", "username": ""})
    assert answer.status_code == 422
    assert "周舟" in answer.content.decode()
