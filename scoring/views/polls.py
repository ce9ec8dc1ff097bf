"""计票: one meeting's page, the form for everybody, the second person's word, corrections."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, UNPROCESSABLE, Request, as_download
from congress.shared.workbook import workbook
from scoring.actions import polls as verbs
from scoring.forms.polls import FIELDS, HEAD, CorrectForm, CountsForm, SettleForm, read_sheet
from scoring.models import DutyReport, PollResult, ReportMeeting
from scoring.permissions import polls as reasons
from scoring.poll_states import Outcome
from scoring.queries import meetings as queries
from scoring.views import frames
from scoring.views.reports import meeting_of

BOTH = ("GET", "HEAD", "POST")


@require_safe
def reports_meeting(request: Request, pk: int) -> HttpResponse:
    """一次述职评议会: who reports, what was counted, what waits for another person."""
    return _meeting(request, meeting_of(request, pk))


def _meeting(
    request: Request, meeting: ReportMeeting, form: SettleForm | None = None, status: int = 200
) -> HttpResponse:
    by, today, lines = request.actor, clock.today(), queries.lines_of(meeting)
    waits = [line.waits for line in lines if line.waits]
    for each in waits:
        each.report = next(line.report for line in lines if line.report.pk == each.report_id)
    others = [row for row in waits if reasons.why_not_confirm_counts(by, meeting, [row]) is None]
    context = {
        "title": str(meeting),
        "meeting": meeting,
        "lines": lines,
        "waits": waits,
        "confirmable": {row.pk for row in others},
        "no_settle": reasons.why_not_confirm_counts(by, meeting, others or waits),
        "form": form,
        "open": sum(line.shown is None for line in lines),
        "no_enter": reasons.why_not_enter_counts(by, meeting, today=today),
        "no_rearrange": reasons.why_not_rearrange_reports(by, meeting, today=today),
        "no_call_off": reasons.why_not_call_off_reports(by, meeting),
        "runs": reasons.runs_reports(by, meeting),
        "back": reverse("scoring:reports"),
    }
    return frames.shown(request, "scoring/reports_meeting.html", context, status=status)


@require_http_methods(BOTH)
def enter_counts(request: Request, pk: int) -> HttpResponse:
    """登记述职和计票: typed, or read from the sheet into the same form."""
    meeting, by, today = meeting_of(request, pk), request.actor, clock.today()
    reports = queries.open_reports(meeting)
    refusal = reasons.why_not_enter_counts(by, meeting, today=today)
    form, read, status = CountsForm(reports), None, 200
    if request.method == "POST" and "read" in request.POST:
        form, read, status = _read(request, reports)
    elif request.method == "POST":
        form = CountsForm(reports, request.POST.dict())
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                rows = verbs.enter_counts(meeting, turns=form.turns, by=by, today=today)
                messages.success(request, f"已登记 {len(rows)} 人，等另一个人复核。")
                return redirect("scoring:reports_meeting", pk)
            except Refused as no:
                form.problems.append(no.reason)
                status = CONFLICT
    context = {
        "title": f"{meeting}计票",
        "meeting": meeting,
        "form": form,
        "read": read,
        "refusal": refusal or ("" if reports else "名单上的代表都登记过了。"),
        "outcomes": Outcome.choices,
        "back": reverse("scoring:reports_meeting", args=[pk]),
    }
    return frames.shown(request, "scoring/enter_counts.html", context, status=status)


def _read(request: Request, reports: list[DutyReport]) -> tuple[CountsForm, int | None, int]:
    """The sheet's rows stand in the form; nothing is saved before somebody has looked at them."""
    sent = request.FILES.get("sheet")
    if sent is None:
        form = CountsForm(reports)
        form.problems.append("请先选填好的表。")
        return form, None, UNPROCESSABLE
    try:
        typed, problems = read_sheet(sent.read(), str(sent.name), reports)
    except Refused as no:
        form = CountsForm(reports)
        form.problems.append(no.reason)
        return form, None, UNPROCESSABLE
    form = CountsForm(reports, typed)
    form.problems += problems
    status = UNPROCESSABLE if form.wrong else 200
    return form, sum(line.given for line in form.lines), status


@require_safe
def counts_sheet(request: Request, pk: int) -> HttpResponse:
    """同一张表: the columns of the form, to be filled in elsewhere and read back."""
    meeting = meeting_of(request, pk)
    rows = []
    for line in queries.lines_of(meeting):
        row = line.shown
        counts = [getattr(row, name) for name in FIELDS] if row else [None] * len(FIELDS)
        said = row.get_outcome_display() if row else ""
        cells = ["" if each is None else each for each in counts]
        rows.append(
            [line.report.pk, line.report.deputy.name, said, *cells, row.note if row else ""]
        )
    return as_download(workbook("计票", HEAD, rows), f"{meeting}计票.xlsx")


def _settled(request: Request, pk: int, verb: str) -> HttpResponse:
    meeting, by = meeting_of(request, pk), request.actor
    waiting = PollResult.objects.waiting().filter(report__meeting=meeting)
    form = SettleForm(request.POST, waiting=waiting.values_list("pk", flat=True))
    if not form.is_valid():
        return _meeting(request, meeting, form, UNPROCESSABLE)
    which = form.cleaned_data["which"]
    if verb == "confirm":
        rows = verbs.confirm_counts(meeting, which=which, by=by)
        messages.success(request, f"已复核 {len(rows)} 人，履职记录已生成，等代工委核对。")
        return redirect("scoring:reports_meeting", pk)
    answer = form.cleaned_data["answer"]
    if not answer:
        form.add_error("answer", "请写明哪里不符。")
        return _meeting(request, meeting, form, UNPROCESSABLE)
    rows = verbs.reject_counts(meeting, which=which, answer=answer, by=by)
    messages.success(request, f"已退回 {len(rows)} 人的计票，请计票人重新清点。")
    return redirect("scoring:reports_meeting", pk)


@require_http_methods(["POST"])
def confirm_counts(request: Request, pk: int) -> HttpResponse:
    """复核: the lines that are ticked."""
    return _settled(request, pk, "confirm")


@require_http_methods(["POST"])
def reject_counts(request: Request, pk: int) -> HttpResponse:
    """复核不符: the lines that are ticked, with where they differ."""
    return _settled(request, pk, "reject")


@require_http_methods(BOTH)
def correct_count(request: Request, pk: int) -> HttpResponse:
    """更正: one deputy's count anew; it stands once another person has confirmed it."""
    by = request.actor
    visible = ReportMeeting.objects.visible_to(by).order_by()
    rows = PollResult.objects.filter(report__meeting__in=visible).select_related(
        "report__deputy", "report__meeting__area", "report__meeting__group"
    )
    row = get_object_or_404(rows.select_related("report__meeting__station__area"), pk=pk)
    form = CorrectForm(
        request.POST or None,
        initial={name: getattr(row, name) for name in ("outcome", *FIELDS, "note")},
    )
    back = reverse("scoring:reports_meeting", args=[row.report.meeting_id])

    def act() -> tuple[str, str]:
        reason = form.cleaned_data["reason"]
        verbs.correct_count(row, turn=form.turn, reason=reason, by=by)
        return "更正已登记，另一个人复核以后生效；原来的一条留着。", back

    return frames.ask(
        request,
        form,
        act,
        title=f"更正{row.report.deputy.name}的测评结果",
        verb_label="登记更正",
        back=back,
        refusal=reasons.why_not_correct_count(by, row),
    )
