"""履职档案: one's own files, the downloads, and the public page that says true or false."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.http import PDF, UNPROCESSABLE, Request, as_download
from deputies.models import Deputy
from scoring.archive_data import read_data
from scoring.archive_papers import amendment_pdf
from scoring.archive_sheets import archive_xlsx
from scoring.forms.archive import DigestForm
from scoring.models import Archive, ArchiveAmendment
from scoring.queries import archive as queries
from scoring.queries import volumes
from scoring.queries.sealed_years import sealed_content

NOT_FOUND = 404
WITH_FILE = ("grading__cycle__assembly", "grading__deputy")


@require_safe
def archive(request: Request) -> HttpResponse:
    """我的档案: year by year, with the grade and the stars; the volumes of whole terms."""
    deputy = Deputy.objects.of_user(request.user).first()
    shelves = volumes.term_shelves(request.actor, deputy, clock.now()) if deputy else []
    context: dict[str, object] = {"years": queries.own_years(request.actor), "shelves": shelves}
    context["waiting"] = any(each.waiting for each in shelves)
    return render(request, "scoring/archive.html", context)


@require_safe
def duty_file(request: Request, pk: int) -> HttpResponse:
    """下载: the sealed file itself, to its deputy and to the office; no other in its place."""
    rows = Archive.objects.visible_to(request.actor).select_related("grading__deputy")
    found = get_object_or_404(rows, pk=pk)
    content = sealed_content(found.file, found.sha256)
    if content is None:
        raise Refused("这份档案的文件与封存时不同，不能下载，请告诉代工委。")
    return as_download(content, f"{found.number} {found.grading.deputy.name} 履职档案.pdf", PDF)


@require_safe
def duty_sheet(request: Request, pk: int) -> HttpResponse:
    """下载表格: the sealed data as a spreadsheet; what is not as it was sealed is not given out."""
    rows = Archive.objects.visible_to(request.actor).select_related("grading__deputy")
    found = get_object_or_404(rows, pk=pk)
    if not found.data:
        raise Refused("这份档案归档时还没有存数据，只有 PDF。")
    content = sealed_content(found.data, found.data_sha256)
    if content is None:
        raise Refused("这份档案的数据文件与封存时不同，不能下载，请告诉代工委。")
    book = archive_xlsx(found, read_data(content), list(found.amendments.all()))
    return as_download(book, f"{found.number} {found.grading.deputy.name} 履职档案.xlsx")


@require_safe
def amendment_page(request: Request, pk: int) -> HttpResponse:
    """更正页（PDF）, to whoever has the file."""
    rows = ArchiveAmendment.objects.visible_to(request.actor).select_related(
        "made_by", *(f"archive__{path}" for path in WITH_FILE)
    )
    row = get_object_or_404(rows, pk=pk)
    pdf = amendment_pdf(row, before=queries.digest_before(row))
    return as_download(pdf, f"{row.archive.number} {row}.pdf", PDF)


@login_not_required
@require_safe
def verify_file(request: HttpRequest, code: str = "") -> HttpResponse:
    """验真: whether a file with this code exists and has this content, nothing of what it says."""
    form = DigestForm(request.GET if "sha256" in request.GET else None)
    digest = form.cleaned_data["sha256"] if form.is_valid() else ""
    typed = request.GET.get("code", "").strip()
    if typed:
        return _at(queries.tidy_code(typed) or "-", request.GET)
    if digest and not code and (known := queries.code_of(digest)):
        return _at(known, request.GET)
    found = queries.by_code(code) if code else None
    missing = bool(code or digest) and found is None
    context = {"code": code, "file": found, "form": form, "digest": digest, "missing": missing}
    context["same"] = bool(found and digest) and queries.is_the_file(code, digest)
    status = UNPROCESSABLE if form.errors else NOT_FOUND if missing else 200
    return render(request, "scoring/verify_file.html", context, status=status)


def _at(code: str, sent: Mapping[str, str]) -> HttpResponse:
    digest = sent.get("sha256", "").strip()
    query = f"?{urlencode({'sha256': digest})}" if digest else ""
    return redirect(reverse("scoring:verify_file", args=[code]) + query)
