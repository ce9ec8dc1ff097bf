"""代评线索: the device and the address of a rating, as keyed digests."""

import secrets

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from congress.shared import clock, sealing
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from congress.shared.origins import address_digests
from proposals.queries import proxies
from proposals.rating_states import Trace
from proposals.rules import ORIGIN_DAYS

DEVICE = "rates"
"""A random word that the browser keeps; the database knows its digest alone."""
LONG = 400 * 24 * 3600


def known_device(request: Request, page: HttpResponse) -> HttpResponse:
    """A browser that rates carries a word of its own from now on."""
    if DEVICE not in request.COOKIES:
        page.set_cookie(
            *(DEVICE, secrets.token_urlsafe(16)),
            max_age=LONG,
            path="/proposals/",
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return page


def traces(request: Request) -> dict[Trace, list[str]]:
    """What can be told alike in another rating; a browser without the word has its address only."""
    found = {Trace.ADDRESS: address_digests(request)}
    if word := request.COOKIES.get(DEVICE, "")[:64]:
        found[Trace.DEVICE] = sealing.digests("origin.device", word)
    return found


@require_safe
@at_the_desk
def rating_origins(request: Request) -> HttpResponse:
    """代评线索: for the office alone, to ask about by telephone."""
    if not request.actor.at_deputy_office:
        raise PermissionDenied
    context: dict[str, object] = {
        "title": "代评线索",
        "hints": proxies.hints(),
        "days": ORIGIN_DAYS.on(clock.today()),
    }
    return framed(request, "proposals/rating_origins.html", context)
