"""门类, and when and where it was raised, as filters of the public list."""

from django.db.models import Exists, OuterRef, Q, Subquery

from congress.shared.personal_numbers import masked
from proposals.models import CarriedProposal, Proposal
from proposals.why_alike import theme

CARRIED = Subquery(
    CarriedProposal.objects.told_openly()
    .filter(proposal=OuterRef("pk"))
    .order_by("-carry_over__from_year")
    .values("carry_over__from_year")[:1]
)
"""滚动办理: the newest year out of which it was handed on, as far as everybody may know."""


def of_theme(wanted: str) -> list[int]:
    """Those of the field, read off the title as the public has it; each title once a process."""
    titles = Proposal.objects.open_to_public().order_by().values_list("pk", "title")
    return [pk for pk, title in titles if theme(masked(title)) == wanted]


def by_origin(accepted: int | None, session: int | None, *, carried: bool) -> Q:
    """Of the year that took it in, of one 会次, 滚动办理; what is not asked keeps everything."""
    found = Q()
    if accepted:
        found &= Q(accepted_on__year=accepted)
    if session:
        found &= Q(session=session)
    if carried:
        handed_on = CarriedProposal.objects.told_openly()
        found &= Q(Exists(handed_on.filter(proposal=OuterRef("pk"))))
    return found
