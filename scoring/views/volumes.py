"""任期卷、小组年册: asked for, watched, taken away; by the office, the deputy, the convenor."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import PDF, Request, own_page, row_number
from congress.shared.models import Term
from congress.shared.roles import Role
from deputies.models import Deputy
from scoring.actions import volumes as binding
from scoring.models import ArchiveVolume
from scoring.queries import volumes as queries

PER_PAGE = 50
STARTED = "已经开始生成，好了可以在这里下载。"


@require_safe
def group_books(request: Request) -> HttpResponse:
    """小组年册: of a sealed year each group's book; a convenor sees the own groups."""
    by = request.actor
    if not by.at_the_desk and not by.is_a(Role.CONVENOR):
        raise Http404
    years = queries.sealed_years()
    cycle = years.filter(pk=row_number(request.GET.get("cycle", ""))).first() or years.first()
    groups = queries.own_groups(by)
    shelves = queries.group_shelves(by, cycle, groups, clock.now()) if cycle else []
    page = Paginator(shelves, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {"title": "小组年册", "years": years, "cycle": cycle}
    context |= {"page": page, "waiting": any(each.waiting for each in page)}
    if by.at_the_desk:
        return framed(request, "scoring/group_books.html", context)
    return render(request, "scoring/group_books.html", context | {"frame": "office.html"})


@require_safe
@at_the_desk
def term_volumes(request: Request, pk: int) -> HttpResponse:
    """某位代表的任期卷, for the desk."""
    deputy = get_object_or_404(Deputy, pk=pk)
    shelves = queries.term_shelves(request.actor, deputy, clock.now())
    context: dict[str, object] = {"title": f"{deputy.name}的任期卷", "deputy": deputy}
    context |= {"shelves": shelves, "waiting": any(each.waiting for each in shelves)}
    return framed(request, "scoring/term_volumes.html", context)


@require_POST
def ask_term_volume(request: Request, pk: int, term_pk: int) -> HttpResponse:
    """生成任期卷."""
    deputy, term = get_object_or_404(Deputy, pk=pk), get_object_or_404(Term, pk=term_pk)
    if not request.actor.at_the_desk and not request.actor.same_person(deputy.user_id):
        raise Http404
    binding.ask_term_volume(deputy, term=term, by=request.actor)
    messages.success(request, STARTED)
    return redirect(own_page(request) or reverse("scoring:archive"))


@require_POST
def ask_group_book(request: Request, pk: int, cycle_pk: int) -> HttpResponse:
    """生成小组年册."""
    group = get_object_or_404(queries.own_groups(request.actor), pk=pk)
    cycle = get_object_or_404(queries.sealed_years(), pk=cycle_pk)
    binding.ask_group_book(group, cycle=cycle, by=request.actor)
    messages.success(request, STARTED)
    return redirect(own_page(request) or reverse("scoring:group_books"))


@require_safe
def archive_volume(request: Request, pk: int) -> FileResponse:
    """下载一卷: as it was made; nothing is made here."""
    rows = ArchiveVolume.objects.visible_to(request.actor)
    found = get_object_or_404(
        rows.select_related("deputy", "term__assembly", "group", "cycle"), pk=pk
    )
    path = Path(settings.MEDIA_ROOT, found.file)
    if not found.file or not path.is_file():
        raise Http404
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=f"{found}.pdf", content_type=PDF
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
