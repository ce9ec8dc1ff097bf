"""反复提: the office says how two proposals stand to each other."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared.asking import asked
from congress.shared.desk import in_an_office
from congress.shared.errors import Refused
from congress.shared.http import Request, row_number
from proposals.actions import recurring
from proposals.models import Proposal, Recurrence
from proposals.permissions import why_not_revise_likeness
from proposals.recurring_forms import ReviseLikenessForm
from proposals.views.desk import one

GONE = "要对照的那一件不在可以对照的建议里，请刷新后再认定。"


@require_POST
@in_an_office
def confirm_likeness(request: Request, pk: int) -> HttpResponse:
    """认定: one tap names the kind."""
    proposal = one(request, pk)
    rows = Proposal.objects.visible_to(request.actor)
    other = rows.filter(pk=row_number(request.POST.get("other", ""))).first()
    if other is None:
        raise Refused(GONE)
    said = {"kind": request.POST.get("kind", ""), "note": request.POST.get("note", "")[:200]}
    row = recurring.confirm_likeness(proposal, other=other, by=request.actor, **said)
    messages.success(request, f"已认定：{row.get_kind_display()}。认错了可以改。")
    return _whence(request, proposal)


def _whence(request: Request, proposal: Proposal) -> HttpResponseRedirect:
    """Back to the list, the matter or the page on which it was said."""
    if "list" in request.POST:
        query = f"{request.POST['list']}&one={proposal.pk}#alike"
        return redirect(f"{reverse('proposals:to_review')}?{query}")
    if matter := row_number(request.POST.get("matter", "")):
        return redirect("proposals:matter", matter)
    page = "accept" if request.POST.get("page") == "accept" else "dossier"
    return redirect(f"{reverse(f'proposals:{page}', args=[proposal.pk])}#alike")


def _recognised(request: Request, pk: int) -> Recurrence:
    seen = Proposal.objects.visible_to(request.actor).values("pk")
    rows = Recurrence.objects.select_related("later__session__term", "earlier")
    return get_object_or_404(rows.filter(later__in=seen), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@in_an_office
def revise_likeness(request: Request, pk: int) -> HttpResponse:
    """改认定."""
    row = _recognised(request, pk)
    form = ReviseLikenessForm(request.POST or None)
    back = f"{reverse('proposals:dossier', args=[row.later_id])}#alike"

    def act() -> tuple[str, str]:
        recurring.revise_likeness(row, by=request.actor, **form.cleaned_data)
        return "已改认定。", back

    return asked(
        request,
        form,
        act,
        template="proposals/withholding.html",
        title="改认定",
        back=back,
        words=(
            f"{row.later.number or '还没有编号的'}“{row.later.title}”和 "
            f"{row.earlier.number}“{row.earlier.title}”：现在认定为{row.get_kind_display()}。"
        ),
        verb_label="改认定",
        refusal=why_not_revise_likeness(request.actor, row),
    )
