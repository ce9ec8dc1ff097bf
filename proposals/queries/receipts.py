"""评价回执: whether a code is in the trail, and never what it stands for (security.md 1.7)."""

from typing import NamedTuple

from django.utils import timezone

from congress.shared import sealing
from congress.shared.actors import Actor
from congress.shared.models import AuditEvent, Seal
from proposals.models import FulfilmentRating, Rating
from proposals.queries.clocks import day

DEEDS: tuple[tuple[type[Rating] | type[FulfilmentRating], str, str], ...] = (
    (Rating, "rated", "评价"),
    (FulfilmentRating, "fulfilment_rated", "兑现评价"),
)


class Receipt(NamedTuple):
    """Of one code: in the trail, perhaps replaced by a later one, perhaps sealed already."""

    code: str
    known: bool
    replaced: bool = False
    sealed: bool = False
    when: str = ""
    title: str = ""
    kind: str = ""
    void: bool = False


def look_up(actor: Actor, typed: str) -> Receipt:
    """Deputies find their own codes; the desk finds any, to see that nothing was left out."""
    code = sealing.as_code(typed)
    for model, deed, kind in DEEDS:
        rows = model._default_manager.filter(code=code)
        if not actor.at_the_desk:
            rows = rows.filter(deputy__user=actor.user)
        rating = rows.select_related("reply__assignment__proposal").first()
        if rating and (line := _in_the_trail(rating, deed)):
            return _found(rating, line, kind, named=not actor.at_the_desk)
    return Receipt(code, known=False)


def _found(
    rating: Rating | FulfilmentRating, line: AuditEvent, kind: str, *, named: bool
) -> Receipt:
    later = type(rating)._default_manager.filter(reply=rating.reply_id, deputy=rating.deputy_id)
    return Receipt(
        rating.code,
        known=True,
        replaced=later.filter(number__gt=rating.number).exists(),
        sealed=Seal.objects.filter(trail="audit", row_id=line.pk).exists(),
        when=day(timezone.localdate(rating.rated_at)),
        title=rating.reply.assignment.proposal.title if named else "",
        kind=kind,
        void=isinstance(rating, Rating) and rating.is_void,
    )


def _in_the_trail(rating: Rating | FulfilmentRating, deed: str) -> AuditEvent | None:
    """Its line in 办理痕迹, with that very commitment."""
    rows = AuditEvent.objects.filter(subject=rating._meta.label, subject_id=rating.pk)
    return rows.filter(now=deed, note=rating.commitment).first()
