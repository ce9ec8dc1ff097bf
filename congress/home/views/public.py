"""What everybody sees: the county's front page, and what stands behind a deputy's code."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congress.home.queries import public
from congress.shared import clock
from congress.shared.http import Request, open_page
from congress.shared.qr import qr_svg
from deputies.queries import public as people
from deputies.queries.messages import is_retired
from scoring.queries.audits import public_line

PER_PAGE = 30


@open_page
def landing(request: Request) -> HttpResponse:
    """公开首页: what became of what people asked for."""
    context = {"front": public.front(clock.today()), "audit_line": public_line(clock.now())}
    return render(request, "home/public.html", context)


@open_page
def deputy(request: Request, code: str) -> HttpResponse:
    """代表码: who they are, what they promised, what they did."""
    today = clock.today()
    page = public.deputy_page(code, today)
    if page is None and is_retired(code, today):
        return render(request, "deputies/retired_code.html", status=410)
    if page is None:
        raise Http404
    address = settings.SITE_URL + reverse("home:deputy", args=[code])
    context = {"page": page, "qr": qr_svg(address), "audit_line": public_line(clock.now())}
    return render(request, "home/deputy_public.html", context)


@open_page
def deeds(request: Request, code: str) -> HttpResponse:
    """一年履职 one by one: the list behind the number on a deputy's page."""
    today = clock.today()
    person = people.find(code, today)
    if person is None and is_retired(code, today):
        return render(request, "deputies/retired_code.html", status=410)
    if person is None:
        raise Http404
    year = today.year - 1 if request.GET.get("year") == str(today.year - 1) else today.year
    page = Paginator(people.deeds_in(person, year), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "name": person.name,
        "code": code,
        "year": year,
        "years": (today.year, today.year - 1),
        "page": page,
        "lines": people.deeds(page.object_list),
    }
    return render(request, "home/deeds.html", context)
