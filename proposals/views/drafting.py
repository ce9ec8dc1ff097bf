"""草稿: kept while it is being written; each button works without JavaScript."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from congress.shared.forms import first_problem
from congress.shared.http import Request
from proposals.actions import drafting
from proposals.mend_forms import DraftMendForm
from proposals.models import Attachment, Draft, Proposal
from proposals.permissions import why_not_save_draft
from proposals.queries import likeness
from proposals.raise_forms import DraftForm
from proposals.views import mending, raising


@require_POST
def save_draft(request: Request) -> HttpResponse:
    """存草稿: by the button, or by htmx every few seconds; then only the hour comes back."""
    desk = raising.desk_of(request)
    form = desk.form(request, DraftForm)
    if not form.is_valid():
        if request.htmx:
            return render(request, "proposals/_saved.html", {"problem": first_problem(form)})
        return raising.wrong(request, desk, form)
    reason = why_not_save_draft(request.actor, desk.lead, form.cleaned_data["token"])
    if reason and request.htmx:  # the last saving often comes after the raising: no fault
        return render(request, "proposals/_saved.html", {"problem": reason})
    draft = raising.keep(request, desk, form)
    if request.htmx:
        return render(request, "proposals/_saved.html", {"draft": draft})
    raising.keep_files(request, desk, form)
    messages.success(request, f"{timezone.localtime(draft.saved_at):%H:%M} 已存草稿。")
    return redirect(_to(draft))


def _to(draft: Draft) -> str:
    return reverse("proposals:submit") + f"?draft={draft.pk}"


@require_POST
def discard_draft(request: Request, pk: int) -> HttpResponse:
    """不要这份草稿."""
    draft = get_object_or_404(Draft, pk=pk, deputy__user=request.user)
    drafting.discard_draft(draft, by=request.actor)
    messages.success(request, "草稿已删除。")
    return redirect("proposals:mine")


@require_POST
def attach(request: Request) -> HttpResponse:
    """加附件: what is typed is saved with it."""
    desk = raising.desk_of(request)
    form = desk.form(request, DraftForm)
    if not form.is_valid():
        return raising.wrong(request, desk, form)
    draft = raising.keep(request, desk, form)
    drafting.attach(draft, files=form.good, by=request.actor)
    return redirect(_to(draft) + "#files")


@require_POST
def detach(request: Request, pk: int) -> HttpResponse:
    """删附件: what is typed is saved first."""
    attachment = get_object_or_404(Attachment.objects.own(request.actor), pk=pk)
    if mends := attachment.mends:
        return _detach_mending(request, attachment, mends)
    desk = raising.desk_of(request)
    form = desk.form(request, DraftForm)
    if not form.is_valid():
        return raising.wrong(request, desk, form)
    draft = raising.keep(request, desk, form)
    raising.keep_files(request, desk, form)
    drafting.detach(attachment, by=request.actor)
    return redirect(_to(draft) + "#files")


def _detach_mending(request: Request, attachment: Attachment, mends: Proposal) -> HttpResponse:
    """On the page of a returned proposal, where there is another form."""
    form = DraftMendForm(request.POST, request.FILES, session=mends.session)
    if not form.is_valid():
        return mending.wrong(request, mends, form)
    mending.keep(request, mends, form)
    drafting.detach(attachment, by=request.actor)
    return redirect(reverse("proposals:resubmit", args=[mends.pk]) + "#files")


@require_GET
def attachment(request: Request, pk: int) -> FileResponse:
    """一个附件, for those who may see what it belongs to; kept nowhere, a PDF not opened here."""
    found = get_object_or_404(Attachment.objects.visible_to(request.actor), pk=pk)
    if found.is_pdf:
        response = FileResponse(
            found.file.open("rb"), as_attachment=True, filename=found.download_name
        )
    else:
        response = FileResponse(found.file.open("rb"), content_type="image/jpeg")
        response["Content-Disposition"] = f'inline; filename="attachment-{found.pk}.jpg"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def similar(request: Request) -> HttpResponse:
    """以前相近的, under the title while it is typed."""
    desk = raising.desk_of(request)
    title = request.POST.get("title", "")[:60]
    hits = likeness.earlier(title, request.actor, desk.today)
    context = {"hits": hits, "continues": request.POST.get("continues", "")}
    return render(request, "proposals/_similar.html", context)
