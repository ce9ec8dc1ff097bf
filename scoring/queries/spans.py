"""评价期间: from which day to which the facts of a review are of."""

from datetime import date

from scoring.models import ReviewCycle

Span = tuple[date, date]


def span_of(cycle: ReviewCycle) -> Span:
    """一年的事实: the first and the last day."""
    return date(cycle.year, 1, 1), cycle.last_day
