"""代表名录, without an account."""

from dataclasses import asdict
from itertools import groupby
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congress.shared import clock
from congress.shared.http import Request, fragment, open_page
from deputies.forms.public import PublicFilterForm
from deputies.queries import public

PER_PAGE = 60
PAGE = "deputies/public_list.html"


@open_page
def public_list(request: Request) -> HttpResponse:
    """代表: by township, in 姓氏笔画 order; whoever is asked for comes first, as one types."""
    form = PublicFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    filters = public.Filters(**form.cleaned_data)
    response = render(request, fragment(request, PAGE, "found"), _found(request, filters))
    if request.htmx:
        response["HX-Replace-Url"] = _address(filters)
    return response


def _address(filters: public.Filters) -> str:
    """The list's address with what is asked for, so that it can be kept, sent and reloaded."""
    asked = {name: value for name, value in asdict(filters).items() if value}
    return reverse("deputies:public_list") + (f"?{urlencode(asked)}" if asked else "")


def _found(request: Request, filters: public.Filters) -> dict[str, object]:
    """One page of the list, how many there are, and the filters that are set."""
    today = clock.today()
    people = public.matching(filters, today)
    try:
        page = Paginator(people, PER_PAGE).page(request.GET.get("page", 1))
    except InvalidPage as gone:
        raise Http404 from gone
    first = (page.number - 1) * PER_PAGE
    lines = public.lines(people[first : first + PER_PAGE], today)
    options = public.options()
    towns = [(name, list(group)) for name, group in groupby(lines, lambda one: one.township)]
    return {
        "filters": filters,
        "options": options,
        "sections": [("", lines)] if lines and filters.q else towns,
        "page": page,
        "total": page.paginator.count,
        "area": dict(options.areas).get(filters.area or 0, "没有这个乡镇" if filters.area else ""),
        "level": dict(options.levels).get(
            filters.level or 0, "没有这一级" if filters.level else ""
        ),
    }
