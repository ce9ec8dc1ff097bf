"""承诺: the unit reports, the office confirms or sends back; the register and its papers."""

from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import Act, asked
from congress.shared.desk import framed, in_an_office
from congress.shared.http import PDF, Request, as_download
from congress.shared.models import Organisation
from congress.shared.roles import UNIT
from proposals import follow_papers, permissions
from proposals.actions import promises as actions
from proposals.follow_forms import ConfirmForm, ReportStepForm, SendBackStepForm
from proposals.models import Promise, StepReport
from proposals.queries import promise_register as queries
from proposals.queries.clocks import Clock
from proposals.views.exhibits import sent

BOTH = ["GET", "HEAD", "POST"]
ASK_DESK = "proposals/ask_in_office.html"
ON_A_PAGE = 30


@require_safe
@in_an_office
def promises(request: Request) -> HttpResponse:
    """承诺台账."""
    by, wanted = request.actor, queries.Wanted.of(request.GET.dict())
    page = Paginator(queries.register(by, wanted), ON_A_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts(by)
    context: dict[str, object] = {
        "title": "承诺台账",
        "page": page,
        "lines": queries.lines(page.object_list, by, Clock.on(clock.today())),
        "wanted": wanted,
        "counts": counts,
        "total": sum(each.many for each in counts),
        "units": queries.units(by),
        "months": queries.months(by),
        "orders": queries.ORDERS,
        "year": clock.today().year,
    }
    return framed(request, "proposals/promises.html", context)


@require_safe
@in_an_office
def promise_export(request: Request) -> HttpResponse:
    """承诺台账导出: the very lines that the page shows, all pages of them."""
    by, today = request.actor, clock.today()
    rows = queries.register(by, queries.Wanted.of(request.GET.dict()))
    lines = queries.lines(rows, by, Clock.on(today))
    return as_download(follow_papers.register_sheet(lines), f"承诺台账-{today}.xlsx")


@require_safe
def promise_receipt(request: Request, pk: int, year: int) -> HttpResponse:
    """第四季度进展回执（PDF） of one unit: for an office, and for the unit itself."""
    by, rows = request.actor, Organisation.objects.units()
    if not by.in_an_office:
        rows = rows.filter(pk=by.organisation_id or 0) if by.role in UNIT else rows.none()
    unit = get_object_or_404(rows, pk=pk)
    found = queries.receipt(unit, year, by, Clock.on(clock.today()))
    name = f"{unit.name}{year}年承诺进展回执.pdf"
    return as_download(follow_papers.receipt_pdf(found, clock.today()), name, PDF)


def _promise(request: Request, pk: int) -> Promise:
    return get_object_or_404(Promise.objects.visible_to(request.actor).with_case(), pk=pk)


@require_http_methods(BOTH)
def report_step(request: Request, pk: int) -> HttpResponse:
    """报告兑现…"""
    promise, by, today = _promise(request, pk), request.actor, clock.today()
    form = ReportStepForm(request.POST or None, request.FILES or None)
    proposal = promise.assignment.proposal
    back = reverse("proposals:case", args=[proposal.pk])

    def act() -> tuple[str, str]:
        actions.report_step(promise, by=by, today=today, **form.said())
        return f"已报告，{proposal.session.office}核实以后算兑现。", f"{back}#follow"

    return asked(
        request,
        form,
        act,
        template="ask.html",
        desk=False,
        title=f"报告兑现：第 {promise.position} 步“{promise.words}”",
        back=back,
        verb_label="报告兑现",
        refusal=permissions.why_not_report_step(by, promise),
    )


@require_http_methods(BOTH)
@in_an_office
def confirm_step(request: Request, pk: int) -> HttpResponse:
    """核实兑现…"""
    promise, by = _promise(request, pk), request.actor
    form = ConfirmForm(request.POST if request.method == "POST" else None)

    def act() -> tuple[str, str]:
        actions.confirm_step(promise, by=by, today=clock.today())
        return "已核实，单位和领衔代表会收到通知。", reverse("proposals:promises")

    refusal = permissions.why_not_confirm_step(by, promise)
    return _decide(request, promise, form, act, "核实兑现", refusal)


@require_http_methods(BOTH)
@in_an_office
def send_back_step(request: Request, pk: int) -> HttpResponse:
    """退回报告…"""
    promise, by = _promise(request, pk), request.actor
    form = SendBackStepForm(request.POST or None)

    def act() -> tuple[str, str]:
        actions.send_back_step(promise, by=by, today=clock.today(), **form.cleaned_data)
        return "已退回，单位会看到您写的话。", reverse("proposals:promises")

    refusal = permissions.why_not_send_back_step(by, promise)
    return _decide(request, promise, form, act, "退回报告", refusal)


def _decide(
    request: Request, promise: Promise, form: Form, act: Act, label: str, refusal: str | None
) -> HttpResponse:
    part, report = promise.assignment, promise.last_report
    said = f"报告：{report.words}" if report else ""
    words = (
        f"{part.proposal.number}“{part.proposal.title}”：{part.unit.name}第 {promise.position} 步"
        f"“{promise.words}”。{said}"
    )
    return asked(
        request,
        form,
        act,
        template=ASK_DESK,
        title=label,
        words=words,
        picture=reverse("proposals:step_picture", args=[report.pk])
        if report and report.file
        else "",
        back=reverse("proposals:promises"),
        verb_label=label,
        refusal=refusal,
    )


@require_safe
def step_picture(request: Request, pk: int) -> FileResponse:
    """兑现的照片: for whoever sees the step: its unit, its office, the lead deputy."""
    own = Promise.objects.visible_to(request.actor)
    found = get_object_or_404(StepReport.objects.exclude(file="").filter(promise__in=own), pk=pk)
    return sent(found.file, f"step-{found.pk}.jpg")
