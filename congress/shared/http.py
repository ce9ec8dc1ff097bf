"""What views need from HTTP."""

import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.workbook import XLSX

CONFLICT = 409
UNPROCESSABLE = 422
"""409: things do not stand so. 422: a form with something missing or wrong, shown again as typed.

400 is for an address that no page of ours leads to.
"""
YEARS = range(1954, 2200)
"""From the first people's congress on, as in the public list's address."""


class Request(HttpRequest):
    """A request of somebody who is logged in; `actor` is set by the middleware."""

    user: User
    actor: Actor
    htmx: HtmxDetails


def keep_on_phone(page: HttpResponse, request: Request) -> HttpResponse:
    """The page may stay on the phone of its own account, to be read when there is no line."""
    page["X-Keep-For"] = str(request.user.pk)
    return page


P = ParamSpec("P")
Page = Callable[Concatenate[Request, P], HttpResponse]
A_MINUTE = 60


def open_page(view: Page[P]) -> Page[P]:
    """A page without an account; only a stranger's own browser may keep it, for a minute.

    A part that htmx asked for is kept nowhere: it has the page's address and is no page.
    """

    @wraps(view)
    def shown(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.htmx:
            patch_cache_control(response, private=True, no_store=True)
        elif request.actor.user is None and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, max_age=A_MINUTE)
        return response

    page: Page[P] = require_safe(shown)
    return login_not_required(page)


def fragment(request: HttpRequest, template: str, name: str) -> str:
    """The template, or only its part `name` when htmx asks for it."""
    htmx: Any = getattr(request, "htmx", None)
    return f"{template}#{name}" if htmx else template


def own_page(request: HttpRequest) -> str:
    """The path of our page this request came from, or nothing."""
    page = urlsplit(request.META.get("HTTP_REFERER", ""))
    if page.netloc != request.get_host() or not page.path.startswith("/"):
        return ""
    return f"{page.path}?{page.query}" if page.query else page.path


def sent_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this form."""
    origin: str | None = request.META.get("HTTP_ORIGIN")
    if origin is None:
        return bool(own_page(request))
    return urlsplit(origin).netloc == request.get_host()


def row_number(text: str) -> int:
    """The number of a row as a form sends it; 0, which no row has, for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else 0


def year_named(text: str) -> int:
    """The year that an address or a form names; 0, which is no year of ours, for anything else."""
    year = row_number(text)
    return year if year in YEARS else 0


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person typed, so that a refusal or a fault can give it back."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
    ]


class SentFiles(NamedTuple):
    """What was chosen in one field: the browser keeps no file, each has to be chosen again."""

    field: str
    names: list[str]


def sent_files(request: HttpRequest) -> list[SentFiles]:
    """The files that came with the form, by the names under which their owner knows them."""
    return [
        SentFiles(field, [str(each.name) for each in found])
        for field, found in request.FILES.lists()
    ]


PDF = "application/pdf"


def as_download(content: bytes, file_name: str, kind: str = XLSX) -> HttpResponse:
    """A file to be kept under that name, whatever characters it has."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name)}"
    return response


def address_of(request: HttpRequest) -> str:
    """Whence the request came. In production the front server writes the header and drops whatever
    the client claimed."""
    return str(
        request.META.get("HTTP_X_FORWARDED_FOR" if settings.PRODUCTION else "REMOTE_ADDR", "")
    )


def origin_of(request: HttpRequest, today: date) -> str:
    """Where a stranger's request comes from, as a digest that is another one tomorrow.

    Enough to count today's messages from one place; it leads back to nobody.
    """
    address = address_of(request)
    return salted_hmac("congress.origin", f"{today:%Y-%m-%d} {address}").hexdigest()
