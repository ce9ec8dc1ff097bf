"""家站大屏: a page that stays on a wall for months, whatever the line does (decision 0048)."""

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from congress.home import documents
from congress.home.queries import wall as queries
from congress.home.views.phone import program, version_of
from congress.shared import clock
from congress.shared.http import PDF, Request, as_download
from congress.shared.qr import qr_svg
from stations.actions.screens import shown_at
from stations.models import Station

PROGRAM = "js/wall_worker.js"
FILES = ("css/tokens.css", "css/base.css", "css/wall.css", "js/wall.js", "img/mark.svg")
"""What the kept page is drawn with."""
AS_OF = "X-As-Of"
"""截至: the server's second at which this was true; a 304 says it too."""
ENDED = "X-Screen-Ended"
EVERY_SECONDS, TURN_SECONDS = 30, 20
PAPERS = ("a4", "a3")


@login_not_required
@require_safe
def wall(request: HttpRequest, token: str) -> HttpResponse:
    """The screen that has this address. It asks for itself; the same again is a 304.

    No account, no session, no cookie: the address is all it has, and all it may do is read.
    """
    now = clock.now()
    screen = shown_at(token, now)
    if screen is None:
        ended = render(request, "home/wall_ended.html", status=404)
        ended[ENDED] = "1"
        return _kept_by_nobody(ended)
    seen = queries.wall(screen.station, now)
    version = version_of(PROGRAM, *FILES)
    tag = hashlib.sha256(f"{version} {seen!r}".encode()).hexdigest()[:24]
    answer: Any = get_conditional_response(request, etag=f'"{tag}"')
    if answer is None:
        answer = HttpResponse(_page(screen.station, seen, version, tag, now))
    answer["ETag"] = f'"{tag}"'
    answer[AS_OF] = _second(now)
    if settings.EMBED_HOSTS:  # players of a county's own site may frame it, as the list
        answer._csp_replace = {"frame-ancestors": settings.EMBED_HOSTS}
        answer.xframe_options_exempt = True
    return _kept_by_nobody(answer)


def _page(station: Station, seen: queries.Wall, version: str, tag: str, now: datetime) -> str:
    address = settings.SITE_URL + reverse("stations:public_detail", args=[station.pk])
    context = {
        "wall": seen,
        "head": queries.HEAD,
        "qr": qr_svg(address),
        "county": settings.COUNTY,
        "version": version,
        "tag": tag,
        "at": _second(now),
        "every": EVERY_SECONDS,
        "turn": TURN_SECONDS,
    }
    return render_to_string("home/wall.html", context)


def _second(now: datetime) -> str:
    return str(int(now.timestamp()))


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """Only the screen's own program keeps a copy; caches on the way would hide a broken line."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@require_safe
def wall_worker(request: HttpRequest) -> HttpResponse:
    """The program that keeps a screen's last page; it looks after the screens' addresses alone."""
    files = [static(name) for name in FILES]
    return program(PROGRAM, "WALL", {"version": version_of(PROGRAM, *FILES), "files": files})


@require_safe
def day_sheet(request: Request, pk: int) -> HttpResponse:
    """每日张贴: what the screen shows, on paper, for a station without one."""
    rows = Station.objects.run_by(request.actor).standing().select_related("area")
    station, now, paper = (
        get_object_or_404(rows, pk=pk),
        clock.now(),
        request.GET.get("paper", "a4"),
    )
    if paper not in PAPERS:
        raise BadRequest
    made = documents.day_sheet_pdf(station, now, paper)
    name = f"{station}{timezone.localdate(now)}张贴{paper.upper()}.pdf"
    return as_download(made, name, PDF)
