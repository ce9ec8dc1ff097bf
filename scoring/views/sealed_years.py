"""年度封存、档案目录、打包下载、更正: the desk's pages around the sealed files."""

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed, listed
from congress.shared.http import PDF, UNPROCESSABLE, Request, as_download
from scoring import archive_zip
from scoring.actions import amending, taking
from scoring.archive_papers import certificate_pdf
from scoring.archive_sheets import register_xlsx
from scoring.forms.archive import AmendArchiveForm
from scoring.models import Archive, YearSeal
from scoring.permissions import why_not_amend_archive
from scoring.queries import sealed_years as queries

PER_PAGE = 20


@require_safe
@at_the_desk
def archive_years(request: Request) -> HttpResponse:
    """年度封存: each sealed year with its digest, newest first."""
    rows = YearSeal.objects.select_related("cycle__assembly")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return framed(request, "scoring/archive_years.html", {"title": "年度封存", "page": page})


@require_safe
@at_the_desk
def check_year(request: Request, pk: int) -> HttpResponse:
    """核对全年: every file read again and compared; each fault in a sentence."""
    seal = get_object_or_404(YearSeal.objects.select_related("cycle__assembly"), pk=pk)
    context = {"title": "核对全年", "seal": seal, "found": queries.look_through(seal)}
    return framed(request, "scoring/check_year.html", context)


@require_safe
@at_the_desk
def year_certificate(request: Request, pk: int) -> HttpResponse:
    """年度封存证书（PDF）: the same bytes whenever it is asked for."""
    seal = get_object_or_404(YearSeal.objects.select_related("cycle__assembly"), pk=pk)
    return as_download(certificate_pdf(seal), f"{seal}证书.pdf", PDF)


@require_safe
@at_the_desk
def archive_register(request: Request) -> HttpResponse:
    """导出档案目录: the files that the list shows under its filters."""
    found = Archive.objects.filter(pk__in=listed(request, Archive).values("pk"))
    book = register_xlsx(queries.register_rows(found), title="履职档案目录")
    return as_download(book, f"履职档案目录（{clock.today():%Y年%m月%d日}导出）.xlsx")


@require_POST
def take_archives(request: Request) -> StreamingHttpResponse:
    """打包下载: the files that the list shows, in one box, written as it is sent."""
    if not request.actor.at_the_desk:
        raise PermissionDenied
    found = Archive.objects.filter(pk__in=listed(request, Archive).values("pk"))
    rows = taking.take_archives(found, by=request.actor)
    answer = StreamingHttpResponse(archive_zip.box(rows), content_type="application/zip")
    name = f"履职档案（{len(rows)} 份，{clock.today():%Y年%m月%d日}）.zip"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def amend_archive(request: Request, pk: int) -> HttpResponse:
    """更正一份档案."""
    rows = Archive.objects.select_related("grading__cycle__assembly", "grading__deputy__user")
    found = get_object_or_404(rows.filter(pk__in=listed(request, Archive).values("pk")), pk=pk)
    form = AmendArchiveForm(request.POST or None)
    if form.is_valid():
        row = amending.amend_archive(found, by=request.actor, **form.cleaned_data)
        messages.success(request, f"{found.number} 号档案的{row}已经记下，可以打印更正页。")
        return redirect("scoring:amend_archive", found.pk)
    context: dict[str, object] = {"title": "更正档案", "archive": found, "form": form}
    context |= {"amendments": found.amendments.select_related("made_by").order_by("number")}
    context |= {"refusal": why_not_amend_archive(request.actor)}
    status = UNPROCESSABLE if form.errors else 200
    return framed(request, "scoring/amend_archive.html", context, status=status)
