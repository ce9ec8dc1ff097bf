"""依据材料: added to one ask of a draft, taken out again, and shown to who may read the answer."""

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress.shared.http import Request
from proposals.actions import exhibits
from proposals.models import Ask, Assignment, DraftExhibit, Exhibit, Proposal
from proposals.queries import papers
from proposals.queries.former import former_parts
from proposals.views.lost import found_or_told
from proposals.views.replies import kept_draft
from proposals.views.units import own_part


@require_POST
def add_exhibits(request: Request, pk: int) -> HttpResponse:
    """先存上照片: what is typed is saved with them."""
    part = own_part(request, pk)
    draft = kept_draft(request, part)
    if isinstance(draft, HttpResponse):
        return draft
    messages.success(request, f"第 {draft.edition} 稿已保存，照片在各条下面。")
    return redirect(reverse("proposals:case", args=[pk]) + "#write-reply")


@require_POST
def remove_exhibit(request: Request, pk: int) -> HttpResponse:
    """删一张: what is typed is saved first."""
    units = Assignment.objects.handled_by(request.actor)
    own = DraftExhibit.objects.filter(draft__assignment__in=units, pk=pk)
    gone = former_parts(request.actor).filter(drafts__exhibits=pk)
    found = found_or_told(own.select_related("draft__assignment", "ask"), gone, request.actor)
    part = own_part(request, found.draft.assignment.proposal_id)
    draft = kept_draft(request, part)
    if isinstance(draft, HttpResponse):
        return draft
    exhibits.remove_exhibit(found, by=request.actor)
    messages.success(request, "照片已删除，写的内容已保存。")
    return redirect(_place(part, found.ask))


def _place(part: Assignment, ask: Ask) -> str:
    return f"{reverse('proposals:case', args=[part.proposal_id])}#ask-{ask.pk}"


@require_safe
def draft_exhibit(request: Request, pk: int) -> FileResponse:
    """一张依据材料 of a draft: for its unit, and for joint units that are to sign."""
    return _sent(get_object_or_404(DraftExhibit.objects.visible_to(request.actor), pk=pk))


@require_safe
def exhibit(request: Request, pk: int) -> FileResponse:
    """一张依据材料 of an answer: for those whose letter it is."""
    rows = Exhibit.objects.filter(answer__reply__in=papers.letters(request.actor))
    rows = rows.exclude(answer__ask__proposal__in=Proposal.objects.kept_from(request.actor))
    return _sent(get_object_or_404(rows, pk=pk))


def _sent(found: Exhibit | DraftExhibit) -> FileResponse:
    return sent(found.file, f"exhibit-{found.pk}.jpg")


def sent(file: FieldFile, name: str) -> FileResponse:
    """Kept nowhere on the way, and nothing but a picture."""
    response = FileResponse(file.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
