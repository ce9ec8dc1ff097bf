"""名册导入 between upload and confirmation: headers are matched, rows mended, namesakes told."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared.asking import refused_in, status_of
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import Request, as_download
from deputies.actions import exports, roster
from deputies.forms.matching import MatchForm
from deputies.models import RosterImport, RosterRow
from deputies.permissions.roster import why_not_match_columns
from deputies.states import ImportState, SameOrNot


def _batch(request: Request, pk: int) -> RosterImport:
    return get_object_or_404(RosterImport.objects.visible_to(request.actor), pk=pk)


def _row(request: Request, pk: int, number: int) -> RosterRow:
    return get_object_or_404(_batch(request, pk).rows.select_related("batch"), number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def match_columns(request: Request, pk: int) -> HttpResponse:
    """对列名: what is matched here is remembered for the next sheet."""
    batch = _batch(request, pk)
    if batch.state != ImportState.MATCHING:
        return redirect("deputies:preview", pk)
    form = MatchForm(request.POST or None, layout=batch.layout, kind=batch.kind)
    if form.is_valid():
        try:
            roster.match_columns(batch, **form.facts, by=request.actor)
            messages.success(request, "列名对好了，下次同样的列名不用再对。")
            return redirect("deputies:preview", pk)
        except Refused as no:
            refused_in(form, None, no)
    refusal = why_not_match_columns(request.actor, batch)
    context = {"title": "对列名", "batch": batch, "form": form, "refusal": refusal}
    status = status_of(form)
    return framed(request, "deputies/roster_match.html", context, status=status)


@require_POST
@at_the_desk
def mend_row(request: Request, pk: int, number: int) -> HttpResponse:
    """改这一行: by a proposal's button or by hand."""
    row = _row(request, pk, number)
    cells = {
        name.removeprefix("cell:"): str(value)
        for name, value in request.POST.items()
        if name.startswith("cell:")
    }
    row = roster.mend_row(row, cells=cells, by=request.actor)
    if row.fault:
        messages.warning(request, f"第 {number} 行已改，还有错：{row.fault}")
    else:
        messages.success(request, f"第 {number} 行改好了，判为“{row.get_verdict_display()}”。")
    return redirect("deputies:preview", pk)


@require_POST
@at_the_desk
def restore_row(request: Request, pk: int, number: int) -> HttpResponse:
    """还原这一行: as the file said it."""
    roster.restore_row(_row(request, pk, number), by=request.actor)
    messages.success(request, f"第 {number} 行已还原。")
    return redirect("deputies:preview", pk)


@require_POST
@at_the_desk
def tell_apart(request: Request, pk: int, number: int) -> HttpResponse:
    """是不是同一人: a person has looked."""
    alike = request.POST.get("alike", "")
    if alike not in SameOrNot.values:
        return redirect("deputies:preview", pk)
    row = roster.tell_apart(_row(request, pk, number), alike=SameOrNot(alike), by=request.actor)
    messages.success(request, f"第 {number} 行：{row.get_alike_display()}。")
    return redirect("deputies:preview", pk)


@require_POST
@at_the_desk
def export_faults(request: Request, pk: int) -> HttpResponse:
    """下载错误行: to be put right in the sheet and uploaded again."""
    batch = _batch(request, pk)
    book = exports.export_faults(batch, by=request.actor)
    return as_download(book, f"{batch.file_name.rpartition('.')[0]}—错误行.xlsx")
