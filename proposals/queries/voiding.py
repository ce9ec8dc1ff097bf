"""打不开的评价: which hold up a release or an order, what is asked to be void, and what is."""

from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.roles import Role
from proposals.models import Rating, RatingVoiding
from proposals.models.voiding import RatingVoidingQuerySet
from proposals.permissions.voiding import why_not_approve_voiding, why_not_refuse_voiding
from proposals.queries.clocks import day

OF = ("reply__assignment__unit", "reply__assignment__proposal__session__term__assembly__level")

YEAR = "rating__reply__assignment__proposal__accepted_on__year"


def may_list(by: Actor) -> bool:
    """Who may ask for it, each office of its own congress."""
    return by.at_deputy_office or by.is_a(Role.TOWNSHIP_CLERK)


def unreadable(assembly: Assembly | None, year: int) -> list[Rating]:
    """Of that year's proposals every ballot that does not open and that nobody asks to be void.

    Replaced ones too: what was written in them keeps an order back as well. Every ballot of the
    year is opened each time, since no column may say which do not (a key may come back any
    minute); that is some hundred, each opened within a tenth of a millisecond.
    """
    rows = _of(assembly).filter(reply__assignment__proposal__accepted_on__year=year)
    open_ones = RatingVoiding.objects.filter(refused_by=None).values("rating")
    found = rows.exclude(pk__in=open_ones).select_related(*OF).order_by("pk")
    return [each for each in found if each.legible is None]


def _of(assembly: Assembly | None) -> "QuerySet[Rating]":
    rows = Rating.objects.prefetch_related("reply__rating_windows")
    return rows.filter(reply__assignment__proposal__session__term__assembly=assembly)


def to_ask(by: Actor, chosen: list[int]) -> list[Rating]:
    """These, of the congress whose office this is."""
    rows = Rating.objects.filter(pk__in=chosen).select_related(*OF)
    if by.is_a(Role.TOWNSHIP_CLERK):
        place = "reply__assignment__proposal__session__term__assembly__area"
        rows = rows.filter(**{place: by.area_id})
    return list(rows)


class Asked(NamedTuple):
    """One request in words, and whether this reader may decide it."""

    voiding: RatingVoiding
    words: str
    no_approve: str | None
    no_refuse: str | None


def waiting(by: Actor, today: date) -> list[Asked]:
    """What waits: a director sees every office's, all others their own congress's."""
    return [_asked(each, by, today) for each in seen(by).waiting()]


def years(by: Actor) -> set[int]:
    """Of whose proposals anything was asked."""
    return set(seen(by).order_by().values_list(YEAR, flat=True).distinct())


def decided(by: Actor, year: int, today: date) -> list[Asked]:
    """What has become of the others of that year's proposals, the newest first."""
    rows = seen(by).filter(**{YEAR: year}).exclude(voided_by=None, refused_by=None)
    return [_asked(each, by, today) for each in rows.order_by("-pk")]


def seen(by: Actor) -> RatingVoidingQuerySet:
    """Whose requests this reader may see."""
    rows = RatingVoiding.objects.select_related(
        *("asked_by", "voided_by", "refused_by"), *(f"rating__{each}" for each in OF)
    )
    if by.at_deputy_office:
        return rows
    place = "rating__reply__assignment__proposal__session__term__assembly__area"
    return rows.filter(**{place: by.area_id})


def _asked(row: RatingVoiding, by: Actor, today: date) -> Asked:
    why, when = row.reason.rstrip("。"), day(timezone.localdate(row.asked_at), today)
    words = f"{row.asked_by.name} {when}申请：{why}"
    if row.refused_by and row.refused_at:
        then = day(timezone.localdate(row.refused_at), today)
        words = f"{words}。{row.refused_by.name} {then}不予作废：{row.refusal.rstrip('。')}"
    elif row.voided_by and row.voided_at:
        then = day(timezone.localdate(row.voided_at), today)
        words = f"{words}。{row.voided_by.name} {then}同意"
    waits = not (row.voided_by or row.refused_by)
    no = why_not_approve_voiding(by, row) if waits else "已经定了。"
    return Asked(row, words, no, why_not_refuse_voiding(by, row) if waits else no)
