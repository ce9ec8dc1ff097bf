"""提: a deputy's own pages."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, UNPROCESSABLE, Request
from congress.shared.roles import UNIT
from proposals.actions import submission
from proposals.mend_forms import MENDED, RewordForm
from proposals.models import Proposal
from proposals.permissions import why_not_reword, why_not_withdraw
from proposals.permissions.submission import Wishes
from proposals.queries import became, deputies, pages
from proposals.raise_forms import WithdrawForm
from proposals.views import raising


@require_safe
def mine(request: Request) -> HttpResponse:
    """我的建议: what waits for the deputy first."""
    today = clock.today()
    context = {
        "lines": deputies.mine(request.actor, today),
        "to_sign": Proposal.objects.to_cosign(request.actor, today).count(),
        "drafts": deputies.drafts(request.actor),
    }
    return render(request, "proposals/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: Request) -> HttpResponse:
    """提建议."""
    desk = raising.desk_of(request)
    if request.method != "POST":
        found = raising.raised_from(request, desk)
        return found or raising.page(request, desk, raising.begun(request, desk))
    form = desk.form(request)
    if not form.is_valid():
        return raising.wrong(request, desk, form)
    raising.keep_files(request, desk, form)
    proposal = submission.submit(
        lead=desk.lead,
        session=desk.sits(request.actor),
        by=request.actor,
        today=desk.today,
        **form.facts_to_raise(),
    )
    messages.success(request, f"建议已提出，{proposal.session.office}审查后会告诉您。")
    return redirect(reverse("proposals:detail", args=[proposal.pk]) + "?sent=1")


@require_http_methods(["GET", "HEAD", "POST"])
def look_over(request: Request) -> HttpResponse:
    """看一遍再提出: kept as a draft, then shown as it will be read; nothing is raised yet."""
    desk = raising.desk_of(request)
    if request.method != "POST":
        return raising.raised_from(request, desk) or raising.read_through(request, desk)
    form = desk.form(request)
    if not form.is_valid():
        return raising.wrong(request, desk, form)
    raising.keep_files(request, desk, form)
    draft = raising.keep(request, desk, form)
    return redirect(reverse("proposals:look_over") + f"?draft={draft.pk}")


@require_POST
def call_for_signatures(request: Request) -> HttpResponse:
    """先征集附议."""
    desk = raising.desk_of(request)
    form = desk.form(request)
    if not form.is_valid():
        return raising.wrong(request, desk, form)
    raising.keep_files(request, desk, form)
    proposal = submission.call_for_signatures(
        lead=desk.lead,
        session=desk.sits(request.actor),
        by=request.actor,
        today=desk.today,
        **form.facts_to_raise(),
    )
    messages.success(request, "已开始征集附议，其他代表能看到全文了。")
    return redirect(reverse("proposals:detail", args=[proposal.pk]) + "?sent=1")


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """一件建议, for deputies; a unit and an office have pages of their own."""
    rows = Proposal.objects.visible_to(request.actor).with_progress()
    proposal = rows.filter(pk=pk).first()
    if proposal is None:
        return _what_became(request, pk)
    if request.actor.role in UNIT:
        return redirect("proposals:case", pk)
    if request.actor.in_an_office:
        return redirect("proposals:dossier", pk)
    return render(
        request, "proposals/detail.html", pages.detail(proposal, request.actor, clock.today())
    )


def _what_became(request: Request, pk: int) -> HttpResponse:
    """Whoever was told of it and may not open it any more reads what became of it."""
    link = reverse("proposals:detail", args=[pk])
    if not (found := became.what_became(request.actor, pk, link, clock.today())):
        raise Http404
    return render(request, "proposals/what_became.html", found)


@require_POST
def hand_in(request: Request, pk: int) -> HttpResponse:
    """正式提出."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.actor), pk=pk)
    submission.hand_in(proposal, by=request.actor, today=clock.today())
    messages.success(request, f"建议已正式提出，{proposal.session.office}审查后会告诉您。")
    return redirect("proposals:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: Request, pk: int) -> HttpResponse:
    """改正文, while signatures are gathered; of a text changed meanwhile what was typed stays."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.actor), pk=pk)
    words = {name: getattr(proposal, name) for name in (*MENDED, "digest")}
    form = RewordForm(request.POST or None, initial=words, session=proposal.session)
    today, refusal = clock.today(), why_not_reword(request.actor, proposal)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        said = form.words() | {"digest": form.cleaned_data["digest"]}
        try:
            done = submission.reword(proposal, by=request.actor, today=today, **said)
        except Refused as late:
            if refusal:
                raise
            typed = request.POST.copy()
            typed["digest"] = proposal.digest
            form = RewordForm(typed, session=proposal.session)
            form.add_error(None, late.reason)
            status = CONFLICT
        else:
            messages.success(request, _what_came_of_it(proposal, done, said["wishes"]))
            return redirect("proposals:detail", pk)
    context = {"form": form, "proposal": proposal, "refusal": refusal}
    return render(request, "proposals/reword.html", context, status=status)


def _what_came_of_it(before: Proposal, done: Proposal, wishes: Wishes) -> str:
    """Whether the text is another, its days begin anew, or nothing was changed."""
    if done.text != before.text:
        return "正文已改，附议过的代表会收到通知。"
    if done.sign_until != before.sign_until or wishes.changed(before):
        return "正文没有改动，其余已改好，附议期限从今天重新算。"
    return "正文没有改动，附议期限不变。"


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """撤回建议."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.actor), pk=pk)
    form, today = WithdrawForm(request.POST or None), clock.today()
    if form.is_valid():
        submission.withdraw(proposal, by=request.actor, today=today, **form.cleaned_data)
        messages.success(request, "已撤回。")
        return redirect("proposals:detail", pk)
    refusal = why_not_withdraw(request.actor, proposal, today)
    context = {"form": form, "proposal": proposal, "refusal": refusal}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "proposals/withdraw.html", context, status=status)
