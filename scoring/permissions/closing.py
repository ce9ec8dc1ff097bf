"""评定以后: duties up to the cut-off of a decided review are closed; grades stand on their points.

What was done after the cut-off still counts in the year's sum, and in the next review's stars.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from scoring.models import Entry, ReviewCycle
from scoring.states import UNDECIDED

CutOffs = Mapping[tuple[int, int], date]
"""By congress and year the cut-off of its review, where that is decided."""


def why_not_in_closed_year(assembly_id: int, done_on: date) -> str | None:
    """The reason the ledger takes nothing more for a duty of that day; None while it does."""
    cut_offs = cut_offs_of([(assembly_id, done_on.year)])
    return why_not_closed([done_on] if is_closed(assembly_id, done_on, cut_offs) else [])


def why_not_closed(days: Iterable[date]) -> str | None:
    """The same where the closed days are known: the earliest year is named."""
    for day in sorted(days):
        return (
            f"{day.year} 年的评定已经作出，履职截止日以前的积分不再改动。"
            "有不同意见，请书面向代工委提出，由常委会研究。"
        )
    return None


def why_not_into(lines: Iterable[Entry]) -> str | None:
    """The same of many lines: the first closed day is named."""
    known = list(lines)
    cut_offs = cut_offs_for(known)
    return why_not_closed(each.record.done_on for each in known if is_line_closed(each, cut_offs))


def cut_offs_of(years: Iterable[tuple[int, int]]) -> dict[tuple[int, int], date]:
    """Of these congresses and years the cut-off of those whose review is decided."""
    wanted = set(years)
    decided = ReviewCycle.objects.exclude(state__in=UNDECIDED).filter(
        assembly__in={assembly for assembly, _ in wanted}, year__in={year for _, year in wanted}
    )
    rows = decided.values_list("assembly", "year", "cut_off_on")
    return {(at, year): day for at, year, day in rows if (at, year) in wanted}


def cut_offs_for(lines: Iterable[Entry]) -> dict[tuple[int, int], date]:
    """The same for the congresses and years of these lines."""
    return cut_offs_of((line.assembly_id, line.year) for line in lines)


def is_closed(assembly_id: int, done_on: date, cut_offs: CutOffs) -> bool:
    """Whether the review that covers a duty of that day is decided."""
    cut_off_on = cut_offs.get((assembly_id, done_on.year))
    return cut_off_on is not None and done_on <= cut_off_on


def is_line_closed(line: Entry, cut_offs: CutOffs) -> bool:
    """Whether a line of the ledger stands on a duty of a decided review."""
    return is_closed(line.assembly_id, line.record.done_on, cut_offs)
