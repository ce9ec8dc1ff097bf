"""公开的统计: a year in numbers for everybody."""

from django.http import HttpResponse
from django.shortcuts import render

from congress.shared import clock
from congress.shared.http import Request, open_page, row_number
from proposals.queries import public_figures as queries
from proposals.queries.clocks import Clock
from proposals.queries.satisfaction import HOW, public_batches


@open_page
def public_figures(request: Request) -> HttpResponse:
    """办理统计: what is public of a year, each number with its list."""
    today = clock.today()
    found = queries.years(today)
    asked = row_number(request.GET.get("year", "")) or today.year
    year = asked if asked in found else today.year
    context = {
        "years": found,
        "today": today,
        "figures": queries.page(year, Clock.on(today)),
        "heads": [column.head for column in queries.COLUMNS],
        "batches": public_batches(year),
        "how_satisfied": HOW,
    }
    return render(request, "proposals/public_figures.html", context)
