"""履职档案: one's own files, the download, and the public page that says true or false."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from congress.shared.http import Request
from scoring.models import Archive
from scoring.queries import archive as queries

NOT_FOUND = 404


@require_safe
def archive(request: Request) -> HttpResponse:
    """我的档案: year by year, with the grade and the stars."""
    return render(request, "scoring/archive.html", {"years": queries.own_years(request.actor)})


@require_safe
def duty_file(request: Request, pk: int) -> FileResponse:
    """下载: the sealed file itself, to its deputy and to the office."""
    rows = Archive.objects.visible_to(request.actor).select_related("grading__deputy")
    found = get_object_or_404(rows, pk=pk)
    path = Path(settings.MEDIA_ROOT, found.file)
    if not path.is_file():
        raise Http404
    name = f"{found.number} {found.grading.deputy.name} 履职档案.pdf"
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/pdf"
    )


@login_not_required
@require_safe
def verify_file(request: HttpRequest, code: str = "") -> HttpResponse:
    """验真: whether a file with this code exists, and nothing of what it says."""
    typed = request.GET.get("code", "").strip()
    if typed:
        return redirect("scoring:verify_file", code=queries.tidy_code(typed) or "-")
    found = queries.by_code(code) if code else None
    context = {"code": code, "file": found}
    missing = bool(code) and found is None
    return render(
        request, "scoring/verify_file.html", context, status=NOT_FOUND if missing else 200
    )
