"""一框搜索: one page and one box for every post."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress.admin_sidebar import places
from congress.home.chrome import table
from congress.home.queries.search import Place, everything
from congress.shared import clock
from congress.shared.desk import framed
from congress.shared.http import Request, fragment
from deputies.queries.search import LONGEST

MOST, MOST_IN_THE_BOX = 20, 5
BOX = "box-found"
"""The workbench's box, which has less room than the page."""


@require_safe
def search(request: Request) -> HttpResponse:
    """搜索: people, groups, proposals, functions, as one types."""
    asked = str(request.GET.get("q", ""))[:LONGEST]
    in_the_box = bool(request.htmx) and request.htmx.target == BOX
    most = MOST_IN_THE_BOX if in_the_box else MOST
    actor, places = request.actor, _places(request)
    kinds = everything(actor, asked, clock.today(), places=places, most=most)
    context = {
        "title": "搜索",
        "q": asked.strip(),
        "kinds": kinds,
        "found_id": BOX if in_the_box else "found",
        "desk": actor.at_the_desk,
        "frame": "desk.html" if actor.at_the_desk else "base.html",
    }
    template = fragment(request, "home/search.html", "found")
    if actor.at_the_desk and not request.htmx:
        return framed(request, template, context)
    return render(request, template, context)


def _places(request: Request) -> list[Place]:
    """What this post can go to by its navigation."""
    if request.actor.at_the_desk:
        return [
            (item["title"], item["link"]) for group in places(request) for item in group["items"]
        ]
    return [(label, reverse(name)) for label, name in table(request.actor)]
