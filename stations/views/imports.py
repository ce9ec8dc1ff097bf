"""导入家站表: looked at first, written when confirmed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congress.shared import clock
from congress.shared.asking import asked, refused_in, status_of
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import Request
from stations.actions import place_sheet
from stations.forms.imports import StationsForm
from stations.models import StationImport
from stations.permissions.places import why_not_import_stations, why_not_undo_stations
from stations.queries.place_sheet import Judged, Row, Verdict, judged, recent_sheets

SALT = "stations.import"
KEPT_SECONDS = 3600
"""How long a preview may be confirmed."""
WRITTEN = (Verdict.NEW, Verdict.CHANGED)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def import_stations(request: Request) -> HttpResponse:
    """导入家站表: errors first, changes old and new; the rows without error come in."""
    by, today = request.actor, clock.today()
    refusal = why_not_import_stations(by)
    if "rows" in request.POST:
        rows = _confirmed(request.POST["rows"])
        fresh, count = place_sheet.import_stations(rows, by=by, today=today)
        messages.success(request, f"已导入：新设 {fresh} 个，更新 {count - fresh} 个。")
        return redirect("stations:register")
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StationsForm(*posted)
    context = {
        "title": "导入家站表",
        "form": form,
        "refusal": refusal,
        "back": reverse("stations:register"),
        "batches": recent_sheets(request.actor, clock.now()),
    }
    if form.is_valid() and not refusal:
        file = form.cleaned_data["file"]
        try:
            found = judged(file.read(), file.name, today)
            return framed(request, "stations/import_stations.html", {**context, **_shown(found)})
        except Refused as no:
            refused_in(form, "file", no)
    return framed(request, "stations/import_stations.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def undo_stations(request: Request, pk: int) -> HttpResponse:
    """撤回家站表: what it will touch is said before it is done."""
    batch = get_object_or_404(StationImport.objects.select_related("applied_by"), pk=pk)
    back = reverse("stations:import_stations")

    def act() -> tuple[str, str]:
        return f"已{place_sheet.undo_stations(batch, by=request.actor).outcome}。", back

    on = timezone.localtime(batch.applied_at)
    words: dict[str, Any] = {
        "title": "撤回家站表",
        "verb_label": "撤回",
        "lead": f"{batch.applied_by.name} {on:%Y 年 %-m 月 %-d 日 %H:%M}导入：{batch}。"
        "更新过的改回原来的；新设的没有人用就去掉。后来又改过的、已经有代表、站长或者接待日的保留，"
        "撤回以后列出名单。",
        "refusal": why_not_undo_stations(request.actor, batch, now=clock.now()),
    }
    form = forms.Form(request.POST if request.method == "POST" else None)
    return asked(request, form, act, template="stations/place_ask.html", back=back, **words)


def _status(form: forms.Form) -> int:
    return status_of(form) if form.is_bound else 200


def _shown(found: list[Judged]) -> dict[str, object]:
    """Errors first; what will be written goes along, signed."""
    order = list(Verdict)
    rows = [[*one.row] for one in found if one.row and one.verdict in WRITTEN]
    return {
        "found": sorted(found, key=lambda one: (order.index(one.verdict), one.number)),
        "counts": [(each.label, sum(one.verdict == each for one in found)) for each in order],
        "count": len(rows),
        "rows": signing.dumps(rows, salt=SALT, compress=True),
    }


def _confirmed(words: str) -> list[Row]:
    try:
        rows = signing.loads(words, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        raise Refused("预览已经过期，请重新上传表格。") from None
    return [Row(*row) for row in rows]
