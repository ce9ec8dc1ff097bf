"""试算: a book run on a year's facts, everybody on a list, each deputy with their lines."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request, as_download
from deputies.models import Deputy
from scoring.forms.rules import TrialFilter
from scoring.models import RuleBook
from scoring.queries import replay as queries
from scoring.rule_sheets import trial_xlsx

PER_PAGE = 50


def _one(request: Request, pk: int) -> RuleBook:
    rows = RuleBook.objects.visible_to(request.actor).select_related("assembly")
    return get_object_or_404(rows, pk=pk)


@require_safe
@at_the_desk
def replay(request: Request, pk: int) -> HttpResponse:
    """试算: who moves, by how much, and which rule drives it."""
    book, today = _one(request, pk), clock.today()
    form = TrialFilter(request.GET, years=queries.years(today))
    year = form.year_chosen
    trial = queries.trial(book, year, today)
    rows = queries.chosen(trial.movers, **form.wanted())
    title = f"{book}用 {year} 年事实试算"
    if "export" in request.GET:
        return as_download(trial_xlsx(rows, title=title), f"{title}.xlsx")
    context = {
        "title": title,
        "book": book,
        "year": year,
        "form": form,
        "trial": trial,
        "count": len(rows),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return framed(request, "scoring/replay.html", context)


@require_safe
@at_the_desk
def replay_of(request: Request, pk: int, deputy_pk: int) -> HttpResponse:
    """某位代表的试算: item by item, category by category."""
    book, today = _one(request, pk), clock.today()
    known = Deputy.objects.visible_to(request.actor, today)
    deputy = get_object_or_404(known, pk=deputy_pk)
    year = TrialFilter(request.GET, years=queries.years(today)).year_chosen
    context = {
        "title": f"{deputy.name} {year} 年试算",
        "book": book,
        "deputy": deputy,
        "year": year,
        "own": queries.own_trial(book, deputy, year),
    }
    return framed(request, "scoring/replay_of.html", context)
