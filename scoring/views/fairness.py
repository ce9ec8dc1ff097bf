"""机会公平: what everybody was called to, and whom the organisers left out; for the desk."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request, as_download
from congress.shared.workbook import workbook
from deputies.models import DeputyGroup
from scoring.forms.board import BoardForm
from scoring.queries import board as ranking
from scoring.queries import chances as queries
from scoring.queries import gaps as organisers

PER_PAGE = 50
NOT_BY_ORGANISER = ("q", "area", "group", "cohort", "category")
HEAD = (
    "姓名",
    "代表小组",
    "受邀",
    "到场",
    "请假",
    "缺席",
    "到场率",
    "实际多半在",
    "得分 / 可得分",
    "同组一般受邀",
    "提示",
)
GAP_HEAD = ("组织方", "活动", "邀请人次", "请到的代表", "应请的代表", "从来没有受邀的代表")


def _form(request: Request, *without: str) -> BoardForm:
    groups = DeputyGroup.objects.standing(clock.today()).select_related("area")
    return BoardForm(
        request.GET,
        years=ranking.years(clock.today()),
        assemblies=ranking.congresses(),
        groups=groups.in_bulk(),
        without=without,
    )


@require_safe
@at_the_desk
def chances(request: Request) -> HttpResponse:
    """机会: came, of what one was called to; a small count has a wide band."""
    form, today = _form(request, "category"), clock.today()
    assembly, year, name = form.choice(today)
    found = queries.chances(assembly, year, today) if assembly else None
    rows = queries.rows(found, today, within=form.within(), name=name) if found else []
    title = f"{assembly} {year} 年受邀和到场"
    if "export" in request.GET:
        return as_download(
            workbook("受邀和到场", HEAD, map(_cells, rows), title=title), f"{title}.xlsx"
        )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {"title": "机会公平", "form": form, "page": page}
    context |= {"assembly": assembly, "year": year, "count": len(rows), "tab": "chances"}
    context |= {"compared": queries.compared(found) if found else []}
    return framed(request, "scoring/chances.html", context)


def _cells(row: queries.ChanceRow) -> tuple[object, ...]:
    own = row.chance
    counts = (own.called, own.came, own.leave, own.absent)
    hint = "受邀明显偏少，是组织方的缺口" if row.left_out else ""
    return (row.name, row.group, *counts, row.share, row.band, row.points, row.peers, hint)


@require_safe
@at_the_desk
def gaps(request: Request) -> HttpResponse:
    """组织方缺口: whom each organiser never called, and who was called far less than the others."""
    form, today = _form(request, *NOT_BY_ORGANISER), clock.today()
    assembly, year, _ = form.choice(today)
    found = queries.chances(assembly, year, today) if assembly else None
    lines = organisers.gaps(found) if found else []
    title = f"{assembly} {year} 年组织方缺口"
    if "export" in request.GET:
        return as_download(
            workbook("组织方缺口", GAP_HEAD, map(_gap_cells, lines), title=title), f"{title}.xlsx"
        )
    seldom = organisers.seldom_called(found, today) if found else []
    page = Paginator(seldom, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {"title": "组织方缺口", "form": form, "gaps": lines, "page": page}
    context |= {"assembly": assembly, "year": year, "count": len(seldom), "tab": "gaps"}
    return framed(request, "scoring/gaps.html", context)


def _gap_cells(gap: organisers.Gap) -> tuple[object, ...]:
    names = "、".join(each.name for each in gap.never)
    return (gap.name, gap.activities, gap.places, gap.reached, gap.of, names)
