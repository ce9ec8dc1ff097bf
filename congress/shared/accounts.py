"""账号与任职: who may sign in, and in which post they act."""

from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.models import Organisation, Post, User
from congress.shared.roles import Role
from congress.shared.workflow import lock, record, refuse_if


def why_not_give_post(by: Actor) -> str | None:
    """The reason this actor cannot hand out accounts and posts; None when they can."""
    if by.user is None or by.is_a(Role.SYSADMIN, Role.STAFF_DIRECTOR):
        return None
    return "只有系统管理员和代工委主任可以开设账号、安排任职。"


@transaction.atomic
def open_account(
    *, username: str, name: str, by: Actor, password: str = "", email: str = ""
) -> User:
    """开户: the person can sign in once a password is set; rights come with a post."""
    refuse_if(why_not_give_post(by))
    refuse_if("这个账号名已有人使用，请换一个。" if _taken(username) else None)
    user = User(username=username, name=name, email=email)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save(force_insert=True)
    record(user, "opened", by=by)
    return user


@transaction.atomic
def give_post(
    user: User, *, organisation: Organisation, role: Role, from_on: date, by: Actor
) -> Post:
    """任职: from that day on the person may act in this role for this organisation."""
    refuse_if(why_not_give_post(by))
    open_posts = Post.objects.filter(user=user, organisation=organisation, role=role, to_on=None)
    refuse_if("此人已有这项任职。" if open_posts.exists() else None)
    post = Post.objects.create(user=user, organisation=organisation, role=role, from_on=from_on)
    record(post, "given", by=by, note=f"{user.name}：{post}")
    return post


def _taken(username: str) -> bool:
    return User.objects.filter(username=username).exists()


@transaction.atomic
def reset_password(user: User, *, password: str, by: Actor) -> None:
    """重设密码: the old password no longer opens the account; every other session of it ends."""
    refuse_if(why_not_give_post(by))
    user = lock(user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(user, "password_reset", by=by)
