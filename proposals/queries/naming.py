"""可以叫出名字: may another proposal be named to this reader? The one place that says so.

What is merged, parted, recurring or raised again names another, whose page may not be theirs.
"""

from collections.abc import Iterable

from congress.shared.actors import Actor
from congress.shared.roles import UNIT
from proposals.models import Proposal


def unnamed_to(actor: Actor | None, others: Iterable[Proposal]) -> frozenset[int]:
    """Of these what is kept from the reader, who may have it in hand no more or never had.

    The public is told only of what is public now: neither withheld nor withdrawn.
    """
    asked = {each.pk for each in others}
    if not asked:
        return frozenset()
    rows = Proposal.objects.filter(pk__in=asked)
    if actor is None:
        seen = rows.open_to_public()
    elif actor.role in UNIT:
        own = Proposal.objects.visible_to(actor).values("pk")
        parts = (rows.filter(**{of: own}) for of in ("pk__in", "merged_into__in", "merged__in"))
        seen = rows.filter(withheld_reason="").union(*parts)
    else:
        return frozenset(rows.kept_from(actor).values_list("pk", flat=True))
    return frozenset(asked - set(seen.values_list("pk", flat=True)))
