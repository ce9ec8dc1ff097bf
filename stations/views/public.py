"""家站: where and when to meet deputies, without an account."""

from itertools import groupby

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congress.shared import clock
from congress.shared.http import Request, open_page
from stations.forms.public import PublicFilterForm
from stations.pictures import Place, Township, county_map, phone_map, township_map
from stations.queries import public


@open_page
def public_list(request: Request) -> HttpResponse:
    """家站 by township, and the next day on which deputies receive."""
    form, today = PublicFilterForm(request.GET), clock.today()
    if not form.is_valid():
        raise BadRequest
    asked, townships = form.cleaned_data, public.townships()
    lines = public.lines(today, **asked)
    groups = [(name, list(group)) for name, group in groupby(lines, lambda o: o.township)]
    context = {
        **asked,
        **_maps(groups, townships, one=bool(asked["area"])),
        "townships": townships,
        "township": dict(townships).get(asked["area"] or 0, ""),
        "groups": groups,
        "total": len(lines),
        "next": public.soonest(today),
        "receptions": public.receptions(today.year),
        "year": today.year,
    }
    return render(request, "stations/public_list.html", context)


def _maps(
    groups: list[tuple[str, list[public.Line]]], townships: list[tuple[int, str]], *, one: bool
) -> dict[str, object]:
    """分布图 of the places listed, as far as their positions are known."""
    numbers, here = {name: pk for pk, name in townships}, reverse("stations:public_list")
    found = [
        Township(name, f"{here}?area={numbers.get(name, '')}", placed)
        for name, lines in groups
        if (placed := tuple(_place(line) for line in lines if line.at))
    ]
    unplaced = sum(line.at is None for _, lines in groups for line in lines)
    if not found:
        return {"maps": (), "unplaced": unplaced}
    maps = (township_map(found[0]),) if one else (county_map(found), phone_map(found))
    return {"maps": maps, "unplaced": unplaced}


def _place(line: public.Line) -> Place:
    link = reverse("stations:public_detail", args=[line.pk])
    at = line.at or (0, 0)
    facts = (line.name, line.township, line.is_home, link)
    return Place(float(at[0]), float(at[1]), *facts)


@open_page
def public_detail(request: Request, pk: int) -> HttpResponse:
    """一个家站: where it is, when deputies receive, who serves there."""
    page = public.page(pk, today := clock.today())
    if page is None:
        raise Http404
    fittings = None if page.closed else public.fittings(pk, today)
    return render(request, "stations/public_detail.html", {"page": page, "fittings": fittings})
