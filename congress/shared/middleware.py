"""What every request needs: the post that acts, and a page in plain words when it goes wrong."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.desk import refused
from congress.shared.errors import Refused
from congress.shared.http import own_page
from congress.shared.kept import kept_words
from congress.shared.models import Post, User
from congress.shared.texts import plain

Handler = Callable[[HttpRequest], HttpResponse]
POST_KEY = "post"
NO_TEXT = re.compile("[\\0\ud800-\udfff]")
"""What PostgreSQL keeps in no text column: the NUL character and half a character."""


def acting(request: HttpRequest) -> Actor:
    """The person with the post their session carries, read anew once for each request."""
    known: Actor | None = getattr(request, "actor", None)
    if known is not None:
        return known
    if not isinstance(request.user, User):
        return Actor()
    rows = Post.objects.of(request.user).in_force(clock.today())
    posts = list(rows.select_related("organisation").order_by("from_on", "pk"))
    chosen = request.session.get(POST_KEY)
    post = next((post for post in posts if post.pk == chosen), posts[0] if posts else None)
    return Actor(request.user, post, tuple(posts))


class ActingPost:
    """Sets `request.actor`; personal pages are never kept by a shared cache."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = acting(request)  # type: ignore[attr-defined]  # Request declares it
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        return response


class OnlyText:
    """What no person can type reaches no view: such a request is a 400 in plain words.

    What they paste unseen is left out of every text that a form brings, whichever form it is.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(NO_TEXT.search(words) for words in _all_text(request)):
            return render(request, "400.html", status=400)
        request.POST = _plain(request.POST)  # type: ignore[assignment]  # nobody changes it
        return self.get_response(request)


def _plain(sent: QueryDict) -> QueryDict:
    fields = sent.copy()
    for name, values in sent.lists():
        fields.setlist(name, [plain(words) for words in values])
    return fields


def _all_text(request: HttpRequest) -> Iterable[str]:
    yield request.path_info
    yield from request.COOKIES.values()
    for fields in (request.GET, request.POST):
        for name, values in fields.lists():
            yield name
            yield from values
    for name, uploads in request.FILES.lists():
        yield name
        yield from (upload.name or "" for upload in uploads)


class SignedIn(LoginRequiredMiddleware):
    """Everything but the open pages wants a login; a form sent too late is given back."""

    def handle_no_permission(  # type: ignore[override]  # not only redirects leave here
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        """Lead a reader to the login page; answer a form with 401 and everything typed."""
        page = own_page(request) or "/"
        if request.headers.get("HX-Request"):
            target = redirect_to_login(page, settings.LOGIN_URL)
            return HttpResponse(status=401, headers={"HX-Redirect": target["Location"]})
        if request.method in ("GET", "HEAD"):
            answer: HttpResponse = super().handle_no_permission(request, view_func)
            return answer
        # A form on its own page can be opened there again; other addresses only take posts.
        if urlsplit(page).path != request.path:
            page = "/"
        login = redirect_to_login(page, settings.LOGIN_URL)["Location"]
        context = {"words": kept_words(request), "login": login}
        return render(request, "signed_out.html", context, status=401)


class Refusals:
    """A `Refused` raised anywhere becomes a 409 page with its sentence and what was typed.

    Django's empty 405 becomes a page, too.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        back = own_page(request)
        if urlsplit(back).path == request.path:
            back = ""
        context = {"words": kept_words(request), "back": back or "/"}
        page = render(request, "405.html", context, status=405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer 409 for a refusal; leave every other exception to Django."""
        if not isinstance(fault, Refused):
            return None
        back = own_page(request) or "/"
        return refused(request, fault.reason, words=kept_words(request), back=back)
