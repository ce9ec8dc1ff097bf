"""评价拆看: asked for by one, agreed to by another, and the deputy is told."""

from datetime import date, timedelta

from django.db import transaction

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.workflow import lock, record, refuse_if
from proposals.actions.telling import tell_author
from proposals.models import Rating, RatingOpening
from proposals.permissions.unsealing import (
    why_not_approve_opening,
    why_not_reason,
    why_not_refuse_opening,
    why_not_request_opening,
)
from proposals.queries.clocks import day
from proposals.queries.people import who_open
from proposals.queries.rating_list import list_of
from proposals.rules import RATING_OPENING_DAYS


@transaction.atomic
def request_opening(rating: Rating, *, reason: str, by: Actor, today: date) -> RatingOpening:
    """申请拆看: kept with its reason; whoever may agree is told, and nothing is open yet."""
    lock(rating.reply)
    refuse_if(why_not_request_opening(by, rating, today))
    refuse_if(why_not_reason(reason))
    asked = {"reason": reason.strip(), "asked_by": by.user}
    opening = RatingOpening.objects.create(rating=rating, **asked)
    record(opening, "opening_asked", by=by)
    proposal = rating.assignment.proposal
    text = f"{proposal.number}“{proposal.title}”：{by.name}申请拆看一份评价，等您同意。"
    people = [each for each in who_open(today) if not by.same_person(each.pk)]
    notices.write(people, key=_asked(opening), text=text[:300], link=list_of(rating))
    return opening


@transaction.atomic
def approve_opening(opening: RatingOpening, *, by: Actor, today: date) -> RatingOpening:
    """同意拆看: the two may read this rating for some days, and its author is told why and by whom.

    No unit is told, and nothing that a unit may open says that there was a rating.
    """
    opening = lock(opening)
    refuse_if(why_not_approve_opening(by, opening))
    opening.opened_by, opening.opened_at = by.user, clock.now()
    opening.open_until = today + timedelta(days=RATING_OPENING_DAYS.on(today) - 1)
    opening.save(update_fields=["opened_by", "opened_at", "open_until"])
    _settle(opening)
    record(opening, "opening_approved", by=by)
    last, two = day(opening.open_until, today), f"{opening.asked_by.name}和{by.name}"
    tell_author(
        opening.rating,
        f"rating_opened.{opening.pk}",
        f"因争议拆看您的评价，{last}以前只有{two}能看到，承办单位看不到。理由：{opening.reason}",
    )
    return opening


@transaction.atomic
def refuse_opening(opening: RatingOpening, *, reason: str, by: Actor, today: date) -> RatingOpening:
    """不予拆看: nothing is opened, whoever asked reads why, and nobody else hears of it."""
    opening = lock(opening)
    refuse_if(why_not_refuse_opening(by, opening, reason))
    opening.refused_by, opening.refused_at = by.user, clock.now()
    opening.refusal = reason.strip()
    opening.save(update_fields=["refused_by", "refused_at", "refusal"])
    record(opening, "opening_refused", by=by)
    _settle(opening)
    proposal = opening.assignment.proposal
    text = f"{proposal.number}“{proposal.title}”：{by.name}不同意拆看评价。理由：{opening.refusal}"
    key = f"proposal.opening_refused.{opening.pk}:{proposal.pk}"
    link = list_of(opening.rating)
    notices.write([opening.asked_by], key=key, text=text[:300], link=link)
    return opening


def _settle(opening: RatingOpening) -> None:
    """It is decided: nobody is asked any more."""
    notices.settle_for_all(key=_asked(opening), at=clock.now())


def _asked(opening: RatingOpening) -> str:
    return f"proposal.opening_asked.{opening.pk}:{opening.assignment.proposal_id}"
