"""评: what a rating leaves for the office to do after it, for those alone who read ratings."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from congress.home.queries.queue import Queue, aged, waiting
from congress.shared.actors import Actor
from congress.shared.calendar import Works
from proposals.models import RatingOpening, RatingVoiding
from proposals.permissions.unsealing import is_director
from proposals.queries.convening import released_on, to_convene, to_record


def rating_queues(by: Actor, today: date, works: Works) -> list[Queue]:
    """拆看、作废 for whoever may decide them, both sides' meeting for whoever may convene it."""
    if not by.at_deputy_office:
        return []
    decides = [openings(by, today, works), _voidings(by, today, works)] if is_director(by) else []
    return [*decides, _to_convene(by, today, works), _to_record(by, today, works)]


def openings(by: Actor, today: date, works: Works) -> Queue:
    """What others have asked for, on the list of the year in which the oldest was given."""
    rows = RatingOpening.objects.filter(opened_by=None, refused_by=None).exclude(asked_by=by.user)
    found = rows.order_by("asked_at").values_list("asked_at", "rating__rated_at")
    days = [[timezone.localdate(each) for each in row] for row in found]
    since, year = (days[0][0], f"?year={days[0][1].year}") if days else (None, "")
    url = f"{reverse('proposals:rating_list')}{year}"
    return waiting("评价拆看待同意", len(days), since, url, today, works)


def _voidings(by: Actor, today: date, works: Works) -> Queue:
    """What others have asked for: nobody agrees to their own."""
    rows = RatingVoiding.objects.waiting().exclude(asked_by=by.user)
    url = reverse("proposals:unreadable_ratings")
    return aged("评价单作废待定", rows, "asked_at", url, today, works)


def _to_convene(by: Actor, today: date, works: Works) -> Queue:
    """Since its answer's figures were released: before that nobody may convene."""
    rows = to_convene(by, today)
    since = min(map(released_on, rows), default=None)
    return waiting("双方协商待召集", len(rows), since, _list("convene"), today, works)


def _to_record(by: Actor, today: date, works: Works) -> Queue:
    rows = to_record(by, today)
    return aged("协商结果待记录", rows, "meets_on", _list("record"), today, works)


def _list(only: str) -> str:
    return f"{reverse('proposals:rehandlings')}?only={only}"
