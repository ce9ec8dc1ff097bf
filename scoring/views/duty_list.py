"""我的履职清单: one deputy's year item by item, for the deputy and for the desk."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from deputies.models import Deputy
from scoring.forms.points import YearForm
from scoring.queries import board as ranking
from scoring.queries import duty_list as queries
from scoring.queries.next_acts import next_acts
from scoring.queries.statement import assemblies


@require_safe
def duty_list(request: Request) -> HttpResponse:
    """我的履职清单: done beside open, and what to do next."""
    deputy = get_object_or_404(Deputy.objects.of_user(request.user))
    return render(request, "scoring/duty_list.html", _year(request, deputy))


@require_safe
@at_the_desk
def duty_list_of(request: Request, pk: int) -> HttpResponse:
    """某位代表的履职清单, for the desk: the same list, with nothing to report from it."""
    deputy = get_object_or_404(Deputy.objects.visible_to(request.actor, clock.today()), pk=pk)
    return framed(request, "scoring/duty_list_of.html", _year(request, deputy))


def _year(request: Request, deputy: Deputy) -> dict[str, object]:
    today, places = clock.today(), assemblies(deputy)
    years = ranking.years(today)
    assembly, year, _ = YearForm(request.GET, years=years, assemblies=places).choice(today)
    found = queries.duty_list(deputy, assembly, year, today) if assembly else None
    return {
        "title": f"{deputy.name}的履职清单",
        "deputy": deputy,
        "places": places,
        "assembly": assembly,
        "years": years,
        "year": year,
        "list": found,
        "acts": next_acts(deputy, found, today) if found else [],
    }
