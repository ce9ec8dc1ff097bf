"""The committee's desk: pages of our own inside the browser admin's frame.

A township's office works on some of the same pages, in the frame that everybody else has.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congress.shared.http import Request
from congress.shared.roles import Role

Rest = ParamSpec("Rest")
View = Callable[Concatenate[Request, Rest], HttpResponse]


def at_the_desk(view: View[Rest]) -> View[Rest]:
    """The page is for posts that belong at the committee's desk; everybody else gets 403."""

    @wraps(view)
    def guarded(request: Request, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not request.actor.at_the_desk:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def in_an_office(view: View[Rest]) -> View[Rest]:
    """The page is for the committee's desk and for the offices of townships, each with its own."""

    @wraps(view)
    def guarded(request: Request, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not request.actor.in_an_office:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def refused(
    request: HttpRequest,
    reason: str,
    *,
    words: object = (),
    back: str = "/",
    again: str = "",
    status: int = 409,
) -> HttpResponse:
    """这一步现在不能办: the sentence and what was typed, for the desk within its own frame.

    `again` names the way `back` when it is the one thing to do.
    """
    context = {"title": "这一步现在不能办", "reason": reason, "words": words, "back": back}
    context["again"] = again
    actor = getattr(request, "actor", None)
    if actor is not None and actor.at_the_desk:
        return framed(request, "refused_desk.html", context, status=status)
    return render(request, "refused.html", context, status=status)


def framed(
    request: HttpRequest, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """A page with the admin's sidebar and bar; its theme's scripts need the leave /admin/ has.

    A township's office has no admin: what `extends frame` is shown to it in everybody's frame.
    """
    actor = getattr(request, "actor", None)
    if actor is not None and actor.is_a(Role.TOWNSHIP_CLERK):
        return render(request, template, {**context, "frame": "office.html"}, status=status)
    frame = admin.site.each_context(request) | {"frame": "admin/base_site.html"}
    response = render(request, template, {**frame, **context}, status=status)
    response._csp_exempt = True  # type: ignore[attr-defined]  # what csp_exempt() sets
    return response


def listed(request: Request, model: type[Model]) -> QuerySet[Model]:
    """The rows that the model's list in the workbench shows under the address's filters."""
    try:
        lists = admin.site.get_model_admin(model).get_changelist_instance(request)
        rows: QuerySet[Model] = lists.get_queryset(request)
    except IncorrectLookupParameters:
        raise BadRequest("no such filter") from None
    return rows
