"""名册导入: upload, look, put aside; the pages stand in the admin's frame."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import UNPROCESSABLE, Request, fragment
from congress.shared.models import Area
from deputies.actions import roster
from deputies.forms.roster import UploadForm
from deputies.models import RosterImport
from deputies.permissions.roster import (
    why_not_apply,
    why_not_drop,
    why_not_export_faults,
    why_not_tell_apart,
    why_not_upload,
)
from deputies.queries import import_rows, imports
from deputies.rules import UNDO_DAYS
from deputies.states import ImportState, SheetKind

PER_PAGE = 50
ACTS = {
    SheetKind.ROSTER: {"apply": "stations:apply_roster", "undo": "stations:undo_roster"},
    "table": {"apply": "deputies:apply_table", "undo": "deputies:undo_table"},
}
"""The verbs of a preview: a roster's stations are settled above (decision 6)."""


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def upload(request: Request) -> HttpResponse:
    """上传名册: a file that cannot be read comes back as a sentence beside the field."""
    today = clock.today()
    first = imports.first_day(Area.objects.county(), today)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        until=imports.last_day(today),
        initial={"elected_on": first, "kind": request.GET.get("kind") or SheetKind.ROSTER},
    )
    if request.method == "POST" and form.is_valid():
        file, kind = form.cleaned_data["file"], SheetKind(form.cleaned_data["kind"])
        facts = {"file_name": file.name, "elected_on": form.cleaned_data["elected_on"] or today}
        try:
            batch = roster.upload(file.read(), **facts, kind=kind, by=request.actor)
            return redirect("deputies:preview", batch.pk)
        except Refused as refusal:
            form.add_error("elected_on" if "日期" in refusal.reason else "file", refusal.reason)
    context = {
        "title": "名册导入",
        "form": form,
        "refusal": why_not_upload(request.actor),
        "past": RosterImport.objects.visible_to(request.actor).recent(),
    }
    status = UNPROCESSABLE if form.errors else 200
    return framed(request, "deputies/roster_upload.html", context, status=status)


def _one(request: Request, pk: int) -> RosterImport:
    return get_object_or_404(RosterImport.objects.visible_to(request.actor), pk=pk)


@require_safe
@at_the_desk
def preview(request: Request, pk: int) -> HttpResponse:
    """预览: nothing is written; errors first, and the button says what it will do."""
    batch, today = _one(request, pk), clock.today()
    if batch.state == ImportState.MATCHING:
        return redirect("deputies:match_columns", pk)
    if batch.state in (ImportState.WAITING, ImportState.APPLYING):
        template = fragment(request, "deputies/roster_wait.html", "progress")
        return framed(request, template, {"title": "名册导入", "batch": batch})
    if request.htmx:  # the waiting is over: the page it waited on shows what came of it
        return HttpResponse(headers={"HX-Refresh": "true"})
    seen = imports.summary(batch, today)
    tabs = imports.tabs(seen)
    tab = request.GET.get("tab") or ("look" if seen.total > seen.counts["same"] else "all")
    if tab not in {code for code, _, _ in tabs}:
        raise Http404
    missing = tab == imports.ABSENT
    rows = imports.absent(batch, today) if missing else imports.of_tab(batch, tab)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": f"{batch.get_kind_display()}：导入预览",
        "undo_days": UNDO_DAYS.on(today),
        "batch": batch,
        "seen": seen,
        "tab": tab,
        "tabs": tabs,
        "acts": ACTS[SheetKind.ROSTER if batch.kind == SheetKind.ROSTER else "table"],
        "page": page,
        "rows": [] if missing else import_rows.shown(batch, page.object_list),
        "refusal": why_not_apply(request.actor, batch)
        or (None if seen.to_write else "没有新增和变更，不用导入。"),
        "no_drop": why_not_drop(request.actor, batch),
        "no_mend": why_not_tell_apart(request.actor, batch),
        "no_download": why_not_export_faults(request.actor),
    }
    return framed(request, "deputies/roster_preview.html", context)


@require_POST
@at_the_desk
def drop(request: Request, pk: int) -> HttpResponse:
    """放弃: the sheet is put aside."""
    batch = roster.drop(_one(request, pk), by=request.actor)
    messages.success(request, f"已放弃“{batch.file_name}”，名册没有改动。")
    return redirect("deputies:upload")
