"""公开: what became of each proposal, without an account."""

from datetime import date

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congress.shared import clock, pictures
from congress.shared.http import Request, open_page
from congress.shared.models import Workday
from proposals.models import Proposal
from proposals.queries import public, public_numbers, public_page, public_tally
from proposals.queries.clocks import Clock
from proposals.queries.public import Filters
from proposals.queries.public_answers import ANSWERS
from proposals.queries.public_calendar import DayCalendar, day_calendar
from proposals.views.filtering import filters_of, query_of, words_of

PER_PAGE = 20
MOST_NAMED = 4


@open_page
def public_list(request: Request) -> HttpResponse:
    """建议办理: where everything stands, then one by one, by deadline."""
    filters, now = filters_of(request), Clock.on(clock.today())
    tally, options = public_tally.tally(filters, now), public_numbers.options()
    try:
        page = Paginator(range(tally.total), PER_PAGE).page(request.GET.get("page", 1))
    except InvalidPage as gone:
        raise Http404 from gone
    first = (page.number - 1) * PER_PAGE
    context = {
        "filters": filters,
        "options": options,
        "query": query_of(filters),
        "watch": _to_watch(filters),
        "unit_page": filters.unit if filters.unit in dict(options.units) else None,
        "area_page": filters.area if filters.area in dict(options.areas) else None,
        "named": _named(filters.q, options),
        "chips": _chips(request, filters, options),
        "answers": {key: answer.label for key, answer in ANSWERS.items()},
        "tally": tally,
        "flow": pictures.stage_flow(_flow(request, tally)),
        "flow_narrow": pictures.stage_flow(_flow(request, tally), narrow=True),
        "rows": public.rows(filters, now, span=slice(first, first + PER_PAGE)),
        "page": page,
    }
    return render(request, "proposals/public_list.html", context)


def _to_watch(filters: Filters) -> str | None:
    """How 关注 says what is followed; None without mail, or where it would be more."""
    whole = Filters(), Filters(unit=filters.unit), Filters(area=filters.area)
    return query_of(filters) if settings.EMAIL_URL and filters in whole else None


def _address(request: Request, name: str, value: object = None) -> str:
    """This address with one filter set, or taken away; a filter always starts at page one."""
    query = request.GET.copy()
    for gone in ("page", name, *(key for key in query if not query[key])):
        query.pop(gone, None)
    if value is not None:
        query[name] = str(value)
    return f"?{query.urlencode()}"


def _chips(
    request: Request, filters: Filters, options: public_numbers.Options
) -> list[tuple[str, str]]:
    """Each filter that is set, in words, with the address that takes it away."""
    words = words_of(filters, options)
    return [(said, _address(request, name)) for name, said in words.items()]


def _named(words: str, options: public_numbers.Options) -> list[tuple[str, str]]:
    """Units and townships that a search names, each with its own page."""
    if not words.strip():
        return []
    kinds = (("unit_page", options.units), ("area_page", options.areas))
    found = [
        (name, reverse(f"proposals:{page}", args=[pk]))
        for page, places in kinds
        for pk, name in places
        if words.strip() in name
    ]
    return found[:MOST_NAMED]


def _flow(request: Request, tally: public_tally.Tally) -> list[pictures.Flow]:
    return [
        pictures.Flow(
            step.name, step.count, _address(request, "stage", step.number), step.late, step.soon
        )
        for step in tally.steps
    ]


@open_page
def public_detail(request: Request, number: str) -> HttpResponse:
    """一件建议的进展."""
    proposal = public_page.find(number)
    if proposal is None:
        raise Http404
    today = clock.today()
    context = {
        "page": public_page.page(proposal, today),
        "calendar": _calendar(proposal, today),
        "area": proposal.delegation.area_id if proposal.delegation else None,
    }
    return render(request, "proposals/public_detail.html", context)


def _calendar(proposal: Proposal, today: date) -> DayCalendar | None:
    """While somebody's time runs, the weeks up to the last day of the first unit."""
    part = proposal.handled_publicly.lead_assignment
    if part is None or not (part.is_running and part.assigned_on and part.due_on):
        return None
    if part.stands_still_since:
        return None
    return day_calendar(part.assigned_on, part.due_on, today, Workday.objects.works())
