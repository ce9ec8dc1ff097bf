"""小组的一年: for its convenor, its township and the desk; the sheet has what the page shows."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress.home.documents import group_sheet
from congress.home.queries import group_year as queries
from congress.shared import clock
from congress.shared.desk import framed
from congress.shared.http import Request, as_download, row_number


@require_safe
def group_year(request: Request, pk: int) -> HttpResponse:
    """One group's year; another's group, and a year that the house does not keep, is a 404."""
    actor, today = request.actor, clock.today()
    group = queries.visible(actor, today).filter(pk=pk).first()
    years = (today.year, today.year - 1)
    year = row_number(request.GET.get("year", str(today.year)))
    if group is None or year not in years:
        raise Http404
    found = queries.year_of(group, year, today)
    if "export" in request.GET:
        title = f"{group} {year} 年"
        return as_download(group_sheet(found, title=title), f"{title}.xlsx")
    context = {"title": f"{group}的一年", "seen": found, "years": years}
    if actor.at_the_desk:
        return framed(request, "home/group_year_desk.html", context)
    return render(request, "home/group_year.html", context)
