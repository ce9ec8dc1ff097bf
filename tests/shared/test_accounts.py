import re
from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import accounts
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post, User
from congress.shared.roles import Role
from tests import make
from tests.race import at_once

pytestmark = pytest.mark.django_db
ALLOWED = {Role.SYSADMIN, Role.STAFF_DIRECTOR}


def test_an_account_is_opened_and_a_post_given_and_both_leave_a_trail():
    admin = make.actor(Role.SYSADMIN)
    user = accounts.open_account(username="wangfang", name="王芳", by=admin, password="x1y2z3w4")
    accounts.give_post(
        user,
        organisation=make.unit(),
        role=Role.UNIT_CLERK,
        from_on=make.ELECTED_ON,
        by=admin,
    )
    assert authenticate(username="wangfang", password="x1y2z3w4") == user
    assert user.posts.get().role == Role.UNIT_CLERK
    assert list(AuditEvent.objects.values_list("now", flat=True)) == ["opened", "given"]


@pytest.mark.parametrize("role", sorted(set(Role) - ALLOWED))
def test_every_other_role_is_refused(role):
    with pytest.raises(Refused, match="只有系统管理员和代工委主任"):
        accounts.open_account(username="x", name="x", by=make.actor(role))


def test_an_account_name_is_used_once():
    admin = make.actor(Role.SYSADMIN)
    accounts.open_account(username="wangfang", name="王芳", by=admin)
    with pytest.raises(Refused, match="已有人使用"):
        accounts.open_account(username="wangfang", name="王方", by=admin)


def test_a_reset_password_replaces_the_old_one():
    admin = make.actor(Role.SYSADMIN)
    user = accounts.open_account(username="w", name="王芳", by=admin, password="old-password-1")
    accounts.reset_password(user, password="new-password-2", by=admin)
    assert authenticate(username="w", password="old-password-1") is None
    assert authenticate(username="w", password="new-password-2") == user


def give(user, by, *, from_on=make.ELECTED_ON):
    return accounts.give_post(
        user, organisation=make.unit(), role=Role.UNIT_CLERK, from_on=from_on, by=by
    )


@pytest.mark.parametrize("role", sorted(set(Role) - ALLOWED))
def test_give_post_is_refused_to_every_other_role(role):
    with pytest.raises(Refused, match="只有系统管理员和代工委主任"):
        give(make.user(), make.actor(role))


@pytest.mark.parametrize("role", sorted(ALLOWED))
def test_nobody_gives_a_post_to_themselves(role):
    by = make.actor(role)
    with pytest.raises(Refused, match="不能给自己安排任职，请另一位管理员办理"):
        give(by.user, by)
    assert by.user.posts.count() == 1


def test_give_post_is_refused_for_a_post_that_is_held():
    admin, user = make.actor(Role.SYSADMIN), make.user()
    give(user, admin)
    with pytest.raises(Refused, match="此人已有这项任职"):
        give(user, admin)


def test_the_same_post_twice_is_refused_by_the_database():
    user = make.user()
    post = give(user, make.actor(Role.SYSADMIN))
    with pytest.raises(IntegrityError, match="post_once_per_user"), transaction.atomic():
        Post.objects.create(
            user=user, organisation=post.organisation, role=post.role, from_on=make.TODAY
        )


@pytest.mark.django_db(transaction=True)
def test_two_clicks_give_one_post():
    admin, user = make.actor(Role.SYSADMIN), make.user()
    make.unit()  # one thread makes it
    assert at_once(3, give, user, admin) == ["done", "refused", "refused"]
    assert user.posts.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_open_one_account():
    admin = make.actor(Role.SYSADMIN)
    outcomes = at_once(3, accounts.open_account, username="wangfang", name="王芳", by=admin)
    assert outcomes == ["done", "refused", "refused"]
    assert User.objects.filter(username="wangfang").count() == 1


def test_one_account_name_for_two_is_refused_by_the_database():
    one, two = make.user(), make.user()
    with pytest.raises(IntegrityError, match="username"), transaction.atomic():
        User.objects.filter(pk=two.pk).update(username=one.username)


def test_end_post_sets_the_last_day_and_leaves_a_trail():
    admin = make.actor(Role.SYSADMIN)
    post = give(make.user("王芳"), admin)
    accounts.end_post(post, to_on=date(2026, 6, 30), by=admin)
    post.refresh_from_db()
    assert post.to_on == date(2026, 6, 30)
    last = AuditEvent.objects.get(now="ended")
    assert (last.subject_id, last.by_id) == (post.pk, admin.user.pk)
    assert last.note == f"王芳：{post}，至 2026-06-30"


@pytest.mark.parametrize("role", sorted(set(Role) - ALLOWED))
def test_end_post_is_refused_to_every_other_role(role):
    post = give(make.user(), make.actor(Role.SYSADMIN))
    with pytest.raises(Refused, match="只有系统管理员和代工委主任"):
        accounts.end_post(post, to_on=make.TODAY, by=make.actor(role))


def test_end_post_is_refused_once_ended_and_before_it_began():
    admin = make.actor(Role.SYSADMIN)
    post = give(make.user(), admin)
    with pytest.raises(Refused, match="不能早于开始日期"):
        accounts.end_post(post, to_on=date(2021, 11, 30), by=admin)
    accounts.end_post(post, to_on=make.TODAY, by=admin)
    with pytest.raises(Refused, match="已定于 2026-05-12 结束"):
        accounts.end_post(post, to_on=date(2026, 12, 31), by=admin)


def test_the_last_system_administrator_stays():
    admin, director = make.actor(Role.SYSADMIN), make.director()
    for by in (admin, director):
        with pytest.raises(Refused, match="最后一位系统管理员"):
            accounts.end_post(admin.post, to_on=make.TODAY, by=by)
    make.actor(Role.SYSADMIN)
    accounts.end_post(admin.post, to_on=make.TODAY, by=director)
    assert Post.objects.administrators().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_end_a_post_once():
    admin = make.actor(Role.SYSADMIN)
    post = give(make.user(), admin)
    outcomes = at_once(3, accounts.end_post, post, to_on=make.TODAY, by=admin)
    assert outcomes == ["done", "refused", "refused"]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_end_each_other_at_once():
    posts = [make.actor(Role.SYSADMIN).post for _ in range(2)]
    director, turn = make.director(), iter(posts)

    def end_the_next():
        accounts.end_post(next(turn), to_on=make.TODAY, by=director)

    assert at_once(2, end_the_next) == ["done", "refused"]
    assert Post.objects.administrators().count() == 1


def test_an_end_before_the_beginning_is_refused_by_the_database():
    post = give(make.user(), make.actor(Role.SYSADMIN))
    with pytest.raises(IntegrityError, match="post_ends_after"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(to_on=date(2021, 11, 30))


@pytest.mark.parametrize("role", sorted(set(Role) - ALLOWED))
def test_reset_password_is_refused_to_every_other_role(role):
    with pytest.raises(Refused, match="只有系统管理员和代工委主任"):
        accounts.reset_password(make.user(), password="x1y2z3w4", by=make.actor(role))


@pytest.mark.django_db(transaction=True)
def test_two_resets_at_once_leave_one_password_and_two_rows_of_trail():
    admin, user = make.actor(Role.SYSADMIN), make.user()
    outcomes = at_once(2, accounts.reset_password, user, password="new-password-2", by=admin)
    assert outcomes == ["done", "done"]
    assert authenticate(username=user.username, password="new-password-2") == user
    assert AuditEvent.objects.filter(now="password_reset").count() == 2


def test_the_admin_opens_an_account_with_a_password_that_is_shown_once(client):
    client.force_login(make.actor(Role.SYSADMIN).user)
    answer = client.post(
        reverse("admin:shared_user_add"),
        {"username": "wangfang", "name": "王芳", "email": ""},
        follow=True,
    )
    password = re.search(r"初始密码是 (\w+)", answer.content.decode())[1]
    assert authenticate(username="wangfang", password=password).name == "王芳"


def test_the_admin_gives_a_post_and_later_ends_it(client):
    client.force_login(make.actor(Role.SYSADMIN).user)
    user, unit = make.user(), make.unit()
    client.post(
        reverse("admin:shared_post_add"),
        {"user": user.pk, "organisation": unit.pk, "role": "unit_clerk", "from_on": "2026-01-01"},
    )
    post = Post.objects.get(user=user)
    client.post(reverse("admin:shared_post_change", args=[post.pk]), {"to_on": "2026-06-30"})
    post.refresh_from_db()
    assert str(post.to_on) == "2026-06-30"
    assert AuditEvent.objects.filter(subject="shared.Post", now="ended").count() == 1
    client.post(reverse("admin:shared_post_change", args=[post.pk]), {"to_on": ""})
    post.refresh_from_db()
    assert str(post.to_on) == "2026-06-30"


def test_the_admin_answers_a_refusal_with_its_sentence(client):
    admin = make.actor(Role.SYSADMIN)
    client.force_login(admin.user)
    address = reverse("admin:shared_post_change", args=[admin.post.pk])
    answer = client.post(address, {"to_on": "2026-06-30"})
    assert answer.status_code == 409
    assert "最后一位系统管理员" in answer.content.decode()


def test_a_clerk_may_look_accounts_up_and_change_nothing(client):
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    assert client.get(reverse("admin:shared_user_changelist")).status_code == 200
    assert client.get(reverse("admin:shared_user_add")).status_code == 403
    assert User.objects.count() == 1


NEW = "bridge-over-river-7"


def test_change_password_replaces_ones_own_and_leaves_a_trail():
    person = make.actor(Role.DEPUTY)
    accounts.change_password("bridge-over-river-7", by=person)
    assert (
        authenticate(username=person.user.username, password="bridge-over-river-7") == person.user
    )
    assert AuditEvent.objects.get(now="password_changed").by_id == person.user.pk


def test_change_password_is_refused_to_nobody_in_particular():
    with pytest.raises(Refused):
        accounts.change_password(NEW, by=Actor())
