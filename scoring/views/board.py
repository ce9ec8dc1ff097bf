"""积分排名: for the desk every congress; for convenors and townships their own people."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request, as_download
from congress.shared.roles import Role
from deputies.models import DeputyGroup
from scoring.forms.board import BoardForm, DayForm
from scoring.queries import board as ranking
from scoring.queries.board import Within
from scoring.sheets import board_xlsx

PER_PAGE = 50
NOBODYS = 0
"""The group of a convenor who leads none: no row has this number."""


@require_safe
@at_the_desk
def board(request: Request) -> HttpResponse:
    """积分排名: one congress, one year, fifty a page; the sheet has what the filters show."""
    groups = DeputyGroup.objects.standing(clock.today()).select_related("area")
    form = BoardForm(
        request.GET,
        years=ranking.years(clock.today()),
        assemblies=ranking.congresses(),
        groups=groups.in_bulk(),
    )
    return _board(request, form, form.within(), "scoring/board.html")


@require_safe
def own_board(request: Request) -> HttpResponse:
    """本组名次、本乡镇名次: whom a convenor leads, or who belongs to the clerk's township."""
    by, today = request.actor, clock.today()
    if not by.is_a(Role.CONVENOR, Role.TOWNSHIP_CLERK):
        raise Http404
    groups = DeputyGroup.objects.visible_to(by).standing(today).select_related("area").in_bulk()
    form = BoardForm(
        request.GET,
        years=ranking.years(today),
        assemblies=ranking.congresses_of(by.area_id),
        groups=groups,
        without=("area",) if len(groups) > 1 else ("area", "group"),
    )
    within = replace(form.within(), area=by.area_id)
    if by.is_a(Role.CONVENOR) and within.group not in groups:
        within = replace(within, group=next(iter(groups), NOBODYS))
    chosen = groups.get(within.group or NOBODYS)
    circle = str(chosen) if chosen else by.post.organisation.area.name if by.post else ""
    return _board(request, form, within, "scoring/own_board.html", circle=f"{circle}：")


def _board(
    request: Request, form: BoardForm, within: Within, template: str, *, circle: str = ""
) -> HttpResponse:
    today = clock.today()
    day = DayForm(request.GET, today=today)
    on = day.past()
    assembly, year, name = form.choice(on or today)
    found = (
        ranking.board(assembly, year, today, name=name, within=within, on=on) if assembly else []
    )
    title = f"{circle}{assembly} {year} 年积分排名" if assembly else "积分排名"
    if "export" in request.GET and not day.slip:
        said = f"{title}（{on.year} 年 {on.month} 月 {on.day} 日）" if on else title
        return as_download(board_xlsx(found, title=said, by=form.part()), f"{said}.xlsx")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {"title": "积分排名", "form": form, "page": page, "on": on}
    context |= {"assembly": assembly, "year": year, "part": form.part(), "count": len(found)}
    context |= {"slip": day.slip, "circle": circle}
    show = framed if request.actor.at_the_desk else render
    return show(request, template, context, status=400 if day.slip else 200)
