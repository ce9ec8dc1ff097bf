"""评先表优: the committee's list of a year, from the order of the rule to the published page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import framed
from congress.shared.errors import Refused
from congress.shared.http import (
    PDF,
    UNPROCESSABLE,
    Request,
    as_download,
    open_page,
    row_number,
)
from congress.shared.roles import Role
from congress.shared.workbook import workbook
from scoring.actions import commendation as verbs
from scoring.case_papers import commendation_pdf
from scoring.forms.commendation import ConfirmForm
from scoring.models import CommendationList, ReviewCycle
from scoring.permissions import why_not_confirm_commendation, why_not_publish_commendation
from scoring.queries import commendation as queries

HEAD = ("参考次序", "姓名", "代表团", "等次", "星数", "年度积分")


def _inside(request: Request) -> None:
    """Before it is published the office and the leaders alone know of a list."""
    if not (request.actor.at_deputy_office or request.actor.is_a(Role.LEADER)):
        raise Http404


def _cycle(request: Request, pk: int) -> ReviewCycle:
    _inside(request)
    rows = ReviewCycle.objects.visible_to(request.actor).select_related("assembly")
    return get_object_or_404(rows, pk=pk)


@require_safe
def commendations(request: Request) -> HttpResponse:
    """评先表优: each year's list, and the years that have none yet."""
    _inside(request)
    shelf = queries.shelf(request.actor)
    context = {"title": "评先表优、推荐留任参考", "shelf": shelf}
    return framed(request, "scoring/commendations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_commendation(request: Request, pk: int) -> HttpResponse:
    """确定名单: everybody in the order of the rule, the proposed ones ticked."""
    cycle = _cycle(request, pk)
    if hasattr(cycle, "commendation"):
        return redirect("scoring:commendation", cycle.pk)
    rows = queries.candidates(cycle)
    proposed = {row.pk for row in queries.proposed(cycle, rows)}
    sent = request.method == "POST"
    chosen = {row_number(each) for each in request.POST.getlist("chosen")} if sent else proposed
    form, status = ConfirmForm(request.POST if sent else None), 200
    if form.is_valid():
        try:
            said = {**form.cleaned_data, "by": request.actor}
            found = verbs.confirm_commendation(cycle, chosen=chosen, **said)
            messages.success(request, f"名单已确定，{len(chosen)} 人。公布以前只有内部看得到。")
            return redirect("scoring:commendation", found.cycle_id)
        except Refused as no:
            form.add_error(None, no.reason)
            status = 409
    elif sent:
        status = UNPROCESSABLE
    bounds = queries.bounds(cycle)
    near = [row for row in rows if row.merit.grade <= bounds.grade or row.pk in chosen]
    context = {
        "title": f"{cycle} · 评先表优",
        "cycle": cycle,
        "form": form,
        "rows": rows,
        "parts": [(near, ""), ([row for row in rows if row not in near], "rest")],
        "chosen": chosen,
        "proposed": proposed,
        "bounds": bounds,
        "lowest": queries.lowest_words(bounds),
        "order": queries.order_words(cycle),
        "refusal": why_not_confirm_commendation(request.actor, cycle),
    }
    return framed(request, "scoring/confirm_commendation.html", context, status=status)


def _found(request: Request, pk: int) -> CommendationList:
    _inside(request)
    rows = CommendationList.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("cycle__assembly", "confirmed_by"), cycle=pk)


@require_safe
def commendation(request: Request, pk: int) -> HttpResponse:
    """一年的表扬名单, with its papers."""
    found = _found(request, pk)
    rows = queries.listed(found)
    if "export" in request.GET:
        cells = [
            (row.turn, row.name, row.delegation, row.grade, row.stars, row.points) for row in rows
        ]
        sheet = workbook("表扬名单", HEAD, cells, title=f"{found}（{found.minute}）")
        return as_download(sheet, f"{found}.xlsx")
    context = {
        "title": f"{found.cycle} · 评先表优",
        "found": found,
        "rows": rows,
        "refusal": why_not_publish_commendation(request.actor, found),
    }
    return framed(request, "scoring/commendation.html", context)


@require_safe
def commendation_paper(request: Request, pk: int) -> HttpResponse:
    """表扬名单 as an official sheet; before it is published it says so."""
    found = _found(request, pk)
    paper = commendation_pdf(found, queries.honoured(found))
    return as_download(paper, f"{found}.pdf", PDF)


@require_POST
def publish_commendation(request: Request, pk: int) -> HttpResponse:
    """公布名单."""
    found = _found(request, pk)
    verbs.publish_commendation(found, by=request.actor, today=clock.today())
    messages.success(request, "名单已公布，名单上的代表会收到通知。")
    return redirect("scoring:commendation", found.cycle_id)


@open_page
def commended(request: Request, pk: int) -> HttpResponse:
    """公布的表扬名单: a list of equals, for everybody."""
    rows = CommendationList.objects.published().select_related("cycle__assembly")
    found = get_object_or_404(rows, cycle=pk)
    context = {"found": found, "people": queries.honoured(found)}
    return render(request, "scoring/commended.html", context)
