"""述职: the year's meetings, who has not reported, and the deputy's own page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.http import PDF, Request, as_download
from congress.shared.models import Area
from congress.shared.roles import Role
from congress.shared.workbook import workbook
from deputies.models import Deputy
from scoring.actions import reports as verbs
from scoring.forms.reporting import (
    CallForm,
    CircleForm,
    ReasonForm,
    ReportForm,
    ReportsFilterForm,
    as_called,
    townships,
)
from scoring.models import DutyReport, ReportMeeting
from scoring.papers import count_sheet_pdf
from scoring.permissions import polls as reasons
from scoring.queries import meetings as queries
from scoring.queries import reporting
from scoring.views import frames

BOTH = ("GET", "HEAD", "POST")
PER_PAGE = 30
OWED_HEAD = ("乡镇", "代表小组", "代表", "情况")


def _asked_for(request: Request) -> dict[str, Any]:
    form = ReportsFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    said = dict(form.cleaned_data)
    said["year"] = said["year"] or clock.today().year
    if request.actor.is_a(Role.TOWNSHIP_CLERK):
        said["area"] = request.actor.area_id
    return said


def _runs(request: Request) -> None:
    """Offices, convenors and keepers: who may meet any such page at all."""
    by = request.actor
    if not (by.in_an_office or by.is_a(Role.CONVENOR, Role.KEEPER)):
        raise Http404


@require_safe
def reports(request: Request) -> HttpResponse:
    """述职测评: the year's meetings, what of them waits, and how many have not reported."""
    _runs(request)
    said, by, today = _asked_for(request), request.actor, clock.today()
    rows = queries.listed(by, year=said["year"], area=said["area"])
    if "export" in request.GET:
        return as_download(
            workbook("述职测评", queries.HEAD, queries.table(rows)),
            f"{said['year']}年述职测评.xlsx",
        )
    owed = []
    if by.in_an_office:
        owed = reporting.not_reported(said["year"], today, area=said["area"])
    context = {
        "title": "述职测评",
        "year": said["year"],
        "area": said["area"],
        "years": (today.year, today.year - 1),
        "townships": townships() if by.at_the_desk else [],
        "page": Paginator(rows, PER_PAGE).get_page(said["page"] or 1),
        "owed": len(owed) if by.in_an_office else None,
        "waiting": queries.waiting_for(by),
        "no_call": reasons.why_not_call_reports(by, today=today),
        "back": "/",
    }
    return frames.shown(request, "scoring/reports.html", context)


@require_safe
def not_reported(request: Request) -> HttpResponse:
    """还没述职的: by township and group, with what is known of each."""
    if not request.actor.in_an_office:
        raise Http404
    said, by, today = _asked_for(request), request.actor, clock.today()
    rows = reporting.not_reported(
        said["year"], today, area=said["area"], name=said["q"].replace(" ", "")
    )
    if "export" in request.GET:
        lines = ([row.area, row.group, row.name, row.words] for row in rows)
        sheet = workbook("还没述职的代表", OWED_HEAD, lines)
        return as_download(sheet, f"{said['year']}年还没述职的代表.xlsx")
    context = {
        "title": "还没述职的代表",
        **said,
        "years": (today.year, today.year - 1),
        "townships": townships() if by.at_the_desk else [],
        "pages": Paginator(rows, PER_PAGE).get_page(said["page"] or 1),
        "refusal": reasons.why_not_remind_reporters(by) or ("" if rows else "没有要提醒的代表。"),
        "with_account": sum(row.user_id is not None for row in rows),
        "back": reverse("scoring:reports"),
    }
    return frames.shown(request, "scoring/not_reported.html", context)


@require_http_methods(["POST"])
def remind_reporters(request: Request) -> HttpResponse:
    """提醒述职: everybody on the list as it is now."""
    said, by, today = _asked_for(request), request.actor, clock.today()
    area = Area.objects.filter(pk=said["area"]).first() if said["area"] else None
    names = verbs.remind_reporters(year=said["year"], area=area, by=by, today=today)
    messages.success(request, f"已提醒 {len(names)} 位代表，同一天不重复提醒。")
    to = reverse("scoring:not_reported")
    return redirect(f"{to}?{urlencode({'year': said['year'], 'area': said['area'] or ''})}")


def meeting_of(request: Request, pk: int) -> ReportMeeting:
    """The meeting, for whoever may see it; anybody else finds none."""
    rows = ReportMeeting.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("area", "group", "station__area"), pk=pk)


@require_http_methods(BOTH)
def call_reports(request: Request) -> HttpResponse:
    """安排述职评议会: whose it is by the address, then day, place and list."""
    by, today = request.actor, clock.today()
    if not by.in_an_office:
        raise Http404
    chooser = CircleForm(request.GET, by=by)
    group, station = chooser.circle_rows()
    form = CallForm(
        request.POST or None,
        area=chooser.township,
        group=group,
        station=station,
        today=today,
        initial={"held_on": today, "place": station.name if station else ""},
    )

    def act() -> tuple[str, str]:
        row = verbs.call_reports(called=form.called, by=by, today=today)
        return "已安排，代表会收到通知。", reverse("scoring:reports_meeting", args=[row.pk])

    return frames.ask(
        request,
        form,
        act,
        template="scoring/call_reports.html",
        title="安排述职评议会",
        chooser=chooser,
        verb_label="安排",
        back=reverse("scoring:reports"),
        refusal=reasons.why_not_call_reports(by, today=today),
    )


@require_http_methods(BOTH)
def rearrange_reports(request: Request, pk: int) -> HttpResponse:
    """改述职评议会."""
    meeting, by, today = meeting_of(request, pk), request.actor, clock.today()
    form = CallForm(
        request.POST or None,
        area=meeting.area,
        group=meeting.group,
        station=meeting.station,
        today=today,
        initial=as_called(meeting),
    )

    def act() -> tuple[str, str]:
        verbs.rearrange_reports(meeting, called=form.called, by=by, today=today)
        return "已改，名单上的代表会收到通知。", reverse("scoring:reports_meeting", args=[pk])

    return frames.ask(
        request,
        form,
        act,
        template="scoring/call_reports.html",
        title=f"改{meeting}",
        verb_label="改好",
        back=reverse("scoring:reports_meeting", args=[pk]),
        refusal=reasons.why_not_rearrange_reports(by, meeting, today=today),
    )


@require_http_methods(BOTH)
def call_off_reports(request: Request, pk: int) -> HttpResponse:
    """取消述职评议会: with its reason."""
    meeting, by, form = meeting_of(request, pk), request.actor, ReasonForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.call_off_reports(meeting, reason=form.cleaned_data["reason"], by=by)
        return "已取消，名单上的代表会收到通知。", reverse("scoring:reports")

    return frames.ask(
        request,
        form,
        act,
        field="reason",
        title=f"取消{meeting}",
        verb_label="取消这次会",
        back=reverse("scoring:reports_meeting", args=[pk]),
        refusal=reasons.why_not_call_off_reports(by, meeting),
    )


def _report(request: Request, pk: int) -> DutyReport:
    rows = DutyReport.objects.visible_to(request.actor).select_related(
        "deputy", "meeting__area", "meeting__group", "meeting__station__area"
    )
    return get_object_or_404(rows, pk=pk)


@require_http_methods(BOTH)
def hand_in_report(request: Request, pk: int) -> HttpResponse:
    """交述职报告: the deputy's own, or on behalf of one who wrote it on paper."""
    report, by, today = _report(request, pk), request.actor, clock.today()
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        has_file=bool(report.file),
        initial={"text": report.text},
    )
    own = by.same_person(report.deputy.user_id)
    back = (
        reverse("scoring:my_reports")
        if own
        else reverse("scoring:reports_meeting", args=[report.meeting_id])
    )

    def act() -> tuple[str, str]:
        verbs.hand_in_report(
            report, text=form.cleaned_data["text"], file=form.pdf, by=by, today=today
        )
        return "述职报告交好了，开会前后都可以再改。", back

    return frames.ask(
        request,
        form,
        act,
        field="text",
        title="交述职报告" if own else f"代{report.deputy.name}交述职报告",
        lead=f"{report.meeting}，{reporting.day_words(report.meeting.held_on)}，"
        f"{report.meeting.place}",
        verb_label="交报告",
        back=back,
        remember="duty_report",
        of=pk,
        refusal=reasons.why_not_hand_in_report(by, report, today=today),
    )


@require_safe
def report_file(request: Request, pk: int) -> FileResponse:
    """述职报告文件: for the deputy and who runs the meeting."""
    report = _report(request, pk)
    if not report.file:
        raise Http404
    return FileResponse(report.file.open("rb"), content_type=PDF)


@require_safe
def my_reports(request: Request) -> HttpResponse:
    """我的述职: when and where, the report, and what the ballots came to."""
    deputy = get_object_or_404(Deputy, user=request.user)
    today = clock.today()
    rows = [
        (each, reasons.why_not_hand_in_report(request.actor, each.report, today=today))
        for each in queries.own_reports(deputy)
    ]
    return render(request, "scoring/my_reports.html", {"title": "我的述职", "rows": rows})


@require_safe
def count_sheet(request: Request, pk: int) -> HttpResponse:
    """计票表 on paper: to be filled in by hand and signed by those who counted."""
    meeting = meeting_of(request, pk)
    pdf = count_sheet_pdf(meeting, [line.report.deputy.name for line in queries.lines_of(meeting)])
    return as_download(pdf, f"{meeting}计票表.pdf", PDF)
