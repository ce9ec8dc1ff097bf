"""评定以后: a year whose review is decided is closed, grades and stars stand on its points."""

from scoring.models import ReviewCycle
from scoring.states import CycleState


def why_not_in_closed_year(assembly_id: int, year: int) -> str | None:
    """The reason the ledger of that year takes nothing more; None while it is open."""
    cycles = ReviewCycle.objects.filter(assembly=assembly_id, year=year)
    if cycles.exclude(state=CycleState.OPEN).exists():
        return (
            f"{year} 年的评定已经作出，这一年的积分不再改动。有不同意见，请书面向代工委提出，"
            "由常委会研究。"
        )
    return None
