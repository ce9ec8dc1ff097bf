"""届与公告 at the desk: numbers of every congress, changes that wait, papers, change of term."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import refused_in, status_of
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import PDF, Request, as_download, row_number
from congress.shared.models import Assembly, Term
from deputies.actions import announcements
from deputies.actions import terms as verbs
from deputies.documents import announcement_pdf
from deputies.forms.terms import AnnounceForm, OpenTermForm, SetSeatsForm
from deputies.models import Announcement, SeatChange
from deputies.permissions import seats as reasons
from deputies.queries import seats as queries
from deputies.queries.history import day

BOTH = ("GET", "HEAD", "POST")


@require_safe
@at_the_desk
def changes(request: Request) -> HttpResponse:
    """资格变动: what waits for an announcement first; seats, deputies and vacancies beside it."""
    waiting = SeatChange.objects.visible_to(request.actor).to_announce().in_name_order()
    terms = queries.term_lines(clock.today())
    context = {
        "title": "资格变动",
        "terms": terms,
        "vacancies": sum(line.vacancies or 0 for line in terms),
        "coming": queries.coming(clock.today()),
        "waiting": waiting.select_related("mandate__deputy", "mandate__term__assembly"),
        "papers": Announcement.objects.visible_to(request.actor).select_related("assembly")[:10],
        "why_not": {
            "by_elect": reasons.why_not_by_elect(request.actor, today=clock.today()),
            "open_term": reasons.why_not_open_term(request.actor),
            "set_seats": reasons.why_not_set_seats(request.actor, today=clock.today()),
        },
    }
    return framed(request, "deputies/changes.html", context)


@require_http_methods(BOTH)
@at_the_desk
def announce(request: Request, pk: int) -> HttpResponse:
    """公告: every change of this term that waits."""
    term, today = _term(pk), clock.today()
    start = {"announced_on": today, "body": queries.body_of(term.assembly)}
    form = AnnounceForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            paper = announcements.announce(term, **form.cleaned_data, by=request.actor, today=today)
            messages.success(request, f"公告{paper}已做好，可以下载打印。")
            return redirect("deputies:announcement", paper.pk)
        except Refused as no:
            refused_in(form, None, no)
    rows = SeatChange.objects.visible_to(request.actor).to_announce().of_term(term)
    context = {
        "title": f"公告：{term}",
        "term": term,
        "form": form,
        "waiting": rows.in_name_order().select_related("mandate__deputy", "mandate__district"),
        "refusal": reasons.why_not_announce(request.actor, term, today=today),
    }
    return framed(request, "deputies/announce.html", context, status=status_of(form))


def _term(pk: int) -> Term:
    return get_object_or_404(Term.objects.select_related("assembly__level"), pk=pk)


@require_http_methods(BOTH)
@at_the_desk
def set_seats(request: Request, pk: int) -> HttpResponse:
    """确定名额: how many deputies the term has by law."""
    term, today, by = _term(pk), clock.today(), request.actor
    form = SetSeatsForm(request.POST or None, initial={"seats": term.seats})
    if form.is_valid():
        try:
            verbs.set_seats(term, seats=form.cleaned_data["seats"], by=by, today=today)
            messages.success(request, f"{term}的名额已确定。")
            return redirect("deputies:changes")
        except Refused as no:
            refused_in(form, "seats", no)
    refusal = reasons.why_not_set_seats(by, term, today=today)
    context = {"title": f"确定名额：{term}", "form": form, "refusal": refusal}
    return framed(request, "deputies/set_seats.html", context, status=status_of(form))


def _paper(request: Request, pk: int) -> Announcement:
    rows = Announcement.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("term__assembly"), pk=pk)


@require_safe
@at_the_desk
def announcement(request: Request, pk: int) -> HttpResponse:
    """一份公告 as it reads."""
    row = _paper(request, pk)
    context = {"title": f"公告{row}", "paper": queries.paper(row)}
    return framed(request, "deputies/announcement.html", context)


@require_safe
@at_the_desk
def announcement_file(request: Request, pk: int) -> HttpResponse:
    """一份公告 as a PDF to print."""
    row = _paper(request, pk)
    return as_download(announcement_pdf(queries.paper(row)), f"公告{row}.pdf", PDF)


@require_http_methods(BOTH)
@at_the_desk
def open_term(request: Request) -> HttpResponse:
    """换届: what will end is shown before it is done."""
    assemblies, today = queries.assemblies_with_terms(), clock.today()
    number = row_number(str(request.GET.get("assembly") or request.POST.get("assembly") or ""))
    own = queries.own_congress(request.actor)
    chosen = assemblies.filter(pk=number or (own.pk if own else 0)).first()
    seen = queries.turnover(chosen, today) if isinstance(chosen, Assembly) else None
    start = {"assembly": chosen, "number": seen.last.number + 1 if seen else None}
    form = OpenTermForm(request.POST or None, assemblies=assemblies, initial=start)
    if form.is_valid():
        said = dict(form.cleaned_data)
        try:
            term = verbs.open_term(said.pop("assembly"), **said, by=request.actor, today=today)
            messages.success(request, _opened(term, today))
            return redirect("deputies:changes")
        except Refused as no:
            refused_in(form, None, no)
    refusal = reasons.why_not_open_term(request.actor)
    context = {"title": "换届", "form": form, "seen": seen, "refusal": refusal}
    return framed(request, "deputies/open_term.html", context, status=status_of(form))


def _opened(term: Term, today: date) -> str:
    begins = f"到 {day(term.from_on)}零点开届" if term.from_on > today else "已开届"
    return f"{term}{begins}。现在可以导入新一届的名册，换届日期填同一天。"


@require_POST
@at_the_desk
def revoke_term(request: Request, pk: int) -> HttpResponse:
    """撤销换届: as long as the new term is empty."""
    term = _term(pk)
    old = verbs.revoke_term(term, by=request.actor)
    messages.success(request, f"已撤销换届，{old}继续。")
    return redirect("deputies:changes")
