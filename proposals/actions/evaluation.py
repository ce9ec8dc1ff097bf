"""评: what the deputy thinks of the reply, told behind the unit's back (背靠背)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import lock, record, refuse_if
from proposals import ballots
from proposals.ballots import Ballot
from proposals.models import Rating, RatingOrigin, Reply
from proposals.permissions.evaluation import why_not_ballot, why_not_rate
from proposals.rating_states import Fulfilment, Satisfaction, Trace


@transaction.atomic
def rate(
    reply: Reply,
    *,
    process: Satisfaction,
    result: Satisfaction,
    asks: Mapping[int, Fulfilment],
    by: Actor,
    today: date,
    words: str = "",
    origins: Mapping[Trace, Sequence[str]] | None = None,
) -> Rating:
    """评价: one more sealed row, and the last one given in time counts; the same again adds none.

    Nothing else moves: no state, no notice, no event on the proposal. The trail says that a rating
    was given and holds its commitment (security.md 1.7: inclusion, never the value), so no page of
    the unit can differ by a byte. `origins` are digests of where it came from.
    """
    reply = lock(reply)
    refuse_if(why_not_rate(by, reply, today))
    ballot = Ballot(process, result, dict(asks), words.strip())
    refuse_if(why_not_ballot(by, reply, ballot))
    speaker = reply.assignment.proposal.speaker_pk
    assert speaker  # noqa: S101  # why_not_rate asks for one
    own: dict[str, Any] = {"reply": reply, "deputy_id": speaker}
    last = Rating.objects.filter(**own).order_by("pk").last()
    if last and last.legible == ballot and not last.is_void:
        return last
    place = ballots.Place(reply.pk, speaker, last.number + 1 if last else 1)
    kept = ballots.keep(ballot, place)
    rating = Rating.objects.create(**own, number=place.number, **kept._asdict())
    RatingOrigin.objects.bulk_create(
        RatingOrigin(rating=rating, trace=trace, digest=digest, seen_on=today)
        for trace, digests in (origins or {}).items()
        for digest in digests
    )
    record(rating, "rated", by=by, note=rating.commitment)
    return rating
