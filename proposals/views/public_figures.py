"""公开的统计: a year in numbers for everybody."""

from django.http import HttpResponse
from django.shortcuts import render

from congress.shared import clock
from congress.shared.http import Request, open_page
from proposals.queries import public_figures as queries
from proposals.queries.clocks import Clock
from proposals.queries.satisfaction import HOW, in_short, public_batches
from proposals.views.filtering import begun_year_of


@open_page
def public_figures(request: Request) -> HttpResponse:
    """办理统计: what is public of a year, each number with its list."""
    today = clock.today()
    bare = queries.newest(today) if "year" not in request.GET else None
    year = begun_year_of(request, today, bare=bare)
    figures, rated = queries.page(year, Clock.on(today)), public_batches(year)
    context = {
        "years": queries.years(today),
        "today": today,
        "none_yet": bare is not None and bare < today.year,
        "figures": figures,
        "jumps": figures.jumps,
        "batches": rated,
        "rated": in_short(rated),
        "how_satisfied": HOW,
    }
    return render(request, "proposals/public_figures.html", context)
