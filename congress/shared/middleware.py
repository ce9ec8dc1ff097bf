"""Two things every request needs: the post that acts, and a page for a refusal."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.http import kept_fields
from congress.shared.models import Post, User

Handler = Callable[[HttpRequest], HttpResponse]
POST_KEY = "post"


def acting(request: HttpRequest) -> Actor:
    """The person with the post their session carries, read anew once for each request."""
    known: Actor | None = getattr(request, "actor", None)
    if known is not None:
        return known
    if not isinstance(request.user, User):
        return Actor()
    rows = Post.objects.filter(user=request.user).in_force(clock.today())
    posts = list(rows.select_related("organisation"))
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


class Refusals:
    """A `Refused` raised anywhere becomes a 409 page with its sentence and what was typed."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer 409 for a refusal; leave every other exception to Django."""
        if not isinstance(fault, Refused):
            return None
        kept = [value for _, value in kept_fields(request) if len(value) > 12]
        context = {"reason": fault.reason, "kept": kept, "back": request.META.get("HTTP_REFERER")}
        return render(request, "refused.html", context, status=409)
