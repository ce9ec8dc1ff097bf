"""代表名录, without an account."""

from itertools import groupby

from django.core.exceptions import BadRequest
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from congress.shared import clock
from congress.shared.http import Request, open_page
from deputies.forms.public import PublicFilterForm
from deputies.queries import public

PER_PAGE = 60


@open_page
def public_list(request: Request) -> HttpResponse:
    """代表: by township, in 姓氏笔画 order."""
    form, today = PublicFilterForm(request.GET), clock.today()
    if not form.is_valid():
        raise BadRequest
    filters = public.Filters(**form.cleaned_data)
    people = public.matching(filters, today)
    try:
        page = Paginator(people, PER_PAGE).page(request.GET.get("page", 1))
    except InvalidPage as gone:
        raise Http404 from gone
    first = (page.number - 1) * PER_PAGE
    lines = public.lines(people[first : first + PER_PAGE], today)
    options = public.options()
    context = {
        "filters": filters,
        "options": options,
        "townships": [(name, list(group)) for name, group in groupby(lines, lambda o: o.township)],
        "page": page,
        "total": page.paginator.count,
        "area": dict(options.areas).get(filters.area or 0, ""),
        "level": dict(options.levels).get(filters.level or 0, ""),
    }
    return render(request, "deputies/public_list.html", context)
