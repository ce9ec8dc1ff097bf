"""作废打不开的评价单: asked for by one, agreed to by another, and the deputy is told."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.models import Notice
from congress.shared.workflow import lock, record, refuse_if
from proposals.actions.telling import tell_author
from proposals.models import Rating, RatingVoiding
from proposals.permissions.evaluation import why_closed
from proposals.permissions.voiding import (
    why_not_approve_voiding,
    why_not_refuse_voiding,
    why_not_request_voiding,
)
from proposals.queries.clocks import day
from proposals.queries.people import directors
from proposals.queries.speaking import speakers

NONE = "请先选评价单。"
ALONE = "没有另一位代工委主任能定：请由别的工作人员申请，主任来同意。"


@transaction.atomic
def request_voiding(
    ratings: Iterable[Rating], *, reason: str, by: Actor, today: date
) -> list[RatingVoiding]:
    """申请作废: all of them or none, each only while it does not open; directors are told once.

    Nothing is void yet. A lost key takes every ballot under it, so they are asked for together.
    """
    found = sorted(ratings, key=lambda each: (each.reply_id, each.pk))
    refuse_if(None if found else NONE)
    deciders = [each for each in directors(today) if not by.same_person(each.pk)]
    made, at = [], clock.now()
    for rating in found:
        lock(rating.reply)
        no = why_not_request_voiding(by, rating, reason)
        refuse_if(no and _named(rating, no, alone=len(found) == 1))
        refuse_if(None if deciders else ALONE)
        said = {"reason": reason.strip(), "asked_by": by.user, "asked_at": at}
        made.append(RatingVoiding.objects.create(rating=rating, **said))
        record(made[-1], "voiding_asked", by=by)
    notices.write(
        deciders,
        key=_asked(made[0]),
        text=f"{by.name}申请作废 {len(made)} 张打不开的评价单，等您定。",
        link=reverse("proposals:unreadable_ratings"),
    )
    return made


@transaction.atomic
def approve_voiding(
    voidings: Iterable[RatingVoiding], *, by: Actor, today: date
) -> list[RatingVoiding]:
    """同意作废: they count as not rated from now on, in figures, orders and windows; all or none.

    Whoever gave one is told, and may rate again while it is open. Points for having rated stay: the
    trail proves that they did. No unit is told, and nothing that one may open differs.
    """
    found = _locked(voidings)
    for each in found:
        no = why_not_approve_voiding(by, each)
        refuse_if(no and _named(each.rating, no, alone=len(found) == 1))
        each.voided_by, each.voided_at = by.user, clock.now()
        each.save(update_fields=["voided_by", "voided_at"])
        record(each, "voiding_approved", by=by)
    _settle(found)
    for each in found:  # once all are void: what still counts is read
        tell_author(each.rating, f"rating_voided.{each.pk}", _told(each, today))
    return found


@transaction.atomic
def refuse_voiding(
    voidings: Iterable[RatingVoiding], *, reason: str, by: Actor
) -> list[RatingVoiding]:
    """不予作废: they stand as they are, whoever asked reads why, and it may be asked for again."""
    found = _locked(voidings)
    for each in found:
        no = why_not_refuse_voiding(by, each, reason)
        refuse_if(no and _named(each.rating, no, alone=len(found) == 1))
        each.refused_by, each.refused_at = by.user, clock.now()
        each.refusal = reason.strip()
        each.save(update_fields=["refused_by", "refused_at", "refusal"])
        record(each, "voiding_refused", by=by)
    _settle(found)
    notices.write(
        {each.asked_by_id: each.asked_by for each in found}.values(),
        key=f"proposal.voiding_refused:{found[0].pk}",
        text=f"{by.name}不予作废 {len(found)} 张评价单。理由：{reason.strip()}"[:300],
        link=reverse("proposals:unreadable_ratings"),
    )
    return found


def _locked(voidings: Iterable[RatingVoiding]) -> list[RatingVoiding]:
    """The reply of each first, as rating does, then the row; replies as whoever orders anew."""
    found = []
    for each in sorted(voidings, key=lambda row: (row.rating.reply_id, row.pk)):
        lock(each.rating.reply)
        found.append(lock(each))
    refuse_if(None if found else NONE)
    return found


def _settle(found: Iterable[RatingVoiding]) -> None:
    """Of what was asked for together the one notice asks on until nothing of it waits.

    The notices are locked first: of two who decide the last ones at once the later sees the other.
    """
    for by, at in sorted({(each.asked_by_id, each.asked_at) for each in found}):
        together = RatingVoiding.objects.filter(asked_by=by, asked_at=at)
        keys = [_asked(each) for each in together]
        told = Notice.objects.filter(key__in=keys, read_at=None).order_by("pk")
        if list(told.select_for_update(no_key=True)) and not together.waiting().exists():
            for key in keys:
                notices.settle_for_all(key=key, at=clock.now())


def _named(rating: Rating, no: str, *, alone: bool) -> str:
    """Of several it is said which one is in the way."""
    return no if alone else f"{rating.assignment.proposal.number}：{no}"


def _told(voiding: RatingVoiding, today: date) -> str:
    """What became of it, whether its author may say it again, and why, which may be long."""
    said = "您的一份评价打不开，没有人知道评的是什么，已经作废，不算评过。"
    return f"{said}{_next(voiding, today)}理由：{voiding.reason.rstrip('。')}。"


def _next(voiding: RatingVoiding, today: date) -> str:
    rating, newest = voiding.rating, voiding.assignment.reply
    if Rating.objects.latest_each().filter(reply=rating.reply, deputy=rating.deputy).exists():
        return "您后来评的那一份照样算数。"
    if rating.deputy.user not in speakers(rating.assignment.proposal):
        return "这份答复现在不由您评，您评过的履职不受影响。"
    if newest and newest.version > rating.reply.version and not why_closed(newest, today):
        return "单位后来又作了答复，请评新的一版。"
    if why_closed(rating.reply, today):
        return "评价已经截止，不能再评，这份答复记作未评价；您评过的履职不受影响。"
    return f"{day(rating.reply.rate_until, today)}前您可以再评一次。"


def _asked(voiding: RatingVoiding) -> str:
    return f"proposal.voiding_asked:{voiding.pk}"
