from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared import clock, views
from congress.shared.models import Notice, Post
from congress.shared.roles import Role
from tests import make

pytestmark = pytest.mark.django_db


def sign_in(client, actor):
    client.force_login(actor.user)
    return client


def test_a_post_that_ended_yesterday_gives_no_right_on_the_next_request(client):
    staff = make.director()
    sign_in(client, staff)
    assert client.get(reverse("admin:index")).status_code == 200
    Post.objects.filter(pk=staff.post.pk).update(to_on=clock.today() - timedelta(days=1))
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_person_with_two_posts_chooses_which_one_acts(client):
    staff = make.actor(Role.STAFF_CLERK)
    second = make.actor(Role.CONVENOR, user=staff.user)
    sign_in(client, staff)
    assert client.post(reverse("shared:act_as"), {"post": second.post.pk}).status_code == 302
    assert client.get(reverse("admin:index")).status_code == 302
    client.post(reverse("shared:act_as"), {"post": staff.post.pk})
    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("value", ["", "abc", "0", "99999999999999999999"])
def test_nobody_takes_a_post_that_is_not_theirs(client, value):
    sign_in(client, make.actor())
    assert client.post(reverse("shared:act_as"), {"post": value}).status_code == 404


def test_another_persons_post_is_not_found(client):
    other = make.director()
    sign_in(client, make.actor())
    assert client.post(reverse("shared:act_as"), {"post": other.post.pk}).status_code == 404


def test_opening_a_notice_marks_it_read_and_only_its_owner_may(client):
    mine, other = make.actor(), make.actor()
    notice = Notice.objects.create(person=mine.user, key="k", text="请看", link="/")
    assert sign_in(client, other).post(f"/notices/{notice.pk}/").status_code == 404
    assert sign_in(client, mine).post(f"/notices/{notice.pk}/").url == "/"
    notice.refresh_from_db()
    first = notice.read_at
    assert first
    client.post(f"/notices/{notice.pk}/")
    notice.refresh_from_db()
    assert notice.read_at == first


def test_big_type_is_a_cookie_of_the_device_and_turns_off_again(client):
    client.post(reverse("shared:elder"))
    assert client.cookies["elder"].value == "1"
    client.post(reverse("shared:elder"))
    assert client.cookies["elder"].value == ""


def test_big_type_never_leads_to_another_site(client):
    answer = client.post(reverse("shared:elder"), {"next": "https://evil.example/"})
    assert answer.url == "/"


def test_health_says_only_that_the_database_answers(client):
    assert client.get(reverse("shared:health")).content.decode() == "正常"


def test_a_fault_is_a_503_that_gives_back_what_was_typed(client, monkeypatch):
    def broken(request):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(views, "HttpResponseRedirect", broken)
    client.raise_request_exception = False
    answer = client.post(reverse("shared:elder"), {"words": "写了很久很久的一段话，不能丢"})
    assert answer.status_code == 503
    assert "写了很久很久的一段话" in answer.content.decode()
    assert "disk" not in answer.content.decode()


def test_a_fault_signs_nobody_out_and_asks_nobody_to_sign_in(client, monkeypatch):
    def broken(request):
        raise RuntimeError("the disk is full")

    director = make.director()
    sign_in(client, director)
    monkeypatch.setattr(views, "HttpResponseRedirect", broken)
    client.raise_request_exception = False
    page = client.post(reverse("shared:elder")).content.decode()
    assert f"{director.name}，您还在登录中" in page
    assert reverse("shared:login") not in page


def test_personal_pages_are_never_kept_by_a_shared_cache(client):
    answer = sign_in(client, make.director()).get(reverse("admin:index"))
    assert "private" in answer["Cache-Control"]


def test_a_wrong_password_is_a_422_that_keeps_the_account_name(client):
    answer = client.post(reverse("shared:login"), {"username": "keyuan", "password": "x"})
    assert answer.status_code == 422
    assert 'value="keyuan"' in answer.content.decode()


def test_the_right_password_opens_the_first_screen(client):
    person = make.user()
    person.set_password("zhushan2026")
    person.save(update_fields=["password"])
    answer = client.post(
        reverse("shared:login"), {"username": person.username, "password": "zhushan2026"}
    )
    assert (answer.status_code, answer.url) == (302, reverse("home:front"))
