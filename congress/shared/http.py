"""What views need from HTTP."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from congress.shared.actors import Actor
from congress.shared.models import User


class Request(HttpRequest):
    """A request of somebody who is logged in; `actor` is set by the middleware."""

    user: User
    actor: Actor
    htmx: HtmxDetails


def fragment(request: HttpRequest, template: str, name: str) -> str:
    """The template, or only its part `name` when htmx asks for it."""
    htmx: Any = getattr(request, "htmx", None)
    return f"{template}#{name}" if htmx else template


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person typed, so that a refusal or a fault can give it back."""
    hidden = {"csrfmiddlewaretoken", "password", "password1", "password2", "old_password"}
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in hidden
        for value in values
    ]
