import re

import pytest
from django.contrib.auth import authenticate
from django.urls import reverse

from congress.shared import accounts
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post, User
from congress.shared.roles import Role
from tests import make

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


def test_a_clerk_may_look_accounts_up_and_change_nothing(client):
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    assert client.get(reverse("admin:shared_user_changelist")).status_code == 200
    assert client.get(reverse("admin:shared_user_add")).status_code == 403
    assert User.objects.count() == 1
