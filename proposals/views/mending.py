"""退回修改的那一页: words and files are changed together, and kept while they are."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.asking import status_of
from congress.shared.forms import first_problem
from congress.shared.http import Request
from proposals.actions import drafting, submission
from proposals.mend_forms import MENDED, DraftMendForm, MendForm
from proposals.models import Attachment, Draft, Proposal
from proposals.permissions import why_not_resubmit, why_not_save_draft


@require_POST
def save_mending(request: Request, pk: int) -> HttpResponse:
    """存修改稿, of a proposal that was sent back; the files chosen are kept with it."""
    proposal = get_object_or_404(Proposal.objects.led_by(request.actor), pk=pk)
    form = DraftMendForm(request.POST, request.FILES, session=proposal.session)
    if not form.is_valid():
        if request.htmx:
            return render(request, "proposals/_saved.html", {"problem": first_problem(form)})
        return wrong(request, proposal, form)
    reason = why_not_save_draft(request.actor, proposal.lead, mends=proposal)
    if reason and request.htmx:  # the last saving often comes after 改好再提: no fault
        return render(request, "proposals/_saved.html", {"problem": reason})
    draft = keep(request, proposal, form)
    if request.htmx:
        return render(request, "proposals/_saved.html", {"draft": draft})
    messages.success(request, f"{timezone.localtime(draft.saved_at):%H:%M} 已存草稿。")
    return redirect("proposals:resubmit", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def resubmit(request: Request, pk: int) -> HttpResponse:
    """改好再提."""
    proposal = get_object_or_404(Proposal.objects.led_by(request.actor), pk=pk)
    if request.method != "POST":
        form = MendForm(initial=_words(request, proposal), session=proposal.session)
        return page(request, proposal, form)
    form, today = MendForm(request.POST, request.FILES, session=proposal.session), clock.today()
    if not form.is_valid():
        return wrong(request, proposal, form)
    if form.good:
        keep(request, proposal, form)
    submission.resubmit(proposal, by=request.actor, today=today, **form.words())
    messages.success(request, f"已重新提出，{proposal.session.office}会再审查。")
    return redirect("proposals:detail", pk)


def keep(request: Request, proposal: Proposal, form: MendForm) -> Draft:
    """What stands in the fields is in the draft, and the files chosen wait in it."""
    draft = drafting.save_draft(
        deputy=proposal.lead,
        token=proposal.token,
        typed=form.typed(),
        by=request.actor,
        mends=proposal,
    )
    if form.good:
        drafting.attach(draft, files=form.good, by=request.actor)
    return draft


def wrong(request: Request, proposal: Proposal, form: MendForm) -> HttpResponse:
    """The page again, with what is wrong; words, and files that are good, wait in the draft."""
    kept = DraftMendForm(request.POST, request.FILES, session=proposal.session)
    reason = why_not_save_draft(request.actor, proposal.lead, mends=proposal)
    if kept.only_files_are_wrong and not reason:
        keep(request, proposal, kept)
    return page(request, proposal, form)


def page(request: Request, proposal: Proposal, form: MendForm) -> HttpResponse:
    """The whole page, whichever button was pressed."""
    context = {
        "form": form,
        "proposal": proposal,
        "attached": Attachment.objects.of_mending(proposal),
        "refusal": why_not_resubmit(request.actor, proposal, clock.today()),
    }
    status = status_of(form)
    return render(request, "proposals/resubmit.html", context, status=status)


def _words(request: Request, proposal: Proposal) -> dict[str, object]:
    """The draft's in which they are being changed, or the proposal's own."""
    kept = Draft.objects.filter(proposal=proposal, deputy__user=request.user).first() or proposal
    return {name: getattr(kept, name) for name in MENDED}
