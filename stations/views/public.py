"""家站: where and when to meet deputies, without an account."""

from itertools import groupby

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import render

from congress.shared import clock
from congress.shared.http import Request, open_page
from stations.forms.public import PublicFilterForm
from stations.queries import public


@open_page
def public_list(request: Request) -> HttpResponse:
    """家站 by township, and the next day on which deputies receive."""
    form, today = PublicFilterForm(request.GET), clock.today()
    if not form.is_valid():
        raise BadRequest
    asked, townships = form.cleaned_data, public.townships()
    lines = public.lines(today, **asked)
    context = {
        **asked,
        "townships": townships,
        "township": dict(townships).get(asked["area"] or 0, ""),
        "groups": [(name, list(group)) for name, group in groupby(lines, lambda o: o.township)],
        "total": len(lines),
        "next": public.next_days(today, 1)[0],
        "receptions": public.receptions(today.year),
        "year": today.year,
    }
    return render(request, "stations/public_list.html", context)


@open_page
def public_detail(request: Request, pk: int) -> HttpResponse:
    """一个家站: where it is, when deputies receive, who serves there."""
    page = public.page(pk, clock.today())
    if page is None:
        raise Http404
    return render(request, "stations/public_detail.html", {"page": page})
