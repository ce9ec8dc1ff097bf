"""One order for all verbs: proposals by the numbers of their rows, the part, what is about it."""

from collections.abc import Iterable

from django.db.models import Q

from congress.shared.errors import Refused
from congress.shared.workflow import lock
from proposals.models import Assignment, Proposal


def part_locked(part: Assignment) -> Assignment:
    """The proposal first, then its part, so that no two verbs wait for each other in a ring.

    The part comes with its locked proposal: nobody need read that again.
    """
    return _part_of(lock(part.proposal), part)


def parts_locked(parts: Iterable[Assignment]) -> list[Assignment]:
    """`part_locked` of many: all their proposals first, then the parts."""
    chosen = sorted(parts, key=lambda part: (part.proposal_id, part.pk))
    proposals = {pk: lock(Proposal(pk=pk)) for pk in sorted({part.proposal_id for part in chosen})}
    return [_part_of(proposals[part.proposal_id], part) for part in chosen]


def all_parts_locked(part: Assignment) -> Assignment:
    """`part_locked`, and before it all that is handled together with its proposal."""
    return _part_of(together_locked(part.proposal), part)


def together_locked(*proposals: Proposal) -> Proposal:
    """并案: these and whatever is handled together with them; the first of them comes back.

    Whoever merges, parts, withdraws, signs and publishes locks the same rows in the same order.
    """
    found = _together(proposals)
    rows = {pk: lock(Proposal(pk=pk)) for pk in found}
    if set(_together(proposals)) - set(found):
        raise Refused("这件建议刚才有了并案，请刷新后再办。")
    return rows[proposals[0].pk]


def _together(proposals: tuple[Proposal, ...]) -> list[int]:
    given = [each.pk for each in proposals]
    into = Proposal.objects.filter(merged__in=given).values("pk")
    rows = Proposal.objects.filter(Q(pk__in=given) | Q(pk__in=into) | Q(merged_into__in=given))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _part_of(proposal: Proposal, part: Assignment) -> Assignment:
    part = lock(part)
    part.proposal = proposal
    return part
