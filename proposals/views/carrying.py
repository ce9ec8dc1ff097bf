"""滚动办: what a year hands on, who fosters it, and the book of it."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import framed, in_an_office
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, PDF, Request, as_download
from congress.shared.models import Assembly
from proposals import rolling_papers as papers
from proposals.actions import carrying, fostering
from proposals.carry_forms import FosterForm, Picked, picked_of
from proposals.models import CarriedProposal, Foster, Proposal
from proposals.permissions.carrying import (
    undecided,
    why_not_carry_over,
    why_not_name_fosters,
    why_not_take_back_carried,
)
from proposals.permissions.fostering import why_not_appoint_foster, why_not_end_foster
from proposals.queries import carrying as queries
from proposals.queries import hand_over
from proposals.queries.carrying import Wanted, Year
from proposals.queries.congresses import congress_of
from proposals.queries.foster_choices import MOST, orphans
from proposals.queries.foster_choices import found as found_deputies
from proposals.rolling import CarryReason
from proposals.supervision_forms import WordsForm
from proposals.views.desk import one
from proposals.views.filtering import begun_year_of, typed_year
from proposals.views.inviting import numbers, typed

BOTH = ["GET", "HEAD", "POST"]
ON_A_PAGE = 50
ALL_LATER = (
    "要定接续代表的都是“以后再定”，也没有新的要结转：选好哪一件由谁接续，再点“确定接续代表”。"
)


@require_safe
@in_an_office
def carried_year(request: Request) -> HttpResponse:
    """滚动办理: what is open of a year, by reason and unit, and what was handed on."""
    return _page(request, asked_year(request))


def _page(
    request: Request, year: int, picked: Picked | None = None, problems: Sequence[str] = ()
) -> HttpResponse:
    """With problems nothing was done, and what was picked is still there."""
    today, assembly = clock.today(), own_congress(request)
    found = year_asked(request, assembly, year)
    typed, by = picked.typed if picked else None, request.actor
    refusal = why_not_carry_over(by, assembly, year, today)
    if not found.new:
        refusal = why_not_name_fosters(by, assembly)
    page = Paginator(found.shown, ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "title": "滚动办理",
        "assembly": assembly,
        "found": found,
        "orphans": orphans(found.fosters, today, typed),
        "problems": problems,
        "years": queries.years_of(assembly, today),
        "wanted": wanted_of(request),
        "page": page,
        "here": reverse("proposals:carried_year"),
        "query": _query(request, year),
        "refusal": refusal,
        "carries": (carries := why_not_carry_over(by, assembly) is None),
        "backs": undecided([each.record for each in page if each.record]) if carries else (),
    }
    status = CONFLICT if problems else 200
    return framed(request, "proposals/carried_year.html", context, status=status)


def own_congress(request: Request) -> Assembly:
    """Of the acting office."""
    assembly = congress_of(request.actor)
    if assembly is None:
        raise Http404
    return assembly


def asked_year(request: Request) -> int:
    """The year before, where nothing else is asked for: it is handed on now."""
    today = clock.today()
    return begun_year_of(request, today, bare=today.year - 1)


def wanted_of(request: Request) -> Wanted:
    """Anything that is no filter of ours asks for all."""
    reason, unit = request.GET.get("reason", ""), request.GET.get("unit", "")[:60]
    return Wanted(reason if reason in CarryReason.values else "", unit)


def year_asked(request: Request, assembly: Assembly, year: int) -> Year:
    return queries.year_of(assembly, year, clock.today(), wanted_of(request))


def _query(request: Request, year: int) -> QueryDict:
    """The filters, and the year that is shown, which a refused form has named itself."""
    query = request.GET.copy()
    query["year"] = str(year)
    return query


@require_POST
@in_an_office
def carry_over(request: Request) -> HttpResponse:
    """结转."""
    today = clock.today()
    assembly, year = own_congress(request), typed_year(request, "滚动办理", "结转")
    before = queries.year_of(assembly, year, today)
    picked = picked_of(assembly, before.fosters, request.POST, today)
    if picked.problems:
        return _page(request, year, picked, picked.problems)
    if before.fosters and not before.new and not picked.fosters:
        return _page(request, year, picked, [ALL_LATER])
    fosters, by = picked.fosters, request.actor
    try:
        added = carrying.carry_over(assembly, year=year, fosters=fosters, by=by, today=today)
    except Refused as no:
        return _page(request, year, picked, [no.reason])
    done = [f"{year} 年结转 {len(added)} 件"] if added else []
    done += [f"确定接续代表 {len(picked.fosters)} 位次"] if picked.fosters else []
    messages.success(request, f"{'，'.join(done)}，单位和代表都已收到通知。")
    return redirect(f"{reverse('proposals:carried_year')}?year={year}")


@require_http_methods(BOTH)
@in_an_office
def take_back_carried(request: Request, pk: int) -> HttpResponse:
    """撤回结转: of one proposal."""
    rows = Proposal.objects.decided_by(request.actor)
    asked_for = CarriedProposal.objects.filter(proposal__in=rows).select_related("proposal")
    found = get_object_or_404(asked_for.select_related("carry_over__assembly"), pk=pk)
    proposal, over, by = found.proposal, found.carry_over, request.actor
    back = f"{reverse('proposals:carried_year')}?year={over.from_year}"
    form = WordsForm(
        request.POST or None,
        label="为什么撤回",
        missing="请写明为什么撤回。",
        help_text="承办单位和代表会看到。",
    )

    def act() -> tuple[str, str]:
        words, today = form.cleaned_data["words"], clock.today()
        carrying.take_back_carried(found, reason=words, by=by, today=today)
        return f"{proposal.number}的结转已经撤回，单位和代表会收到通知。", back

    return asked(
        request,
        form,
        act,
        template="proposals/ask_in_office.html",
        title="撤回结转",
        words=f"{proposal.number}“{proposal.title}”，{over.from_year} 年结转到 {over.to_year} 年。"
        "撤回以后公开页不再标“滚动办理”，编号、状态、期限都不变；以后还可以再结转。",
        back=back,
        verb_label="撤回结转",
        refusal=why_not_take_back_carried(by, found),
    )


@require_safe
@in_an_office
def hand_over_pdf(request: Request) -> HttpResponse:
    """结转册、换届交接册（PDF）."""
    book = hand_over.book(own_congress(request), asked_year(request), clock.today())
    return as_download(papers.hand_over_pdf(book), f"{book.title}.pdf", PDF)


@require_safe
@in_an_office
def hand_over_sheet(request: Request) -> HttpResponse:
    """结转册（表格）."""
    book = hand_over.book(own_congress(request), asked_year(request), clock.today())
    return as_download(papers.hand_over_sheet(book), f"{book.title}.xlsx")


@require_http_methods(BOTH)
@in_an_office
def appoint_foster(request: Request, pk: int) -> HttpResponse:
    """确定接续代表: for one proposal."""
    proposal, today, by = one(request, pk), clock.today(), request.actor
    to_act = request.method == "POST" and "find" not in request.POST
    kept = {"reason": request.POST.get("reason", "")}
    sent = request.POST if to_act else None
    form = FosterForm(sent, proposal=proposal, today=today, initial=kept)

    def act() -> tuple[str, str]:
        data = form.cleaned_data
        made = fostering.appoint_foster(proposal, **data, by=by, today=today)
        return f"由{made.deputy.name}代表接续，代表和单位会收到通知。", _dossier(proposal)

    q, picked = typed(request), request.POST.get("deputy", "")
    return asked(
        request,
        form,
        act,
        template="proposals/appoint_foster.html",
        title="确定接续代表",
        words=f"{proposal.number}“{proposal.title}”，{proposal.lead.name}代表提出。"
        "见面、同意延期、评价由接续代表来；答复仍然写给原来的代表。",
        back=_dossier(proposal),
        refusal=why_not_appoint_foster(by, proposal, today),
        q=q,
        picked=picked,
        most=MOST,
        found=found_deputies(proposal, q, today, numbers([picked])),
    )


@require_http_methods(BOTH)
@in_an_office
def end_foster(request: Request, pk: int) -> HttpResponse:
    """结束接续."""
    rows = Proposal.objects.decided_by(request.actor)
    found = get_object_or_404(Foster.objects.select_related("deputy"), pk=pk, proposal__in=rows)
    proposal, today, by = one(request, found.proposal_id), clock.today(), request.actor
    found.proposal = proposal
    form = WordsForm(request.POST or None, label="为什么结束", missing="请写明为什么结束。")

    def act() -> tuple[str, str]:
        words = form.cleaned_data["words"]
        fostering.end_foster(found, words=words, by=by, today=today)
        return f"{found.deputy.name}代表的接续已经结束。", _dossier(proposal)

    return asked(
        request,
        form,
        act,
        template="proposals/ask_in_office.html",
        title="结束接续",
        words=f"{proposal.number}“{proposal.title}”，{found.deputy.name}代表接续。",
        back=_dossier(proposal),
        verb_label="结束接续",
        refusal=why_not_end_foster(by, found),
    )


def _dossier(proposal: Proposal) -> str:
    return reverse("proposals:dossier", args=[proposal.pk])
