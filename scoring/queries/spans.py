"""评价期间: from which day to which the facts of a review are of."""

from datetime import date, timedelta

from django.utils import timezone

from scoring.models import ReviewCycle

Span = tuple[date, date]


def span_of(cycle: ReviewCycle) -> Span:
    """The day after the former year's cut-off, where that year was reviewed, to this cut-off.

    So a duty of the days between a cut-off and New Year is of exactly one review.
    """
    return first_day(cycle.assembly_id, cycle.year), cycle.cut_off_on


def judged_on(cycle: ReviewCycle, today: date) -> date:
    """By which day's records and rules the stars are judged: the decision's, before that today's.

    So a changed rule is of reviews that are not decided yet.
    """
    return timezone.localdate(cycle.decided_at) if cycle.decided_at else today


def first_day(assembly_id: int, year: int) -> date:
    """一年评价从哪一天算起."""
    former = ReviewCycle.objects.filter(assembly=assembly_id, year=year - 1)
    cut_off = former.values_list("cut_off_on", flat=True).first()
    return cut_off + timedelta(days=1) if cut_off else date(year, 1, 1)
