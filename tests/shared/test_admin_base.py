"""The workbench under wrong addresses, wrong choices and forms with mistakes."""

import pytest
from django.urls import reverse

from congress.shared.roles import DESK, Role
from tests import make
from tests.scoring.year import as_

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


def test_the_frameworks_own_sentences_leave_no_blank_between_our_words(desk):
    listed = desk.get(reverse("admin:shared_workday_changelist")).content.decode()
    assert 'title="增加工作日历"' in listed
    day = {"on": "2027-02-08", "works": "", "reason": "春节"}
    added = desk.post(reverse("admin:shared_workday_add"), day, follow=True).content.decode()
    assert "已加上工作日历“" in added


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


@pytest.mark.parametrize("role", sorted(DESK))
@pytest.mark.parametrize(
    "address",
    [
        "/admin/deputies/deputy/?phone__startswith=139",
        "/admin/deputies/deputy/?phone=13900000000",
        "/admin/deputies/message/?contact__startswith=1",
        "/admin/shared/user/?password__startswith=argon2",
        "/admin/shared/post/?user__password__startswith=argon2",
    ],
)
def test_only_the_filters_that_a_list_offers_are_answered(client, role, address):
    """Asked for beginnings, a list would tell letter by letter what it does not show."""
    make.deputy()
    as_(client, make.actor(role))
    assert client.get(address).status_code in {400, 403}


def test_a_filter_with_what_is_no_number_narrows_nothing_and_does_not_fail(client):
    make.deputy("罗明贵")
    as_(client, make.actor())
    for number in ("9" * 4400, "9" * 19, "٣"):
        answer = client.get("/admin/deputies/deputy/", {"level": number})
        assert (answer.status_code, "罗明贵" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/deputies/mandate/?term=1&held=now",
        "/admin/stations/posting/?station__id__exact=1",
        "/admin/scoring/archive/?grading__cycle__id__exact=1",
        "/admin/deputies/dutyrecord/?state__exact=reported",
    ],
)
def test_what_our_own_pages_link_to_is_answered(client, address):
    as_(client, make.actor())
    assert client.get(address).status_code == 200
