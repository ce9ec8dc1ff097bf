"""通知活动、改期、取消、登记、小结: what organisers do with one activity."""

from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import refused_in, status_of
from congress.shared.errors import Refused
from congress.shared.http import Request, as_download
from congress.shared.workbook import workbook
from congress.shared.workflow import refuse_if
from stations.actions import calls as verbs
from stations.forms.calls import (
    ActivityFilterForm,
    CallForm,
    CircleForm,
    MoveForm,
    ReportForm,
    WhyForm,
)
from stations.forms.roll import HoldForm, InviteForm
from stations.models import Activity, ActivityPhoto
from stations.permissions import calls as reasons
from stations.queries import calls as queries
from stations.queries.events import whom
from stations.rules import ANSWER_DAYS, CALL_DAYS
from stations.views import frames

BOTH = ("GET", "HEAD", "POST")


def _activity(request: Request, pk: int) -> Activity:
    rows = Activity.objects.visible_to(request.actor)
    related = ("item", "group", "squad", "assembly", "specialists", "organiser")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _page(pk: int) -> str:
    return reverse("stations:activity", args=[pk])


@require_http_methods(BOTH)
def call_activity(request: Request) -> HttpResponse:
    """通知活动: first whom, then what, when and where."""
    by, today = request.actor, clock.today()
    refuse_if(reasons.why_not_call_activity(by, today=today))
    chosen = CircleForm(request.GET, by=by, today=today)
    if not chosen.is_valid():
        raise Http404
    circle = chosen.circle
    if circle is None:
        return _choose(request, chosen)
    form = CallForm(request.POST or None, circle=circle, today=today)
    name = whom(Activity(**vars(circle)))

    def act() -> tuple[str, str]:
        made = verbs.call_activity(circle, meeting=form.meeting, by=by, today=today)
        return f"已通知 {made.invitees.count()} 人。", _page(made.pk)

    return frames.ask(
        request,
        form,
        act,
        title=f"通知{name}参加活动",
        verb_label="发通知",
        lead=f"最迟提前 {CALL_DAYS.on(today)} 天通知，报名到活动前 {ANSWER_DAYS.on(today)} 天截止。"
        "每位代表都收到通知，可以报名，也可以请假。",
        back=reverse("stations:activities"),
        remember="call",
        of=name,
        refusal=reasons.why_not_call_activity(by, circle, today=today),
    )


def _choose(request: Request, chosen: CircleForm) -> HttpResponse:
    """Somebody with one group and no squad needs no list to choose from."""
    groups, squads = list(chosen.groups), list(chosen.squads)
    assemblies, fields = list(chosen.assemblies), list(chosen.by_field)
    if len(groups) == 1 and not squads and not assemblies and not fields:
        return redirect(f"{request.path}?group={groups[0].pk}")
    context = {
        "title": "通知谁参加活动？",
        "words": "选一个小组或小分队，全体都收到通知",
        "groups": groups,
        "squads": squads,
        "assemblies": assemblies,
        "specialists": fields,
    }
    return render(request, "stations/roll_call_whom.html", context)


@require_http_methods(BOTH)
def move_activity(request: Request, pk: int) -> HttpResponse:
    """改期、换地点."""
    row, by, today = _activity(request, pk), request.actor, clock.today()
    form = MoveForm(request.POST or None, activity=row)

    def act() -> tuple[str, str]:
        verbs.move_activity(row, **form.facts, by=by, today=today)
        return "已改，每位代表都收到通知。", _page(pk)

    return frames.ask(
        request,
        form,
        act,
        title=f"改期、换地点：{row.title}",
        lead="改了时间，原来的报名和请假都不算，请代表重新答复；只换地点的照旧算数。",
        verb_label="改，并通知每位代表",
        back=_page(pk),
        refusal=reasons.why_not_move_activity(by, row, today=today),
    )


@require_http_methods(BOTH)
def call_off_activity(request: Request, pk: int) -> HttpResponse:
    """取消活动."""
    row, by, form = _activity(request, pk), request.actor, WhyForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.call_off_activity(row, **form.cleaned_data, by=by)
        return "已取消，每位代表都收到通知。", _page(pk)

    return frames.ask(
        request,
        form,
        act,
        field="why",
        title=f"取消：{row.title}",
        verb_label="取消，并通知每位代表",
        back=_page(pk),
        refusal=reasons.why_not_call_off_activity(by, row),
    )


@require_http_methods(BOTH)
def hold_activity(request: Request, pk: int) -> HttpResponse:
    """登记到场 of what was called: one form, begun with what is known."""
    row, by, today = _activity(request, pk), request.actor, clock.today()
    refuse_if(reasons.why_not_hold_activity(by, row, today=today, now=clock.now()))
    form = HoldForm(request.POST or None, activity=row)
    if not form.asks and form.is_valid():
        try:
            verbs.hold_activity(row, **form.facts, by=by, today=today)
            return redirect("stations:activity", pk)
        except Refused as no:
            form = HoldForm(request.POST, activity=row)  # with who has signed in meanwhile
            form.told = form.signed_in
            refused_in(form, None, no)
    context = {"form": form, "activity": row, "sections": form.sections(), "whom": whom(row)}
    status = 200 if form.asks else status_of(form)
    return render(request, "stations/hold_activity.html", context, status=status)


@require_http_methods(BOTH)
def invite_more(request: Request, pk: int) -> HttpResponse:
    """补请: more deputies, before the roll."""
    row, by, today = _activity(request, pk), request.actor, clock.today()
    form = InviteForm(request.POST or None, activity=row, by=by, today=today)

    def act() -> tuple[str, str]:
        deputies = form.deputies
        verbs.invite_more(row, deputies=deputies, by=by, today=today)
        return f"已通知 {len(deputies)} 人。", _page(pk)

    return frames.ask(
        request,
        form,
        act,
        field="others",
        title=f"再请人：{row.title}",
        lead=f"已经通知 {row.invitees.count()} 人。补请的马上收到通知，算请过他这一次。",
        verb_label="发通知",
        back=_page(pk),
        refusal=reasons.why_not_invite_more(by, row, today=today),
    )


@require_http_methods(BOTH)
def report_activity(request: Request, pk: int) -> HttpResponse:
    """写小结、传照片."""
    row, by = _activity(request, pk), request.actor
    form = ReportForm(request.POST or None, request.FILES or None, initial={"report": row.report})

    def act() -> tuple[str, str]:
        verbs.report_activity(row, **form.cleaned_data, by=by)
        return "小结已存。", _page(pk)

    return frames.ask(
        request,
        form,
        act,
        field="photos",
        title=f"活动小结：{row.title}",
        verb_label="存小结",
        back=_page(pk),
        remember="report",
        of=pk,
        refusal=reasons.why_not_report_activity(by, row),
    )


@require_safe
def activity_photo(request: Request, pk: int) -> FileResponse:
    """活动照片: for whoever may read the activity, and for whoever stands on its roll."""
    rows = ActivityPhoto.objects.filter(activity__in=Activity.objects.readable_by(request.actor))
    photo = get_object_or_404(rows, pk=pk)
    return FileResponse(photo.file.open("rb"), content_type="image/jpeg")


@require_safe
def activities_sheet(request: Request) -> HttpResponse:
    """The same activities as a table."""
    form = ActivityFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    said, today = dict(form.cleaned_data), clock.today()
    said["year"] = said["year"] or today.year
    rows = queries.sheet(queries.listed(request.actor, said, today))
    return as_download(workbook("活动", queries.HEAD, rows), f"{said['year']}年活动.xlsx")
