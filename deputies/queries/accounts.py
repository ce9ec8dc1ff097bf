"""代表开户: who has no account yet, and what theirs would be called."""

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q, QuerySet

from congress.shared.models import Area, User
from deputies.models import Deputy, Mandate, Membership

HOME_FIRST = {"county": 0, "township": 1}
"""Whose certificate number becomes the account's name: the one the deputy shows at home."""
WITHOUT = Q(membership__to_on=None, user=None, mandates__to_on=None)


def seats(deputies: Iterable[Deputy]) -> dict[int, Mandate]:
    """Each deputy's seat nearest home, among those not ended."""
    rows = Mandate.objects.filter(deputy__in=deputies, to_on=None)
    near = sorted(
        rows.select_related("term__assembly__level"),
        key=lambda seat: HOME_FIRST.get(seat.term.assembly.level.code, 2),
        reverse=True,
    )
    return {seat.deputy_id: seat for seat in near}


def proposed_username(deputy: Deputy) -> str:
    """The certificate number, which the deputy carries anyway."""
    seat = seats([deputy]).get(deputy.pk)
    return seat.certificate.lower() if seat else ""


def without_account(township: Area) -> QuerySet[Deputy]:
    """The township's sitting deputies who cannot sign in yet, by 姓氏笔画."""
    rows = Deputy.objects.filter(WITHOUT, membership__group__area=township)
    return rows.distinct().in_name_order()


def townships(county: Area) -> QuerySet[Area]:
    """The county's townships with the number of deputies who have no account."""
    lacking = Count(
        "deputygroup__memberships__deputy",
        filter=Q(
            deputygroup__memberships__to_on=None,
            deputygroup__memberships__deputy__user=None,
        ),
        distinct=True,
    )
    return Area.objects.townships(county).annotate(lacking=lacking)


def slips(users: Iterable[User], passwords: Mapping[int, str]) -> list[tuple[str, str, str, str]]:
    """Name, group, account and first password of each new account, group by group."""
    rows = Membership.objects.filter(to_on=None, deputy__user__in=[user.pk for user in users])
    rows = rows.select_related("deputy__user", "group")
    return [
        (row.deputy.name, row.group.name, row.deputy.user.username, passwords[row.deputy_id])
        for row in rows.order_by("group__position", "deputy__stroke_key")
        if row.deputy.user
    ]
