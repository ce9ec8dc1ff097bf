"""反复提看板: matters that come again, and one of them with everything that was said of it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import framed, in_an_office
from congress.shared.http import Request, as_download
from congress.shared.workbook import workbook
from proposals.queries import matter as of_one
from proposals.queries import matters as queries
from proposals.recurring import Likeness
from proposals.views.desk import one

ON_A_PAGE = 30


@require_safe
@in_an_office
def recurring_board(request: Request) -> HttpResponse:
    """反复提看板: what came most often first."""
    board, wanted = queries.board(request.actor), _wanted(request)
    shown = board.shown(wanted)
    sure = sum(each.sure for each in shown)
    context: dict[str, object] = {
        "title": "反复提",
        "board": board,
        "wanted": wanted,
        "page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
        "sure": sure,
        "likely": len(shown) - sure,
        "sorts": [(key, words) for key, words in queries.SORTS.items()],
    }
    return framed(request, "proposals/recurring_board.html", context)


@require_safe
@in_an_office
def recurring_export(request: Request) -> HttpResponse:
    """反复提导出: the very matters that the board shows, all pages of them."""
    rows = queries.board(request.actor).shown(_wanted(request))
    book = workbook("反复提", queries.HEAD, queries.sheet(rows))
    return as_download(book, f"反复提 {clock.today():%Y-%m-%d}.xlsx")


@require_safe
@in_an_office
def matter(request: Request, pk: int) -> HttpResponse:
    """一件事: every time it was raised, and what waits to be judged."""
    proposal = one(request, pk)
    found = of_one.matter(proposal, request.actor, clock.today())
    if found is None:
        raise Http404
    context = {"title": "反复提的一件事", "matter": found, "kinds": Likeness.choices}
    return framed(request, "proposals/matter.html", context)


def _wanted(request: Request) -> queries.Wanted:
    """Anything that is no choice of ours asks for all."""
    asked = {name: request.GET.get(name, "") for name in ("unit", "township", "theme")}
    sort, sure = request.GET.get("sort", ""), request.GET.get("sure", "")
    return queries.Wanted(
        **asked,
        sure=sure if sure in (queries.SURE, queries.LIKELY) else "",
        sort=sort if sort in queries.SORTS else "",
    )
