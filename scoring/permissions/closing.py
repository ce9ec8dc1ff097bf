"""评定以后: a year whose review is decided is closed, grades and stars stand on its points."""

from collections.abc import Iterable

from scoring.models import ReviewCycle
from scoring.states import CycleState


def why_not_in_closed_year(assembly_id: int, year: int) -> str | None:
    """The reason the ledger of that year takes nothing more; None while it is open."""
    return why_not_into([(0, assembly_id, year)])


def why_not_into(accounts: Iterable[tuple[int, int, int]]) -> str | None:
    """记入: the same for many accounts (deputy, assembly, year); the first closed one is named."""
    return why_not_closed(closed_years(accounts))


def why_not_closed(closed: Iterable[tuple[int, int]]) -> str | None:
    """The same where the closed congresses and years are known: the earliest year is named."""
    for _, year in sorted(closed, key=lambda closed: closed[1]):
        return (
            f"{year} 年的评定已经作出，这一年的积分不再改动。有不同意见，请书面向代工委提出，"
            "由常委会研究。"
        )
    return None


def closed_years(accounts: Iterable[tuple[int, int, int]]) -> set[tuple[int, int]]:
    """Of these accounts' congresses and years those whose review is decided."""
    wanted = {account[1:] for account in accounts}
    decided = ReviewCycle.objects.exclude(state=CycleState.OPEN).filter(
        assembly__in={assembly for assembly, _ in wanted}, year__in={year for _, year in wanted}
    )
    return wanted & set(decided.values_list("assembly", "year"))
