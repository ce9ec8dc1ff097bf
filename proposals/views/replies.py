"""答复: the unit writes, its head signs or returns it, joint units sign with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.http import CONFLICT, Request, row_number
from proposals.actions import exhibits, replies
from proposals.handling_forms import ReturnDraftForm
from proposals.models import Assignment, ReplyDraft
from proposals.models.countersigning import shared_with
from proposals.permissions import why_not_return_draft, why_not_save_reply
from proposals.permissions.replies import open_draft
from proposals.queries import units
from proposals.queries.former import former_parts
from proposals.reply_forms import ReplyForm
from proposals.views.acts import act_page
from proposals.views.lost import found_or_told
from proposals.views.units import case_page, own_part


@require_POST
def save_reply(request: Request, pk: int) -> HttpResponse:
    """起草答复: saved as typed, whole or not; a conflict gives the own text back, unsaved."""
    part = own_part(request, pk)
    if "insert" in request.POST:
        return case_page(request, part, reply=_changed(request, part, insert=True), status=200)
    draft = kept_draft(request, part)
    if isinstance(draft, HttpResponse):
        return draft
    messages.success(request, f"第 {draft.edition} 稿已保存。")
    return redirect("proposals:case", pk)


def kept_draft(request: Request, part: Assignment) -> ReplyDraft | HttpResponse:
    """The draft with all that was sent, its pictures too; or the page that says what is wrong."""
    form = ReplyForm(request.POST, request.FILES, part=part)
    if not form.is_valid():
        return case_page(request, part, reply=form)
    words, by = form.words(), request.actor
    reason = why_not_save_reply(by, part, words["edition"])
    if reason and not why_not_save_reply(by, part):
        if form.draft and (pictures := form.pictures()):  # nobody's words are in their way
            exhibits.add_exhibits(form.draft, pictures=pictures, by=by)
        own = _changed(request, part)
        return case_page(request, part, reply=own, conflict=reason, status=CONFLICT)
    return replies.save_reply(part, by=by, pictures=form.pictures(), **words)


def _changed(request: Request, part: Assignment, *, insert: bool = False) -> ReplyForm:
    """The own text again: with a template behind it, or knowing of the newest edition."""
    sent = request.POST.copy()
    if insert:
        number = row_number(str(sent["insert"]))
        template = get_object_or_404(units.templates(request.actor), pk=number)
        sent["text"] = f"{sent.get('text', '').rstrip()}\n{template.text}".strip()
    elif newest := open_draft(part):
        sent["edition"] = str(newest.edition)
    return ReplyForm(sent, part=part)


@require_POST
def submit_for_signing(request: Request, pk: int) -> HttpResponse:
    """送签 of the edition that the page showed."""
    part = own_part(request, pk)
    edition = row_number(request.POST.get("edition", ""))
    replies.submit_for_signing(part, by=request.actor, today=clock.today(), edition=edition)
    messages.success(request, "已送签，单位负责人会收到通知。")
    return redirect("proposals:case", pk)


def own_draft(request: Request, pk: int) -> ReplyDraft:
    """A draft of the acting unit; another unit's is not found."""
    own, found = Assignment.objects.handled_by(request.actor), ReplyDraft.objects.filter(pk=pk)
    gone = former_parts(request.actor).filter(drafts=pk)
    return found_or_told(found.filter(assignment__in=own), gone, request.actor)


@require_http_methods(["GET", "HEAD", "POST"])
def return_draft(request: Request, pk: int) -> HttpResponse:
    """退改… of the edition that the page showed."""
    draft = own_draft(request, pk)
    form = ReturnDraftForm(request.POST or None, initial={"edition": draft.edition})
    proposal = draft.assignment.proposal
    if form.is_valid():
        said = form.cleaned_data | {"edition": form.cleaned_data["edition"] or 0}
        replies.return_draft(draft, by=request.actor, **said)
        messages.success(request, "已退给经办人修改。")
        return redirect("proposals:case", proposal.pk)
    reason = why_not_return_draft(request.actor, draft)
    about = f"第 {draft.edition} 稿，{draft.saved_by.name}保存"
    return act_page(request, proposal, form, act="退改答复稿", about=about, refusal=reason)


@require_POST
def countersign(request: Request, pk: int) -> HttpResponse:
    """会签 of the edition that the page showed; a draft that it does not sign with is not found."""
    own = Assignment.objects.handled_by(request.actor)
    draft = get_object_or_404(shared_with(own), pk=pk)
    part = own.get(proposal=draft.assignment.proposal_id)
    edition = row_number(request.POST.get("edition", ""))
    replies.countersign(draft, part=part, by=request.actor, edition=edition)
    messages.success(request, f"已会签第 {draft.edition} 稿。")
    return redirect("proposals:case", part.proposal_id)


@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    """签发 of the edition that the page showed."""
    draft = own_draft(request, pk)
    edition = row_number(request.POST.get("edition", ""))
    told = request.POST.get("told", "")
    replies.sign(draft, by=request.actor, today=clock.today(), edition=edition, told=told)
    messages.success(request, "答复已签发，送达代表。")
    return redirect("proposals:case", draft.assignment.proposal_id)
