"""十星: the deputy's own, the office's board with the people behind each number, the evidence."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress.shared import clock, pictures
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request, as_download, year_named
from congress.shared.models import Assembly
from congress.shared.pictures import StarSign
from congress.shared.workbook import workbook
from deputies.models import Deputy, Mandate
from scoring.forms.stars import BoardFilterForm
from scoring.models import Star
from scoring.queries import star_board as boards
from scoring.queries.star_rows import evidence_of
from scoring.queries.star_year import StarYear, past_years, span_so_far, star_year

PER_PAGE = 50


def _assemblies(deputy: Deputy) -> list[Assembly]:
    """Where the deputy sits today, the highest level last; the county's congress first."""
    seats = Mandate.objects.running(clock.today()).filter(deputy=deputy)
    rows = seats.select_related("term__assembly__level").order_by("-term__assembly__level__rank")
    found = {seat.term.assembly: None for seat in rows}
    return sorted(found, key=lambda each: each.level.code != "county")


def _drawn(year: StarYear) -> dict[str, object]:
    signs = [StarSign(line.name, line.lit) for line in year.lines]
    return {
        "stars": year,
        "wide": pictures.ten_stars(signs),
        "narrow": pictures.ten_stars(signs, narrow=True),
    }


def _page(request: Request, deputy: Deputy, **more: object) -> dict[str, object]:
    today = clock.today()
    assemblies = _assemblies(deputy)
    return {
        "deputy": deputy,
        "years": [_drawn(star_year(deputy, each, today.year, today)) for each in assemblies],
        "several": len(assemblies) > 1,
        "past": past_years(deputy),
        **more,
    }


@require_safe
def my_stars(request: Request) -> HttpResponse:
    """我的星: 今年已亮几颗, 还差什么, and the years before."""
    deputy = get_object_or_404(Deputy, user=request.user)
    return render(request, "scoring/my_stars.html", _page(request, deputy, title="我的星"))


@require_safe
@at_the_desk
def stars_of(request: Request, pk: int) -> HttpResponse:
    """One deputy's stars, for the office."""
    deputy = get_object_or_404(Deputy, pk=pk)
    context = _page(request, deputy, title=f"{deputy.name}的星", office=True)
    return framed(request, "scoring/stars_of.html", context)


def _evidence(deputy: Deputy, code: str, year: int, assembly_id: str) -> dict[str, object]:
    today = clock.today()
    star = get_object_or_404(Star, code=code)
    assemblies = {str(each.pk): each for each in Assembly.objects.filter(
        pk__in=Mandate.objects.filter(deputy=deputy).values("term__assembly")
    )}  # fmt: skip
    chosen = assemblies.get(assembly_id) or next(iter(_assemblies(deputy)), None)
    if chosen is None:
        raise Http404
    span = span_so_far(chosen, year, today)
    found = star_year(deputy, chosen, year, today)
    return {
        "title": f"{star.name}的依据",
        "star": star,
        "line": next((line for line in found.lines if line.code == code), None),
        "year": year,
        "span": span,
        "rows": evidence_of(code, deputy, chosen, span, today),
        "deputy": deputy,
    }


def _year(request: Request) -> int:
    said = request.GET.get("year", "")
    if not said:
        return clock.today().year
    year = year_named(said)
    if not year:
        raise BadRequest
    return year


@require_safe
def star_rows(request: Request, code: str) -> HttpResponse:
    """星的依据: the records behind one of one's own stars."""
    deputy = get_object_or_404(Deputy, user=request.user)
    found = _evidence(deputy, code, _year(request), request.GET.get("assembly", ""))
    return render(request, "scoring/star_rows.html", {**found, "back": reverse("scoring:my_stars")})


@require_safe
@at_the_desk
def star_rows_of(request: Request, pk: int, code: str) -> HttpResponse:
    """The same for the office."""
    deputy = get_object_or_404(Deputy, pk=pk)
    found = _evidence(deputy, code, _year(request), request.GET.get("assembly", ""))
    back = reverse("scoring:stars_of", args=[pk])
    return framed(request, "scoring/star_rows_of.html", {**found, "back": back, "office": True})


def _asked_for(request: Request) -> dict[str, Any]:
    form = BoardFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    return form.cleaned_data


@require_safe
@at_the_desk
def star_board(request: Request) -> HttpResponse:
    """亮星榜: townships against stars; every number leads to its people."""
    said, known = _asked_for(request), boards.cycles()
    cycle = next((each for each in known if each.pk == said["cycle"]), None)
    cycle = cycle or next(iter(known), None)
    board = boards.star_board(cycle, clock.today()) if cycle else None
    areas = [] if board is None else [_row(each, board) for each in board.areas()]
    context = {"title": "亮星榜", "cycles": known, "cycle": cycle, "board": board, "areas": areas}
    return framed(request, "scoring/star_board.html", context)


def _row(area: boards.AreaLine, board: boards.StarBoard) -> dict[str, object]:
    return {
        "area_id": area.area_id,
        "name": area.name,
        "people": area.people,
        "stars": [(star.code, area.of_star.get(star.code, 0)) for star in board.stars],
        "counts": [(count, area.with_count.get(count, 0)) for count in board.counts],
    }


@require_safe
@at_the_desk
def star_list(request: Request) -> HttpResponse:
    """The people behind one number of the board, and as a sheet."""
    said, known = _asked_for(request), boards.cycles()
    cycle = next((each for each in known if each.pk == said["cycle"]), None)
    if cycle is None:
        raise Http404
    board = boards.star_board(cycle, clock.today())
    star = next((each for each in board.stars if each.code == said["star"]), None)
    lines = board.within(
        area=said["area"] or 0,
        star=star.code if star else "",
        lit=said["lit"] != "0",
        count=said["count"],
    )
    name = said["q"].replace(" ", "")
    lines = [line for line in lines if name in line.name]
    what = "、".join(_filters(said, star, board))
    title = f"{cycle}亮星名单{f'（{what}）' if what else ''}"
    if "export" in request.GET:
        head = (*boards.HEAD, *(each.name for each in board.stars))
        sheet = workbook("亮星名单", head, boards.table(board, lines), title=title)
        return as_download(sheet, f"{title}.xlsx")
    context = {
        "title": title,
        "board": board,
        "page": Paginator(lines, PER_PAGE).get_page(said["page"] or 1),
        "q": said["q"],
        "said": {
            name: value
            for name, value in said.items()
            if name not in {"q", "page"} and value not in {None, ""}
        },
    }
    return framed(request, "scoring/star_list.html", context)


def _filters(said: dict[str, Any], star: Star | None, board: boards.StarBoard) -> list[str]:
    area = next((each.name for each in board.areas() if each.area_id == said["area"]), "")
    found = [area] if area and said["area"] else []
    if star:
        found.append(f"{star.name}{'没有亮' if said['lit'] == '0' else '亮了'}")
    if said["count"] is not None:
        found.append(f"{said['count']} 颗星")
    return found
