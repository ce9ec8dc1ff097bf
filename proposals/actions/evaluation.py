"""评: what the deputy thinks of the reply, told behind the unit's back (背靠背)."""

from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import lock, record, refuse_if
from proposals.models import Rating, Reply
from proposals.permissions.evaluation import why_not_rate
from proposals.states import Satisfaction


@transaction.atomic
def rate(
    reply: Reply,
    *,
    process: Satisfaction,
    result: Satisfaction,
    by: Actor,
    today: date,
    words: str = "",
) -> Rating:
    """评价: one more row, and the last one given in time counts; the same again adds none.

    Nothing else moves: no state, no notice, no event on the proposal, and the trail says that a
    rating was given, not which. So no page of the unit can differ by a byte.
    """
    reply = lock(reply)
    refuse_if(why_not_rate(by, reply, today))
    said = {"process": process, "result": result, "words": words.strip()}
    own = {"reply": reply, "deputy": reply.assignment.proposal.lead}
    last = Rating.objects.filter(**own).order_by("pk").last()
    if last and all(getattr(last, name) == value for name, value in said.items()):
        return last
    rating = Rating.objects.create(**own, **said)
    record(rating, "rated", by=by)
    return rating
