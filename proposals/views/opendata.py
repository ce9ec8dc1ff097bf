"""开放数据: table, JSON and calendar of the public list, and the pages that explain them."""

import csv
from collections.abc import Mapping
from itertools import chain

from django.conf import settings
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from congress.shared import clock
from congress.shared.http import Request, open_page
from proposals.calendars import calendar
from proposals.queries import (
    opendata,
    public_deadlines,
    public_numbers,
    public_page,
    public_tally,
)
from proposals.queries.clocks import Clock
from proposals.queries.opendata import FIELDS, LICENCE, ONLY_JSON, ONLY_ONE
from proposals.queries.public import Filters
from proposals.views.filtering import filters_of, for_machines, query_of, words_of

PER_PAGE = 500
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")  # Chinese ones count too


@for_machines
def public_export(request: Request) -> HttpResponse:
    """导出: the list as shown, all its pages, for a spreadsheet."""
    found = opendata.records(filters_of(request), Clock.on(clock.today()))
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="proposals.csv"'
    head = [field.head for field in FIELDS]
    csv.writer(response).writerows(
        [_harmless(cell) for cell in line]
        for line in chain([head], (each.cells() for each in found))
    )
    return response


def _harmless(cell: str) -> str:
    """Text that a spreadsheet would compute is marked as text."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


@for_machines
def public_json(request: Request) -> HttpResponse:
    """JSON: the list as shown, 500 on a page, with what it is and until when it is true."""
    filters, now = filters_of(request), Clock.on(clock.today())
    total = public_tally.tally(filters, now).total
    try:
        page = Paginator(range(total), PER_PAGE).page(request.GET.get("page") or 1)
    except InvalidPage as gone:
        raise Http404 from gone
    first = (page.number - 1) * PER_PAGE
    items = opendata.records(filters, now, span=slice(first, first + PER_PAGE))
    document = _about(filters) | {
        "total": total,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "next": _following(page, query_of(filters)),
        "items": [each.item() for each in items],
    }
    return _json(document)


def _json(document: Mapping[str, object]) -> HttpResponse:
    """For whoever reads it, from whatever site."""
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _about(filters: Filters) -> dict[str, object]:
    """What the list is, whose, until when it is true, and where it is explained."""
    return {
        "title": f"{settings.COUNTY}代表建议办理情况",
        "county": settings.COUNTY,
        "as_of": opendata.as_of(clock.today()).isoformat(),
        "licence": LICENCE,
        "source": settings.SITE_URL + reverse("proposals:public_list") + query_of(filters),
        "fields": settings.SITE_URL + reverse("proposals:open_data"),
        "filters": list(words_of(filters, public_numbers.options()).values()),
    }


def _following(page: "Page[int]", query: str) -> str | None:
    if not page.has_next():
        return None
    here = settings.SITE_URL + reverse("proposals:public_json")
    return f"{here}{query}{'&' if query else '?'}page={page.next_page_number()}"


def _calendar(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    return response


@for_machines
def public_ics(request: Request) -> HttpResponse:
    """期限日历: of all that the address keeps, so also of one unit or one township."""
    filters, today = filters_of(request), clock.today()
    words = words_of(filters, public_numbers.options()).values()
    name = f"{settings.COUNTY}代表建议答复期限{'（' + '，'.join(words) + '）' if words else ''}"
    found = public_deadlines.deadlines(filters, Clock.on(today))
    return _calendar(calendar(name, found, as_of=opendata.as_of(today)))


@for_machines
def proposal_json(request: Request, number: str) -> HttpResponse:
    """一件建议的 JSON: its line of the list, and what happened as its page tells it."""
    proposal, today = public_page.find(number), clock.today()
    record = opendata.record_of(number, Clock.on(today)) if proposal else None
    if proposal is None or record is None:
        raise Http404
    document = {
        "title": f"{proposal.number} {proposal.public_title}",
        "county": settings.COUNTY,
        "as_of": opendata.as_of(today).isoformat(),
        "licence": LICENCE,
        "source": record.url,
        "fields": settings.SITE_URL + reverse("proposals:open_data"),
        "item": record.item() | {"events": opendata.events_of(proposal, today)},
    }
    return _json(document)


@for_machines
def proposal_ics(request: Request, number: str) -> HttpResponse:
    """一件建议的期限日历."""
    proposal = public_page.find(number)
    if proposal is None:
        raise Http404
    found = public_deadlines.deadlines_of(proposal.handled_publicly.pk)
    name = f"{proposal.number} {proposal.public_title}"
    return _calendar(calendar(name, found, as_of=opendata.as_of(clock.today())))


@open_page
def open_data(request: Request) -> HttpResponse:
    """开放数据: what there is for programs, every field, and how it may be used."""
    query = query_of(filters_of(request))
    context = {
        "query": query,
        "site": settings.SITE_URL,
        "fields": FIELDS,
        "only_json": (*ONLY_JSON, ONLY_ONE),
        "licence": LICENCE,
        "per_page": PER_PAGE,
        "as_of": opendata.as_of(clock.today()),
    }
    return render(request, "proposals/open_data.html", context)


@open_page
def public_scope(request: Request) -> HttpResponse:
    """公开范围说明: what is public, what is not, and why."""
    return render(request, "proposals/public_scope.html")
