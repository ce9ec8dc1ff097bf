"""小组表、双联安排表: a previewed table is confirmed, and taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from deputies.actions import tables
from deputies.models import RosterImport
from deputies.permissions.roster import why_not_undo_table
from deputies.queries import imports


@require_POST
@at_the_desk
def apply_table(request: Request, pk: int) -> HttpResponse:
    """确认导入: back on the preview page, which now says who imported it and when."""
    batch = get_object_or_404(RosterImport.objects.visible_to(request.actor), pk=pk)
    tables.apply_table(batch, by=request.actor, today=clock.today())
    messages.success(request, f"“{batch.file_name}”已导入。")
    return redirect("deputies:preview", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def undo_table(request: Request, pk: int) -> HttpResponse:
    """撤回导入: what it will touch is shown before it is asked for."""
    batch = get_object_or_404(RosterImport.objects.visible_to(request.actor), pk=pk)
    if request.method == "POST":
        batch = tables.undo_table(batch, by=request.actor, today=clock.today())
        messages.success(request, f"已{batch.problem}。")
        return redirect("deputies:preview", pk)
    context = {
        "title": "撤回导入",
        "batch": batch,
        "touched": imports.touched_by_table(batch),
        "stays": "导入以后又用手改过的，会原样保留，撤回以后列出来。",
        "refusal": why_not_undo_table(request.actor, batch, now=clock.now()),
    }
    return framed(request, "deputies/undo_import.html", context)
