"""评价: the only queries that read ratings, for their author and for the office."""

from datetime import date
from typing import NamedTuple

from django.utils import timezone

from congress.shared.actors import Actor
from proposals.models import Proposal, Rating, Reply
from proposals.queries.clocks import Clock, day
from proposals.queries.pages import why_rate
from proposals.queries.parts import three_meetings


class Heard(NamedTuple):
    """One rating in words."""

    process: str
    result: str
    words: str
    when: str


def _last(actor: Actor, reply: Reply, today: date) -> Heard | None:
    last = Rating.objects.visible_to(actor).filter(reply=reply).latest_each().first()
    if last is None:
        return None
    when = day(timezone.localdate(last.rated_at), today)
    return Heard(last.get_process_display(), last.get_result_display(), last.words, when)


def heard(actor: Actor, reply: Reply | None, today: date) -> Heard | None:
    """The rating that counts, for the office, once nobody can change it any more."""
    if reply is None or today <= reply.rate_until or not actor.is_staff:
        return None
    return _last(actor, reply, today)


def page(proposal: Proposal, reply: Reply, actor: Actor, today: date) -> dict[str, object]:
    """What the deputy needs while rating: the reply, the meetings, the last day, what they said."""
    return {
        "proposal": proposal,
        "reply": reply,
        "replied": day(reply.replied_on, today),
        "until": day(reply.rate_until, today),
        "parts_met": three_meetings([reply.assignment], actor, Clock.on(today)),
        "before": _last(actor, reply, today),
        "why": why_rate(reply),
    }
