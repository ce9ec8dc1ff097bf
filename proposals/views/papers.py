"""公文: the papers about one proposal, for those whose papers they are."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import PDF, Request, as_download, open_page, row_number
from congress.shared.models import Session
from congress.shared.roles import UNIT
from proposals import documents
from proposals.models import Proposal, Reply
from proposals.queries import bundles, papers
from proposals.views.units import own_part


@require_safe
def letter(request: Request, pk: int) -> HttpResponse:
    """答复函（PDF）."""
    reply = get_object_or_404(papers.letters(request.actor), pk=pk)
    return as_download(documents.letter_pdf(reply), _name(reply, "答复函"), PDF)


@open_page
def public_letter(request: Request, pk: int) -> HttpResponse:
    """公开的答复函（PDF）."""
    reply = get_object_or_404(papers.public_letters(), pk=pk)
    return as_download(documents.letter_pdf(reply, public=True), _name(reply, "答复函"), PDF)


@require_safe
def feedback(request: Request, pk: int) -> HttpResponse:
    """征询意见表（PDF）."""
    reply = get_object_or_404(papers.letters(request.actor), pk=pk)
    return as_download(documents.feedback_pdf(reply), _name(reply, "征询意见表"), PDF)


@require_safe
def receipt(request: Request, pk: int) -> HttpResponse:
    """签收回执（PDF）."""
    part = own_part(request, pk)
    if part.received_at is None:
        raise Http404
    content = documents.receipt_pdf(part)
    return as_download(content, f"{part.proposal.number}签收回执.pdf", PDF)


@require_safe
def bundle(request: Request, pk: int) -> HttpResponse:
    """一件建议的案卷（PDF）: the office's whole, a unit's own part; nobody else's."""
    if not (request.actor.at_the_desk or request.actor.role in UNIT):
        raise Http404
    rows = Proposal.objects.visible_to(request.actor).with_progress()
    proposal = get_object_or_404(rows, pk=pk)
    (case,) = bundles.bundles([proposal], request.actor, clock.today())
    name = f"{proposal.number or proposal.pk}案卷.pdf"
    return as_download(documents.bundle_pdf(case), name, PDF)


VOLUME = 40
"""So many proposals make one volume: some ten seconds, and a file that opens on any machine."""


@require_safe
@at_the_desk
def volumes(request: Request) -> HttpResponse:
    """案卷: the volumes of a session and their list."""
    session = _session(request)
    pages = Paginator(bundles.of_session(session), VOLUME) if session else None
    context: dict[str, object] = {
        "title": "案卷",
        "session": session,
        "sessions": Session.objects.order_by("-opens_on"),
        "volumes": [pages.page(number) for number in pages.page_range] if pages else [],
    }
    return framed(request, "proposals/volumes.html", context)


@require_safe
@at_the_desk
def volume(request: Request, pk: int, number: int) -> HttpResponse:
    """一册案卷（PDF）."""
    session = get_object_or_404(Session, pk=pk)
    pages = Paginator(bundles.of_session(session), VOLUME)
    if number not in pages.page_range:
        raise Http404
    cases = bundles.bundles(pages.page(number), request.actor, clock.today())
    title = f"{session}案卷第{number}册"
    return as_download(documents.volume_pdf(title, cases), f"{title}.pdf", PDF)


@require_safe
@at_the_desk
def volume_list(request: Request, pk: int) -> HttpResponse:
    """案卷目录（表格）."""
    session = get_object_or_404(Session, pk=pk)
    cases = bundles.bundles(bundles.of_session(session), request.actor, clock.today())
    return as_download(documents.volume_sheet(cases), f"{session}案卷目录.xlsx")


def _session(request: Request) -> Session | None:
    """The one the address names, or the newest that has opened."""
    rows = Session.objects.filter(opens_on__lte=clock.today()).order_by("-opens_on")
    return rows.filter(pk=row_number(request.GET.get("session", ""))).first() or rows.first()


def _name(reply: Reply, word: str) -> str:
    return f"{reply.assignment.proposal.number}{word}第{reply.version}版.pdf"
