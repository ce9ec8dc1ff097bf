"""查账、积分月报: the runs of the audit, the sheets, and a printed seal compared."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed, refused
from congress.shared.http import PDF, UNPROCESSABLE, Request, as_download, own_page
from scoring.actions import anchors
from scoring.actions import audits as verbs
from scoring.forms.ledger import HeadForm, MonthForm
from scoring.forms.points import YearForm
from scoring.models import LedgerAnchor, LedgerAudit
from scoring.month_sheet import month_sheet_pdf
from scoring.permissions import why_not_anchor_month, why_not_ask_audit
from scoring.queries import audit_lines, sealed_books
from scoring.queries import audits as queries
from scoring.queries.board import congresses
from scoring.queries.months import is_audited, last_month, without_sheet
from scoring.queries.months import months as months_of

RUNS, MONTHS = 30, 24


@require_safe
@at_the_desk
def audits(request: Request) -> HttpResponse:
    """查账记录: how the latest came out, and all before it."""
    rows = LedgerAudit.objects.visible_to(request.actor)
    page = Paginator(rows, RUNS).get_page(request.GET.get("page"))
    context: dict[str, object] = {"title": "查账记录", "page": page}
    context |= {"line": queries.public_line(clock.now()), "asked": queries.asked(clock.now())}
    context |= {"refusal": why_not_ask_audit(request.actor)}
    context["not_comparable"] = sealed_books.not_comparable()
    context["left_as_decided"] = audit_lines.left_as_decided()
    return framed(request, "scoring/audits.html", context)


@require_POST
@at_the_desk
def ask_audit(request: Request) -> HttpResponse:
    """现在查一次."""
    verbs.ask_audit(by=request.actor)
    return redirect("scoring:audits")


@require_safe
@at_the_desk
def audit(request: Request, pk: int) -> HttpResponse:
    """一次查账: its figures, and each fault in a sentence."""
    run = get_object_or_404(LedgerAudit.objects.visible_to(request.actor), pk=pk)
    context = {"title": "一次查账", "run": run, "words": queries.in_words(run)}
    return framed(request, "scoring/audit.html", context | {"sentences": run.sentences.all()})


@require_safe
@at_the_desk
def verify_head(request: Request) -> HttpResponse:
    """核对月报上的封签: whether what is printed there is on the chain."""
    form = HeadForm(request.GET or None)
    good = form.is_valid()
    context: dict[str, object] = {"title": "核对月报上的封签", "form": form, "good": good}
    status = UNPROCESSABLE if form.errors else 200
    return framed(request, "scoring/verify_head.html", context, status=status)


@require_safe
@at_the_desk
def months(request: Request) -> HttpResponse:
    """积分月报: month by month, what is made and what can be."""
    today, known = clock.today(), congresses()
    assembly, _, _ = YearForm(request.GET, years=[], assemblies=known).choice(today)
    rows = months_of(assembly, today) if assembly else []
    page = Paginator(rows, MONTHS).get_page(request.GET.get("page"))
    context: dict[str, object] = {"title": "积分月报", "page": page, "assembly": assembly}
    context |= {"places": known, "unaudited": sum(not (x.anchor or x.audited) for x in rows)}
    context |= {"refusal": why_not_anchor_month(request.actor)}
    return framed(request, "scoring/months.html", context)


@require_safe
@at_the_desk
def months_waiting(request: Request) -> HttpResponse:
    """积分月报待制作: the congresses whose sheet of last month nobody has made."""
    month = last_month(clock.today())
    page = Paginator(without_sheet(month), MONTHS).get_page(request.GET.get("page"))
    context: dict[str, object] = {"title": "积分月报待制作", "page": page, "month": month}
    context |= {"audited": is_audited(month), "refusal": why_not_anchor_month(request.actor)}
    return framed(request, "scoring/months_waiting.html", context)


@require_POST
@at_the_desk
def anchor_month(request: Request) -> HttpResponse:
    """制作月报."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        words = [str(error) for errors in form.errors.values() for error in errors]
        return refused(request, "".join(words), back=own_page(request) or "/", status=UNPROCESSABLE)
    row = anchors.anchor_month(**form.cleaned_data, by=request.actor, today=clock.today())
    messages.success(request, f"{row}已做好，请打印、签字、归档。")
    waiting = reverse("scoring:months_waiting")
    if own_page(request).startswith(waiting):
        return redirect(waiting)
    return redirect(f"{reverse('scoring:months')}?assembly={row.assembly_id}")


@require_safe
@at_the_desk
def month_sheet(request: Request, pk: int) -> HttpResponse:
    """下载月报: the same bytes whenever it is asked for."""
    rows = LedgerAnchor.objects.visible_to(request.actor)
    anchor = get_object_or_404(rows.select_related("assembly", "audit"), pk=pk)
    return as_download(month_sheet_pdf(anchor), f"{anchor}.pdf", PDF)
