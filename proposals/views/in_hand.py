"""办理进度: what an office has handed over, with its lights."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import framed, in_an_office
from congress.shared.http import Request, as_download
from proposals import documents
from proposals.queries import in_hand as queries
from proposals.queries.clocks import Clock

ON_A_PAGE = 30


@require_safe
@in_an_office
def in_hand(request: Request) -> HttpResponse:
    """办理进度: what is late first."""
    timing, wanted = Clock.on(clock.today()), _wanted(request)
    counts, rows = queries.counts(request.actor, timing), _rows(request, timing)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "title": "办理进度",
        "page": page,
        "lines": queries.lines(page, timing),
        "total": sum(each.many for each in counts),
        "counts": counts,
        "wanted": wanted,
        "carried": bool(request.GET.get("carried")),
    }
    return framed(request, "proposals/in_hand.html", context)


@require_safe
@in_an_office
def in_hand_export(request: Request) -> HttpResponse:
    """办理进度导出: the very lines that the page shows, all pages of them."""
    timing = Clock.on(clock.today())
    shown = queries.lines(_rows(request, timing), timing)
    return as_download(documents.in_hand_sheet(shown), f"办理进度-{timing.today}.xlsx")


def _wanted(request: Request) -> str:
    """Anything that is no filter of ours asks for all."""
    light = request.GET.get("light", "")
    return light if light in queries.PLACES else ""


def _rows(request: Request, timing: Clock) -> queries.Rows:
    wanted = _wanted(request)
    carried, kinds = bool(request.GET.get("carried")), [wanted] if wanted else []
    return queries.handed_over(request.actor, timing, *kinds, carried=carried)
