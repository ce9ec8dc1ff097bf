"""评价名册: that there is a rating, of which day, and its commitment; never what it says."""

from datetime import date
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from proposals.ballots import UNREADABLE
from proposals.models import Rating, RatingOpening
from proposals.permissions.unsealing import (
    is_director,
    why_not_approve_opening,
    why_not_request_opening,
)
from proposals.queries.clocks import day
from proposals.queries.ratings import Heard, heard_of


class Opened(NamedTuple):
    """One 拆看 of it, and what this reader may do about it."""

    opening: RatingOpening
    words: str
    no_approve: str | None
    may_read: bool


def list_of(rating: Rating) -> str:
    """Where that one stands on the list: it has a page for each year."""
    year = timezone.localdate(rating.rated_at).year
    return f"{reverse('proposals:rating_list')}?year={year}"


class Listed(NamedTuple):
    """One rating without a word of what it says."""

    rating: Rating
    on: str
    replaced: bool
    lost: str
    """That its seal does not open, and whom to ask."""
    void: bool
    openings: list[Opened]
    no_request: str | None


def may_list(by: Actor) -> bool:
    """代工委主任, 审计员, 系统管理员 (security.md 1.7: existence, day and hash)."""
    return is_director(by) or by.is_a(Role.AUDITOR, Role.SYSADMIN)


def years(today: date) -> list[int]:
    """In which any was given, the newest first; this one always."""
    found = Rating.objects.order_by().values_list("rated_at__year", flat=True).distinct()
    return sorted({today.year, *found}, reverse=True)


def of_year(year: int) -> "QuerySet[Rating]":
    """All given in that year, with what a line shows: first what is asked to be opened."""
    label = Rating._meta.label
    kept = AuditEvent.objects.filter(subject=label, subject_id=OuterRef("pk"), now="rated")
    later = Rating.objects.filter(
        reply=OuterRef("reply"), deputy=OuterRef("deputy"), number__gt=OuterRef("number")
    )
    asked = RatingOpening.objects.filter(rating=OuterRef("pk"), opened_by=None, refused_by=None)
    openings = RatingOpening.objects.select_related("asked_by", "opened_by", "refused_by")
    return (
        Rating.objects.filter(rated_at__year=year)
        .select_related("reply__assignment__unit", "reply__assignment__proposal")
        .annotate(in_trail=Exists(kept.filter(note=OuterRef("commitment"))), replaced=Exists(later))
        .prefetch_related(Prefetch("openings", openings), "voidings", "reply__rating_windows")
        .order_by(Exists(asked).desc(), F("pk").desc())
    )


def listed(rows: "list[Rating]", by: Actor, today: date) -> list[Listed]:
    """These in words."""
    return [_listed(each, by, today) for each in rows]


def _listed(rating: Rating, by: Actor, today: date) -> Listed:
    openings = [_opened(each, by, today) for each in rating.openings.all()]
    replaced: bool = rating.replaced  # type: ignore[attr-defined]  # of the rows above
    when = day(timezone.localdate(rating.rated_at), today)
    lost = "" if rating.legible else UNREADABLE
    no = why_not_request_opening(by, rating, today)
    return Listed(rating, when, replaced, lost, rating.is_void, openings, no)


def _opened(row: RatingOpening, by: Actor, today: date) -> Opened:
    why, when = row.reason.rstrip("。"), day(timezone.localdate(row.asked_at), today)
    asked = f"{row.asked_by.name} {when}申请：{why}"
    if row.refused_by:
        words = f"{asked}。{row.refused_by.name}不予拆看：{row.refusal.rstrip('。')}"
    elif row.opened_by is None or row.open_until is None:
        words = f"{asked}。等审计员或者另一位主任同意"
    else:
        past = "，已经过期" if today > row.open_until else ""
        words = f"{asked}。{row.opened_by.name}同意，看到{day(row.open_until, today)}{past}"
    return Opened(row, words, why_not_approve_opening(by, row), row.is_open_to(by, today))


def said(opening: RatingOpening, today: date) -> Heard:
    """What it says, for the two: every mark of the reply, whoever else may read the asks."""
    rating = opening.rating
    labels = {each.ask_id: each.label for each in rating.reply.answers.select_related("ask")}
    return heard_of(rating, labels, today)
