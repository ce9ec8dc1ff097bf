"""家站大屏: a page that stays on a wall for months."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congress.home.queries import wall as queries
from congress.shared import clock
from congress.shared.http import Request, open_page
from congress.shared.qr import qr_svg


@open_page
def wall(request: Request, pk: int) -> HttpResponse:
    """One station's screen. It asks for itself every 30 s; a kept copy would hide a broken line."""
    screen = queries.wall(pk, clock.now())
    if screen is None:
        raise Http404
    address = settings.SITE_URL + reverse("stations:public_detail", args=[pk])
    context = {"wall": screen, "head": queries.HEAD, "qr": qr_svg(address)}
    response = render(request, "home/wall.html", context)
    response["Cache-Control"] = "no-store"
    return response
