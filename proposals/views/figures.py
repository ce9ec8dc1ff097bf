"""统计: a year in numbers, each with the list that it counts, and the yearly report."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import framed, in_an_office
from congress.shared.http import Request, as_download
from proposals import figure_papers
from proposals.counting import counted
from proposals.figures import DIMENSIONS
from proposals.measures import MEASURES
from proposals.queries import figure_page, statistics
from proposals.queries.clocks import Clock
from proposals.queries.congresses import congress_of
from proposals.queries.satisfaction import HOW, batches, in_short
from proposals.views.filtering import begun_year_of

ON_A_PAGE = 50


@require_safe
@in_an_office
def figures(request: Request) -> HttpResponse:
    """办理统计: one year of this office, in numbers that lead to their lists."""
    today = clock.today()
    bare = statistics.newest(request.actor, today) if "year" not in request.GET else None
    year = _year(request, bare)
    groups = figure_page.groups(year, counted(year.cases))
    tables = figure_page.tables(year)
    rated = batches(year.year, congress_of(request.actor))
    context: dict[str, object] = {
        "title": "办理统计",
        "year": year.year,
        "years": statistics.years(request.actor, today),
        "today": today,
        "none_yet": bare is not None and bare < today.year,
        "empty": not year.cases,
        "groups": groups,
        "tables": tables,
        "jumps": figure_page.jumps([each.jump for each in groups], tables),
        "batches": rated,
        "rated": in_short(rated),
        "how_satisfied": HOW,
    }
    return framed(request, "proposals/figures.html", context)


@require_safe
@in_an_office
def figure_list(request: Request) -> HttpResponse:
    """一个数数的是哪些: the very items, so many as the number says."""
    year, key, dimension, place = _asked(request)
    found = figure_page.listed(year, key, dimension, place)
    context: dict[str, object] = {
        "title": "统计明细",
        "measure": MEASURES[key],
        "year": year.year,
        "where": year.names[dimension][place] if dimension else "",
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return framed(request, "proposals/figure_list.html", context)


@require_safe
@in_an_office
def figure_list_export(request: Request) -> HttpResponse:
    """导出一个数数的是哪些."""
    year, key, dimension, place = _asked(request)
    found = figure_page.listed(year, key, dimension, place)
    name = f"{year.year} 年{MEASURES[key].name}.xlsx".replace("：", "-")
    return as_download(figure_papers.list_book(MEASURES[key], found), name)


@require_safe
@in_an_office
def figures_export(request: Request) -> HttpResponse:
    """统计表: the page's figures with their definitions, as a spreadsheet."""
    report = _report(request)
    return as_download(figure_papers.report_book(report), f"{report.year} 年办理统计.xlsx")


@require_safe
@in_an_office
def figures_report(request: Request) -> HttpResponse:
    """关于××年代表建议办理情况的报告, as it stands today."""
    report = _report(request)
    answer = HttpResponse(figure_papers.report_pdf(report), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="report-{report.year}.pdf"'
    return answer


def _report(request: Request) -> figure_papers.Report:
    year, congress = _year(request), congress_of(request.actor)
    found = batches(year.year, congress)
    return figure_papers.report(year, congress, found, clock.today())


def _year(request: Request, bare: int | None = None) -> statistics.Year:
    """The year of the address, or `bare`, or this one."""
    today = clock.today()
    year = begun_year_of(request, today, bare=bare)
    return statistics.load(request.actor, year, Clock.on(today))


def _asked(request: Request) -> tuple[statistics.Year, str, str, str]:
    """Year, number and place; an address of no number or place of ours leads nowhere."""
    key, dimension = request.GET.get("count", ""), request.GET.get("by", "")
    if key not in MEASURES or (dimension and dimension not in DIMENSIONS):
        raise Http404
    year, place = _year(request), request.GET.get("of", "")
    if dimension and place not in year.names[dimension]:
        raise Http404
    return year, key, dimension, place
