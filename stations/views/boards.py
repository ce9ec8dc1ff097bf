"""家站活跃度: for the county, its leaders, and each township with its own places."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import in_an_office
from congress.shared.http import Request, as_download
from congress.shared.workbook import Sheet, workbook_of
from stations.forms.boards import SHOWS, BoardForm
from stations.queries import boards as queries
from stations.queries.board_cells import cells, sum_cells, way_cells
from stations.queries.board_ways import ROUTE_HEAD, ways_sheet
from stations.queries.register import townships
from stations.views import frames

PER_PAGE = 30


def _asked_for(request: Request) -> dict[str, Any]:
    form = BoardForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    said = dict(form.cleaned_data)
    said["year"] = said["year"] or clock.today().year
    return said


@require_safe
@in_an_office
def board(request: Request) -> HttpResponse:
    """各家站的一年: those still for long stand out, and every number leads to its list."""
    said, by, today = _asked_for(request), request.actor, clock.today()
    number = said.pop("page") or 1
    found = queries.board(by, today=today, **said)
    page = Paginator(found.lines, PER_PAGE).get_page(number)
    every = not said["show"]
    context = {
        "title": "家站活跃度",
        **said,
        "board": found,
        "page": page,
        "lines": [(line, list(cells(line, said["year"]))) for line in page],
        "ways": [(way, list(way_cells(way, said["year"], said["area"]))) for way in found.ways],
        "sums": list(sum_cells(found, said["year"], said["area"], all_shown=every)),
        "shows": SHOWS,
        "orders": queries.ORDERS,
        "years": (today.year, today.year - 1),
        "townships": townships() if by.at_the_desk else [],
        "as_of": clock.now(),
    }
    return frames.shown(request, "stations/board.html", context)


@require_safe
@in_an_office
def board_sheet(request: Request) -> HttpResponse:
    """The same two tables to be taken along."""
    said, today = _asked_for(request), clock.today()
    said.pop("page")
    found = queries.board(request.actor, today=today, **said)
    tables = [Sheet("各家站", queries.HEAD, queries.sheet(found))]
    if found.ways:
        tables.append(Sheet("民情按途径", ROUTE_HEAD, ways_sheet(found.ways)))
    title = f"{said['year']} 年家站活跃度（截至 {today.month} 月 {today.day} 日）"
    return as_download(workbook_of(tables, title=title), f"{said['year']}年家站活跃度.xlsx")
