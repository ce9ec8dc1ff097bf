"""找建议: by number, by words of the title, by who leads it; each word narrows down."""

from django.db.models import Q

from deputies.queries.search import words
from proposals.models.proposal_rows import ProposalQuerySet

MOST_WORDS = 6


def found(rows: ProposalQuerySet, asked: str) -> ProposalQuerySet:
    """Those of `rows` that answer to every word, the newest first; nothing typed finds none."""
    cut = words(asked)[:MOST_WORDS]
    if not cut:
        return rows.none()
    for word in cut:
        rows = rows.filter(
            Q(number__startswith=word)
            | Q(number__endswith=word)
            | Q(title__icontains=word)
            | Q(lead__name__contains=word)
        )
    return rows.order_by("-submitted_on", "-id")
