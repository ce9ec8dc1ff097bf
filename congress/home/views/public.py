"""What everybody sees: the county's front page, and what stands behind a deputy's code."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congress.home.queries import public
from congress.shared import clock
from congress.shared.http import Request, open_page
from congress.shared.qr import qr_svg
from deputies.queries.messages import is_retired


@open_page
def landing(request: Request) -> HttpResponse:
    """公开首页: what became of what people asked for."""
    return render(request, "home/public.html", {"front": public.front(clock.today())})


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
    return render(request, "home/deputy_public.html", {"page": page, "qr": qr_svg(address)})
