"""门类 as a filter of the public list."""

from congress.shared.personal_numbers import masked
from proposals.models import Proposal
from proposals.why_alike import theme


def of_theme(wanted: str) -> list[int]:
    """Those of the field, read off the title as the public has it; each title once a process."""
    titles = Proposal.objects.open_to_public().order_by().values_list("pk", "title")
    return [pk for pk, title in titles if theme(masked(title)) == wanted]
