"""公开: all that one unit has in hand, all that one township's deputies raised."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from congress.shared import clock
from congress.shared.http import Request, open_page
from proposals.queries import public_unit
from proposals.queries.clocks import Clock


@open_page
def unit_page(request: Request, pk: int) -> HttpResponse:
    """一个承办单位办的建议."""
    unit, now = public_unit.unit(pk), Clock.on(clock.today())
    if unit is None:
        raise Http404
    context = {
        "page": public_unit.unit_page(unit, now),
        "on_time": public_unit.on_time(unit, now.today),
        "query": f"?unit={pk}",
    }
    return render(request, "proposals/unit_page.html", context)


@open_page
def area_page(request: Request, pk: int) -> HttpResponse:
    """一个乡镇的代表提的建议."""
    area, now = public_unit.area(pk), Clock.on(clock.today())
    if area is None:
        raise Http404
    context = {
        "page": public_unit.area_page(area, now),
        "solved": public_unit.solved(area, now.today),
        "query": f"?area={pk}",
    }
    return render(request, "proposals/area_page.html", context)
