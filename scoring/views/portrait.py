"""履职画像: the deputy's own, and the same page for the desk."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from deputies.models import Deputy
from scoring.forms.points import YearForm
from scoring.queries import board, statement
from scoring.queries import portrait as queries


@require_safe
def portrait(request: Request) -> HttpResponse:
    """我的履职画像."""
    deputy = get_object_or_404(Deputy.objects.of_user(request.user))
    return render(request, "scoring/portrait.html", _drawn(request, deputy))


@require_safe
@at_the_desk
def portrait_of(request: Request, pk: int) -> HttpResponse:
    """某位代表的履职画像, for the desk."""
    deputy = get_object_or_404(Deputy.objects.visible_to(request.actor, clock.today()), pk=pk)
    return framed(request, "scoring/portrait_of.html", _drawn(request, deputy))


def _drawn(request: Request, deputy: Deputy) -> dict[str, object]:
    today, places = clock.today(), statement.assemblies(deputy)
    years = board.years(today)
    assembly, year, _ = YearForm(request.GET, years=years, assemblies=places).choice(today)
    return {
        "title": f"{deputy.name}的履职画像",
        "deputy": deputy,
        "places": places,
        "assembly": assembly,
        "years": years,
        "year": year,
        "seen": queries.portrait(deputy, assembly, year, today) if assembly else None,
    }
