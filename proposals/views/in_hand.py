"""办理进度: what an office has handed over, with its lights."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import framed, in_an_office
from congress.shared.http import Request, as_download
from proposals import documents
from proposals.queries import in_hand as queries
from proposals.queries.in_hand import KINDS, Line

ON_A_PAGE = 30


@require_safe
@in_an_office
def in_hand(request: Request) -> HttpResponse:
    """办理进度: what is late first."""
    found, wanted = queries.lines(request.actor, clock.today()), _wanted(request)
    shown = _shown(found, wanted)
    context: dict[str, object] = {
        "title": "办理进度",
        "page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
        "total": len(found),
        "counts": queries.counts(found),
        "wanted": wanted,
    }
    return framed(request, "proposals/in_hand.html", context)


@require_safe
@in_an_office
def in_hand_export(request: Request) -> HttpResponse:
    """办理进度导出: the very lines that the page shows, all pages of them."""
    today = clock.today()
    shown = _shown(queries.lines(request.actor, today), _wanted(request))
    return as_download(documents.in_hand_sheet(shown), f"办理进度-{today}.xlsx")


def _wanted(request: Request) -> str:
    """Anything that is no filter of ours asks for all."""
    light = request.GET.get("light", "")
    return light if light in dict(KINDS) else ""


def _shown(found: list[Line], wanted: str) -> list[Line]:
    return [line for line in found if wanted in ("", line.kind)]
