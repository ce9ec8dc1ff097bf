"""评定所依的积分: of duties done up to the cut-off, under the year's ceilings."""

from collections.abc import Collection

from scoring.models import Entry, ReviewCycle
from scoring.points import Totals, totals
from scoring.queries.books import Books
from scoring.queries.ledger import lines_of


def review_points(
    cycle: ReviewCycle, deputy_ids: Collection[int], books: Books | None = None
) -> dict[int, Totals]:
    """By deputy; who has no line up to the cut-off has zero."""
    books = books or Books([cycle.assembly_id])
    rows = Entry.objects.filter(
        deputy__in=deputy_ids,
        assembly=cycle.assembly_id,
        year=cycle.year,
        record__done_on__lte=cycle.cut_off_on,
    )
    found = lines_of(rows)
    ceilings = books.ceilings(cycle.assembly_id, cycle.year)
    return {pk: totals(found[pk, cycle.assembly_id, cycle.year], ceilings) for pk in deputy_ids}
