"""审查时: the proposals that look like one, each with its reasons, for a person to judge."""

from datetime import date
from typing import NamedTuple

from django.db.models import Q

from congress.shared.actors import Actor
from proposals.models import Proposal, Recurrence
from proposals.permissions import why_not_confirm_likeness
from proposals.queries import likeness
from proposals.queries.clocks import day
from proposals.why_alike import Why, why


class Candidate(NamedTuple):
    """One that looks like it: how much, why, and what was said of the two or may be said."""

    proposal: Proposal
    why: Why
    raised: str
    judged: Recurrence | None
    no_confirm: str | None


def candidates(proposal: Proposal, by: Actor, today: date) -> list[Candidate]:
    """审查时: the five most alike, each with its reasons."""
    known, own = likeness.index(), likeness.text_of(proposal)
    found = likeness.scored(proposal, by)
    if known is None or not found:
        return []
    judged = _judged_with(proposal)
    refusal = why_not_confirm_likeness(by, proposal)
    return [
        Candidate(
            row,
            why(known, own, likeness.text_of(row), score),
            f"{day(row.submitted_on, today)}提出" if row.submitted_on else "",
            judged.get(row.pk),
            refusal,
        )
        for row, score in found
    ]


def _judged_with(proposal: Proposal) -> dict[int, Recurrence]:
    rows = Recurrence.objects.filter(Q(later=proposal) | Q(earlier=proposal))
    both = ((row, {row.later_id, row.earlier_id} - {proposal.pk}) for row in rows)
    return {other.pop(): row for row, other in both}
