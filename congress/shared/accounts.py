"""账号与任职: who may sign in, and in which post they act."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Area, Organisation, Post, User
from congress.shared.roles import Role
from congress.shared.workflow import lock, record, refuse_if

TAKEN = "这个账号名已有人使用，请换一个。"


def _why_not_manage(by: Actor) -> str | None:
    if by.user is None or by.is_a(Role.SYSADMIN, Role.STAFF_DIRECTOR):
        return None
    return "只有系统管理员和代工委主任可以开设账号、安排任职。"


def why_not_open_account(by: Actor) -> str | None:
    """开户: by the system administrator or the office's director."""
    return _why_not_manage(by)


def why_not_to_self(by: Actor, user: User) -> str | None:
    """Nobody gives rights to themselves: it takes two persons."""
    return "不能给自己安排任职，请另一位管理员办理。" if by.same_person(user.pk) else None


def why_not_give_post(by: Actor, user: User) -> str | None:
    """任职: by the system administrator or the office's director, to somebody else."""
    return _why_not_manage(by) or why_not_to_self(by, user)


def why_not_end_post(by: Actor, post: Post, to_on: date) -> str | None:
    """卸任: once, not before it began, and never the last system administrator."""
    if reason := _why_not_manage(by):
        return reason
    if post.to_on:
        return f"这项任职已定于 {post.to_on:%Y-%m-%d} 结束，不能再改。"
    if to_on < post.from_on:
        return "结束日期不能早于开始日期。"
    if post.role == Role.SYSADMIN and not Post.objects.other_administrators(post).exists():
        return "这是最后一位系统管理员，请先安排另一位，再结束这项任职。"
    return None


def why_not_reset_password(by: Actor) -> str | None:
    """重设密码: by whoever opens accounts."""
    return _why_not_manage(by)


def why_not_change_password(by: Actor) -> str | None:
    """改密码: everybody who is signed in, their own."""
    return "请先登录。" if by.user is None else None


def add_users(users: Iterable[User]) -> list[User]:
    """The new accounts are written; a name that somebody else took meanwhile is refused.

    A part of every verb that opens accounts: only the unique index knows of the other click.
    """
    try:
        with transaction.atomic():
            return User.objects.bulk_create(users)
    except IntegrityError as clash:
        raise Refused(TAKEN) from clash


@transaction.atomic
def open_account(
    *, username: str, name: str, by: Actor, password: str = "", email: str = ""
) -> User:
    """开户: the person can sign in once a password is set; rights come with a post."""
    refuse_if(why_not_open_account(by))
    user = User(username=username, name=name, email=email)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    add_users([user])
    record(user, "opened", by=by)
    return user


@transaction.atomic
def give_post(
    user: User, *, organisation: Organisation, role: Role, from_on: date, by: Actor
) -> Post:
    """任职: from that day on the person may act in this role for this organisation."""
    user = lock(user)  # a second click waits here, and then finds the first one's post
    refuse_if(why_not_give_post(by, user))
    held = Post.objects.of(user).open_in(organisation, role)
    refuse_if("此人已有这项任职。" if held.exists() else None)
    return _give(user, organisation=organisation, role=role, from_on=from_on, by=by)


@transaction.atomic
def end_post(post: Post, *, to_on: date, by: Actor) -> Post:
    """卸任: after that day the post gives no right; it stays in the list for ever."""
    if post.role == Role.SYSADMIN:  # all of them, in one order: two cannot end each other
        list(Post.objects.administrators().order_by("pk").select_for_update(no_key=True))
    post = lock(post)
    refuse_if(why_not_end_post(by, post, to_on))
    return _end(post, to_on=to_on, by=by)


@transaction.atomic
def reset_password(user: User, *, password: str, by: Actor) -> None:
    """重设密码: the old password no longer opens the account; every other session of it ends."""
    user = lock(user)
    refuse_if(why_not_reset_password(by))
    user.set_password(password)
    user.save(update_fields=["password"])
    record(user, "password_reset", by=by)


@transaction.atomic
def change_password(password: str, *, by: Actor) -> User:
    """改密码: the person's own; every other session of the account ends."""
    refuse_if(why_not_change_password(by))
    user = lock(User.objects.get(pk=by.user.pk if by.user else 0))
    user.set_password(password)
    user.save(update_fields=["password"])
    record(user, "password_changed", by=by)
    return user


def hold_office(area: Area) -> Organisation:
    """乡镇人大: the township's congress under a lock, for who appoints or replaces people there."""
    office = Organisation.objects.townships().filter(area=area).first()
    if office is None:
        raise Refused(f"{area.name}还没有乡镇人大机构，请先到“机构”里添加。")
    return lock(office)


def take_up(
    user: User,
    *,
    organisation: Organisation,
    role: Role,
    from_on: date,
    by: Actor,
    to_on: date | None = None,
) -> Post:
    """到任: the person holds this post, given now or before. A part of naming a convenor or keeper.

    `to_on` is its last day, where that is known. Whoever calls holds the organisation's row, and
    has asked whether `by` may.
    """
    user = lock(user)
    held = Post.objects.of(user).filter(organisation=organisation, role=role)
    same = held.filter(Q(to_on=None) | Q(to_on=to_on)).first()
    return same or _give(
        user, organisation=organisation, role=role, from_on=from_on, to_on=to_on, by=by
    )


def lay_down(
    user: User, *, organisation: Organisation, role: Role, before: date, by: Actor
) -> None:
    """离任: the post gives no right from that day on. The counterpart of `take_up`."""
    held = Post.objects.of(user).filter(organisation=organisation, role=role)
    for post in held.exclude(to_on__lt=before).select_for_update(of=("self",)):
        _end(post, to_on=max(post.from_on, before - timedelta(days=1)), by=by)


def _give(
    user: User,
    *,
    organisation: Organisation,
    role: Role,
    from_on: date,
    by: Actor,
    to_on: date | None = None,
) -> Post:
    post = Post.objects.create(
        user=user, organisation=organisation, role=role, from_on=from_on, to_on=to_on
    )
    record(post, "given", by=by, note=f"{user.name}：{post}")
    return post


def _end(post: Post, *, to_on: date, by: Actor) -> Post:
    post.to_on = to_on
    post.save(update_fields=["to_on"])
    record(post, "ended", by=by, note=f"{post.user.name}：{post}，至 {to_on:%Y-%m-%d}")
    return post
