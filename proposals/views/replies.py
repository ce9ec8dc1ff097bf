"""答复: the unit writes, its head signs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from congress.shared import clock
from congress.shared.http import Request
from proposals.actions import replies
from proposals.models import Assignment, ReplyDraft
from proposals.permissions.replies import asks_of
from proposals.reply_forms import ReplyForm
from proposals.views.units import case_page, own_part


@require_POST
def save_reply(request: Request, pk: int) -> HttpResponse:
    """起草答复: saved as typed, whole or not; 送签 follows when asked for."""
    part = own_part(request, pk)
    form = ReplyForm(request.POST, asks=asks_of(part))
    if not form.is_valid():
        return case_page(request, part, reply=form)
    draft = replies.save_reply(part, by=request.actor, **form.words())
    messages.success(request, f"第 {draft.edition} 稿已保存。")
    return redirect("proposals:case", pk)


@require_POST
def submit_for_signing(request: Request, pk: int) -> HttpResponse:
    """送签."""
    part = own_part(request, pk)
    replies.submit_for_signing(part, by=request.actor, today=clock.today())
    messages.success(request, "已送签，单位负责人会收到通知。")
    return redirect("proposals:case", pk)


def own_draft(request: Request, pk: int) -> ReplyDraft:
    """A draft of the acting unit; another unit's is not found."""
    own = Assignment.objects.handled_by(request.actor)
    return get_object_or_404(ReplyDraft.objects.filter(assignment__in=own), pk=pk)


@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    """签发."""
    draft = own_draft(request, pk)
    replies.sign(draft, by=request.actor, today=clock.today())
    messages.success(request, "答复已签发，送达代表。")
    return redirect("proposals:case", draft.assignment.proposal_id)
