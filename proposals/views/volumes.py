"""案卷 of a session: the office has it made, sees how far it is, and takes it with it."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import PDF, Request, as_download, row_number
from congress.shared.models import Session
from proposals.actions import volumes as binding
from proposals.models import Volume
from proposals.models.numbers import WITH_CONGRESS
from proposals.permissions import why_not_ask_volume
from proposals.queries import volumes as queries


@require_safe
@at_the_desk
def volumes(request: Request) -> HttpResponse:
    """案卷: being made, made, or not made."""
    opened = Session.objects.filter(opens_on__lte=clock.today()).order_by("-opens_on")
    rows = opened.select_related("term__assembly__level", "term__assembly__area")
    wanted = rows.filter(pk=row_number(request.GET.get("session", ""))).first()
    session = wanted or rows.first()
    context: dict[str, object] = {
        "title": "案卷",
        "session": session,
        "sessions": rows,
        "seen": queries.binding(session, clock.now()) if session else None,
        "refusal": why_not_ask_volume(request.actor, session) if session else None,
    }
    return framed(request, "proposals/volumes.html", context)


@require_POST
@at_the_desk
def ask_volume(request: Request, pk: int) -> HttpResponse:
    """生成案卷."""
    session = get_object_or_404(Session, pk=pk)
    binding.ask_volume(session, by=request.actor)
    messages.success(request, "已经开始生成，好了可以在这里下载。")
    return redirect(f"{reverse('proposals:volumes')}?session={pk}")


@require_safe
@at_the_desk
def volume(request: Request, pk: int) -> HttpResponse:
    """案卷（PDF）."""
    found = get_object_or_404(Volume.objects.select_related(*WITH_CONGRESS), session=pk)
    return _kept(found.pdf, f"{found}.pdf", PDF)


@require_safe
@at_the_desk
def volume_list(request: Request, pk: int) -> HttpResponse:
    """案卷目录（表格）."""
    found = get_object_or_404(Volume.objects.select_related(*WITH_CONGRESS), session=pk)
    return _kept(found.book, f"{found}目录.xlsx")


def _kept(path: str, name: str, *kind: str) -> HttpResponse:
    """The file as it was made; nothing is made here."""
    file = Path(settings.MEDIA_ROOT, path)
    if not path or not file.is_file():
        raise Http404
    response = as_download(file.read_bytes(), name, *kind)
    response["Cache-Control"] = "private, no-store"
    return response
