"""回头看: the office's list, opened by hand, reported by the unit, settled by the office."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import framed, in_an_office
from congress.shared.http import Request, as_download
from proposals import follow_papers, permissions
from proposals.actions import lookback as actions
from proposals.follow_forms import OpenLookBackForm, ReportLookBackForm, SettleLookBackForm
from proposals.models import LookBack, Reply
from proposals.queries import papers
from proposals.queries import promise_register as queries
from proposals.queries.clocks import Clock

BOTH = ["GET", "HEAD", "POST"]
ASK_DESK = "proposals/ask_in_office.html"
ON_A_PAGE = 30


@require_safe
@in_an_office
def look_backs(request: Request) -> HttpResponse:
    """回头看: those that wait, or those settled."""
    settled, by = request.GET.get("only") == "settled", request.actor
    rows = queries.look_backs(by, settled=settled)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "title": "回头看",
        "page": page,
        "lines": queries.look_back_rows(page.object_list, by, Clock.on(clock.today())),
        "settled": settled,
        "waiting": queries.look_backs(by, settled=False).count(),
    }
    return framed(request, "proposals/look_backs.html", context)


@require_safe
@in_an_office
def look_back_export(request: Request) -> HttpResponse:
    """回头看导出: the very lines that the page shows."""
    by, today = request.actor, clock.today()
    rows = queries.look_backs(by, settled=request.GET.get("only") == "settled")
    lines = queries.look_back_rows(rows, by, Clock.on(today))
    return as_download(follow_papers.look_back_sheet(lines), f"回头看-{today}.xlsx")


@require_http_methods(BOTH)
@in_an_office
def open_look_back(request: Request, pk: int) -> HttpResponse:
    """提出回头看…"""
    rows = papers.answered(request.actor).prefetch_related("look_backs")
    reply, by = get_object_or_404(rows, pk=pk), request.actor
    form, back = OpenLookBackForm(request.POST or None), _dossier(reply)

    def act() -> tuple[str, str]:
        actions.open_look_back(reply, by=by, today=clock.today(), **form.cleaned_data)
        return "已提出回头看，单位会收到通知。", back

    proposal = reply.assignment.proposal
    return asked(
        request,
        form,
        act,
        template=ASK_DESK,
        title="提出回头看",
        words=f"{proposal.number}“{proposal.title}”：{reply.assignment.unit.name}的答复。",
        back=back,
        verb_label="提出回头看",
        refusal=permissions.why_not_open_look_back(by, reply),
    )


def _dossier(reply: Reply) -> str:
    return reverse("proposals:dossier", args=[reply.assignment.proposal_id])


def _look_back(request: Request, pk: int) -> LookBack:
    return get_object_or_404(LookBack.objects.visible_to(request.actor).with_case(), pk=pk)


@require_http_methods(BOTH)
def report_look_back(request: Request, pk: int) -> HttpResponse:
    """报告落实情况…"""
    found, by, today = _look_back(request, pk), request.actor, clock.today()
    form = ReportLookBackForm(request.POST or None)
    back = reverse("proposals:case", args=[found.assignment.proposal_id])

    def act() -> tuple[str, str]:
        actions.report_look_back(found, by=by, today=today, **form.cleaned_data)
        return "已报告落实情况。", f"{back}#follow"

    return asked(
        request,
        form,
        act,
        template="ask.html",
        desk=False,
        title=f"回头看：报告“{found.assignment.proposal.title}”的落实情况",
        back=back,
        verb_label="报告落实情况",
        refusal=permissions.why_not_report_look_back(by, found),
    )


@require_http_methods(BOTH)
@in_an_office
def settle_look_back(request: Request, pk: int) -> HttpResponse:
    """了结回头看…"""
    found, by, today = _look_back(request, pk), request.actor, clock.today()
    form = SettleLookBackForm(request.POST or None)

    def act() -> tuple[str, str]:
        actions.settle_look_back(found, by=by, today=today, **form.cleaned_data)
        return "回头看已了结，单位和领衔代表会收到通知。", reverse("proposals:look_backs")

    part = found.assignment
    (line,) = queries.look_back_rows([found], by, Clock.on(today))
    said = f"单位报告：{found.report}" if found.report else "单位还没有报告。"
    words = f"{part.proposal.number}“{part.proposal.title}”，{part.unit.name}：{line.why}。{said}"
    return asked(
        request,
        form,
        act,
        template=ASK_DESK,
        title="了结回头看",
        words=words,
        back=reverse("proposals:look_backs"),
        verb_label="了结",
        refusal=line.no_settle,
    )
