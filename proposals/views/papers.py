"""公文: the papers about one proposal, for those whose papers they are."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from congress.shared.http import PDF, Request, as_download, open_page
from proposals import documents
from proposals.models import Reply
from proposals.queries import papers
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
    return as_download(documents.letter_pdf(reply), _name(reply, "答复函"), PDF)


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


def _name(reply: Reply, word: str) -> str:
    return f"{reply.assignment.proposal.number}{word}第{reply.version}版.pdf"
