"""家站台账 at the desk, and one place's file for whoever runs it."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import PDF, Request, as_download
from congress.shared.workbook import workbook
from stations import documents
from stations.forms.fittings import SHOWS, PaperForm, RegisterFilterForm
from stations.permissions.fittings import why_not_check_station, why_not_publish_wall
from stations.permissions.places import (
    why_not_close_station,
    why_not_describe_station,
    why_not_open_station,
)
from stations.permissions.postings import why_not_post_deputy
from stations.queries import postings
from stations.queries import register as queries
from stations.queries.hours import reception_words
from stations.queries.rota import stations_of

PER_PAGE = 40


def _asked_for(request: Request) -> dict[str, Any]:
    form = RegisterFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    return form.cleaned_data


def _rows(asked_for: dict[str, Any]) -> list[queries.Row]:
    words = {name: asked_for[name] for name in ("area", "q", "show")}
    return queries.rows(clock.today(), **words)


@require_safe
@at_the_desk
def register(request: Request) -> HttpResponse:
    """家站台账: what is missing where stands out."""
    asked_for, today = _asked_for(request), clock.today()
    rows = _rows(asked_for)
    page = Paginator(rows, PER_PAGE).get_page(asked_for["page"] or 1)
    context = {
        "title": "家站台账",
        **asked_for,
        "page": page,
        "rows": rows,
        "shows": SHOWS,
        "townships": queries.townships(),
        "nowhere": len(postings.nowhere(today)),
        "year": today.year,
        "lacking": sum(bool(row.lacks) for row in rows),
        "unchecked": sum(not row.checked for row in rows),
        "refusal": why_not_open_station(request.actor),
    }
    return framed(request, "stations/register.html", context)


@require_safe
@at_the_desk
def register_sheet(request: Request) -> HttpResponse:
    """The same places as a sheet, in the form that the import takes."""
    rows = _rows(_asked_for(request))
    book = workbook("家站", queries.HEAD, queries.sheet(rows))
    return as_download(book, "家站台账.xlsx")


@require_safe
def station_file(request: Request, pk: int) -> HttpResponse:
    """一个家站: 六有, what hangs on the walls, who serves there and who did."""
    rows = stations_of(request.actor).select_related("area", "group", "keeper", "successor")
    station, today, by = get_object_or_404(rows, pk=pk), clock.today(), request.actor
    now, before = queries.spells(station, today)
    check, marks = queries.last_marks(station)
    context = {
        "title": station.name,
        "station": station,
        "reception": reception_words(station, today),
        "now": now,
        "before": before,
        "check": check,
        "marks": marks,
        "standards": queries.standards(today),
        "late": check is None or check.checked_on.year < today.year,
        "year": today.year,
        "walls": queries.walls(today),
        "no_check": why_not_check_station(by, station),
        "no_close": why_not_close_station(by, station, today=today),
        "no_describe": why_not_describe_station(by),
        "no_post": why_not_post_deputy(by, station=station, today=today),
    }
    if by.at_the_desk:
        return framed(request, "stations/station_file.html", context)
    frame = {"frame": "stations/frame.html"}
    return render(request, "stations/station_file.html", {**context, **frame})


@require_safe
@at_the_desk
def walls(request: Request) -> HttpResponse:
    """上墙制度: each with its version in force."""
    context = {
        "title": "上墙制度",
        "walls": queries.walls(clock.today()),
        "refusal": why_not_publish_wall(request.actor),
    }
    return framed(request, "stations/walls.html", context)


@require_safe
def wall_poster(request: Request, pk: int, document: int) -> HttpResponse:
    """制度上墙: one document for one station's wall, A3 or A4."""
    station = get_object_or_404(stations_of(request.actor).select_related("area"), pk=pk)
    form = PaperForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    found = [wall for wall in queries.walls(clock.today()) if wall.pk == document and wall.number]
    if not found:
        raise Http404
    paper = form.cleaned_data["paper"] or "a4"
    made = documents.wall_pdf(station, found[0], paper)
    return as_download(made, f"{station}{found[0].title}{paper.upper()}.pdf", PDF)
