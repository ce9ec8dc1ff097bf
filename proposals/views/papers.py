"""公文: the papers about one proposal, for those whose papers they are."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.http import PDF, Request, as_download, open_page
from congress.shared.roles import UNIT
from proposals import documents
from proposals.models import Proposal, Reply
from proposals.queries import bundles, papers
from proposals.queries.visibility import kept_from
from proposals.views.replies import own_draft
from proposals.views.units import own_part


@require_safe
def letter(request: Request, pk: int) -> HttpResponse:
    """答复函（PDF）."""
    reply = get_object_or_404(papers.letters(request.actor), pk=pk)
    content = documents.letter_pdf(reply, request.actor)
    return as_download(content, _name(reply, "答复函", request.actor), PDF)


@require_safe
def preview(request: Request, pk: int) -> HttpResponse:
    """预览（PDF）: the own unit's draft as the letter it would become."""
    draft = own_draft(request, pk)
    name = f"{draft.assignment.proposal.number}答复函第{draft.edition}稿预览.pdf"
    return as_download(documents.preview_pdf(draft, clock.today()), name, PDF)


@open_page
def public_letter(request: Request, pk: int) -> HttpResponse:
    """公开的答复函（PDF）."""
    reply = get_object_or_404(papers.public_letters(), pk=pk)
    return as_download(documents.letter_pdf(reply), _name(reply, "答复函"), PDF)


@require_safe
def feedback(request: Request, pk: int) -> HttpResponse:
    """征询意见表（PDF）."""
    reply = get_object_or_404(papers.answered(request.actor), pk=pk)
    content = documents.feedback_pdf(reply, request.actor)
    return as_download(content, _name(reply, "征询意见表", request.actor), PDF)


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
    """一件建议的案卷（PDF）: an office's whole, a unit's own part; nobody else's."""
    if not (request.actor.in_an_office or request.actor.role in UNIT):
        raise Http404
    rows = Proposal.objects.visible_to(request.actor).with_progress()
    proposal = get_object_or_404(rows, pk=pk)
    case = bundles.bundle(proposal, request.actor, clock.today())
    name = f"{proposal.number or proposal.pk}案卷.pdf"
    return as_download(documents.bundle_pdf(case), name, PDF)


def _name(reply: Reply, word: str, reader: Actor | None = None) -> str:
    proposal = papers.addressed(reply, kept_from(reader))[0]
    return f"{proposal.number}{word}第{reply.version}版.pdf"
