"""嵌入政府网站: the list in a frame of another site, without a script, and how to put it there."""

from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congress.shared import clock
from congress.shared.http import Request, open_page
from proposals.queries import opendata, public, public_numbers, public_tally
from proposals.queries.clocks import Clock
from proposals.views.filtering import P, View, filters_of, for_machines, query_of, words_of

USUAL, MOST = 10, 50


class RowsForm(forms.Form):
    """How many lines the frame shows."""

    rows = forms.IntegerField(min_value=1, max_value=MOST, required=False)


def framed(view: View[P]) -> View[P]:
    """Only these sites may show it in a frame; a 304 says so too, or it would take it back."""

    @wraps(view)
    def shown(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response: Any = view(request, *args, **kwargs)
        if settings.EMBED_HOSTS:
            response._csp_replace = {"frame-ancestors": settings.EMBED_HOSTS}
            response.xframe_options_exempt = True
        page: HttpResponse = response
        return page

    return shown


@framed
@for_machines
def embed(request: Request) -> HttpResponse:
    """嵌入的列表: the same filters; only the sites of `EMBED_HOSTS` may frame it."""
    filters, now, form = filters_of(request), Clock.on(clock.today()), RowsForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    count = form.cleaned_data["rows"] or USUAL
    context = {
        "tally": public_tally.tally(filters, now),
        "rows": public.rows(filters, now, span=slice(count)),
        "words": list(words_of(filters, public_numbers.options()).values()),
        "query": query_of(filters),
        "site": settings.SITE_URL,
        "county": settings.COUNTY,
        "as_of": opendata.as_of(now.today),
    }
    return render(request, "proposals/embed.html", context)


@open_page
def embed_how(request: Request) -> HttpResponse:
    """给网站管理员: the lines to copy, and which sites may use them."""
    filters = filters_of(request)
    query = query_of(filters)
    context = {
        "address": settings.SITE_URL + reverse("proposals:embed") + query,
        "query": query,
        "words": list(words_of(filters, public_numbers.options()).values()),
        "hosts": settings.EMBED_HOSTS,
        "county": settings.COUNTY,
        "usual": USUAL,
        "most": MOST,
    }
    return render(request, "proposals/embed_how.html", context)
