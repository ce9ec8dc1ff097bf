"""代表开户: a deputy signs in with an account of their own, in a post of their own."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from congress.shared.accounts import add_users
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Organisation, User
from congress.shared.workflow import lock, refuse_if, trail
from deputies.actions import leaving
from deputies.models import Deputy, Membership
from deputies.permissions.roster import why_not_open_account, why_not_open_accounts
from deputies.queries.accounts import seats as seats_near_home


@transaction.atomic
def open_account(
    deputy: Deputy, *, by: Actor, today: date, username: str = "", password: str = ""
) -> User:
    """代表开户: the deputy has an account, and from today on the post of 人大代表 in the township.

    The post ends with the seats, and who is suspended has none until reinstated. Without a
    password nobody can sign in yet.
    """
    deputy = lock(deputy)
    refuse_if(why_not_open_account(by, deputy))
    names, passwords = {deputy.pk: username}, {deputy.pk: password}
    (user,) = _open([deputy], by=by, today=today, names=names, passwords=passwords)
    return user


@transaction.atomic
def open_accounts(
    deputies: Iterable[Deputy],
    *,
    by: Actor,
    today: date,
    passwords: Mapping[int, str] | None = None,
) -> list[User]:
    """批量开户: every one of these deputies has an account; who had one keeps it untouched."""
    without = _locked(deputies)
    refuse_if(why_not_open_accounts(by))
    return _open(without, by=by, today=today, names={}, passwords=passwords or {})


def _locked(deputies: Iterable[Deputy]) -> list[Deputy]:
    """Those without an account, in one order, so that two clerks never wait for each other."""
    rows = Deputy.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    return list(rows.filter(pk__in=[deputy.pk for deputy in deputies], user=None))


def _open(
    deputies: list[Deputy],
    *,
    by: Actor,
    today: date,
    names: Mapping[int, str],
    passwords: Mapping[int, str],
) -> list[User]:
    offices, seats = _offices(deputies, today), seats_near_home(deputies, today)
    for deputy in deputies:
        if deputy.pk not in offices or deputy.pk not in seats:
            raise Refused(f"{deputy.name}没有在任的代表资格或没有编入小组，不能开户。")
    wanted = {d.pk: names.get(d.pk) or seats[d.pk].certificate.lower() for d in deputies}
    taken = set(
        User.objects.filter(username__in=wanted.values()).values_list("username", flat=True)
    )
    for deputy in deputies:
        # Two congresses may number their certificates alike; a name that was typed stays.
        if wanted[deputy.pk] in taken and not names.get(deputy.pk):
            wanted[deputy.pk] += f"-{deputy.pk}"
        taken.add(wanted[deputy.pk])
    users = add_users(
        User(
            username=wanted[deputy.pk],
            name=deputy.name,
            password=make_password(passwords.get(deputy.pk) or None),
        )
        for deputy in deputies
    )
    for deputy, user in zip(deputies, users, strict=True):
        deputy.user = user
    Deputy.objects.bulk_update(deputies, ["user"])
    leaving.act_all(deputies, from_on=today, by=by)
    AuditEvent.objects.bulk_create(
        trail(d, "account", by=by, note=f"账号 {wanted[d.pk]}") for d in deputies
    )
    return users


def _offices(deputies: list[Deputy], today: date) -> dict[int, Organisation]:
    """Each deputy's 乡镇人大, by the group they belong to."""
    offices = {office.area_id: office for office in Organisation.objects.townships()}
    rows = Membership.objects.running(today).filter(deputy__in=deputies)
    places = rows.values_list("deputy_id", "group__area_id")
    return {pk: offices[area] for pk, area in places if area in offices}
