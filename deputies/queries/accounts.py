"""代表开户: who has no account yet, and what theirs would be called."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet

from congress.shared.models import Area, User
from deputies.models import Deputy, Mandate, Membership

HOME_FIRST = {"county": 0, "township": 1}
"""Whose certificate number becomes the account's name: the one the deputy shows at home."""


def seats(deputies: Iterable[Deputy], today: date) -> dict[int, Mandate]:
    """Each deputy's seat nearest home, among those held today."""
    rows = Mandate.objects.running(today).filter(deputy__in=deputies)
    near = sorted(
        rows.select_related("term__assembly__level"),
        key=lambda seat: HOME_FIRST.get(seat.term.assembly.level.code, 2),
        reverse=True,
    )
    return {seat.deputy_id: seat for seat in near}


def proposed_username(deputy: Deputy, today: date) -> str:
    """The certificate number, which the deputy carries anyway."""
    seat = seats([deputy], today).get(deputy.pk)
    return seat.certificate.lower() if seat else ""


def without_account(township: Area, today: date) -> QuerySet[Deputy]:
    """The township's sitting deputies who cannot sign in yet, by 姓氏笔画."""
    rows = Deputy.objects.sitting(today).filter(user=None)
    return rows.grouped(today, membership__group__area=township).in_name_order()


def townships(county: Area, today: date) -> QuerySet[Area]:
    """The county's townships with the number of deputies who have no account."""
    without = Membership.objects.running(today).filter(deputy__user=None)
    lacking = Count(
        "deputygroup__memberships",
        filter=Q(deputygroup__memberships__in=without.values("pk")),
        distinct=True,
    )
    return Area.objects.townships(county).annotate(lacking=lacking)


def slips(
    users: Iterable[User], passwords: Mapping[int, str], today: date
) -> list[tuple[str, str, str, str]]:
    """Name, group, account and first password of each new account, group by group."""
    rows = Membership.objects.running(today).filter(deputy__user__in=[user.pk for user in users])
    rows = rows.select_related("deputy__user", "group")
    return [
        (row.deputy.name, row.group.name, row.deputy.user.username, passwords[row.deputy_id])
        for row in rows.order_by("group__position", "deputy__stroke_key")
        if row.deputy.user
    ]
