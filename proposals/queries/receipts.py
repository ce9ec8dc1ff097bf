"""评价回执: whether a code is in the trail, and never what it stands for (security.md 1.7)."""

from typing import NamedTuple

from django.utils import timezone

from congress.shared import sealing
from congress.shared.actors import Actor
from congress.shared.models import AuditEvent, Seal
from proposals.models import Rating
from proposals.queries.clocks import day


class Receipt(NamedTuple):
    """Of one code: in the trail, perhaps replaced by a later one, perhaps sealed already."""

    code: str
    known: bool
    replaced: bool = False
    sealed: bool = False
    when: str = ""
    title: str = ""


def look_up(actor: Actor, typed: str) -> Receipt:
    """Deputies find their own codes; the desk finds any, to see that nothing was left out."""
    code = sealing.as_code(typed)
    rows = Rating.objects.filter(code=code).select_related("reply__assignment__proposal")
    if not actor.at_the_desk:
        rows = rows.filter(deputy__user=actor.user)
    rating = rows.first()
    line = rating and _in_the_trail(rating)
    if rating is None or line is None:
        return Receipt(code, known=False)
    later = Rating.objects.filter(reply=rating.reply_id, deputy=rating.deputy_id)
    return Receipt(
        code,
        known=True,
        replaced=later.filter(number__gt=rating.number).exists(),
        sealed=Seal.objects.filter(trail="audit", row_id=line.pk).exists(),
        when=day(timezone.localdate(rating.rated_at)),
        title="" if actor.at_the_desk else rating.reply.assignment.proposal.title,
    )


def _in_the_trail(rating: Rating) -> AuditEvent | None:
    """Its line in 办理痕迹, with that very commitment."""
    rows = AuditEvent.objects.filter(subject=Rating._meta.label, subject_id=rating.pk)
    return rows.filter(now="rated", note=rating.commitment).first()
