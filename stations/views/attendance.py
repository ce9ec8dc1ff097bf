"""我参加过的活动, and one line of a roll put right."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared.http import Request
from deputies.models import DutyRecord
from stations.actions import attendance as verbs
from stations.forms.attendance import (
    AddToRollForm,
    ContestAttendanceForm,
    CorrectAttendanceForm,
)
from stations.models import Activity, Attendance
from stations.permissions import attendance as reasons
from stations.queries.events import whom
from stations.views import frames
from stations.wording import hours_words

BOTH = ("GET", "HEAD", "POST")
RELATED = (
    *("deputy__user", "activity__item", "activity__organiser", "activity__registered_by"),
    "activity__reported_by",
    *("activity__group", "activity__squad", "activity__assembly", "activity__specialists"),
)


@require_safe
def my_activity(request: Request, pk: int) -> HttpResponse:
    """我参加过的一次: what stands on the roll of it, its report and photos."""
    rows = Attendance.objects.filter(deputy__user=request.user).select_related(*RELATED)
    row = get_object_or_404(rows, activity=pk)
    context = {
        "row": row,
        "activity": row.activity,
        "when": hours_words(row.activity),
        "whom": whom(row.activity),
        "mark": verbs.words_of(row),
        "record": DutyRecord.objects.of_sources([row.duty_source]).first(),
        "photos": list(row.activity.photos.values_list("pk", flat=True)),
        "no_contest": reasons.why_not_contest_attendance(request.actor, row),
    }
    return render(request, "stations/my_activity.html", context)


@require_http_methods(BOTH)
def correct_attendance(request: Request, pk: int) -> HttpResponse:
    """改正到场."""
    by = request.actor
    rows = Attendance.objects.filter(activity__in=Activity.objects.visible_to(by))
    row = get_object_or_404(rows.select_related(*RELATED), pk=pk)
    form = CorrectAttendanceForm(request.POST or None, attendance=row)
    page = reverse("stations:activity", args=[row.activity_id])

    def act() -> tuple[str, str]:
        verbs.correct_attendance(row, **form.facts, by=by)
        return f"已改正，{row.deputy.name}收到通知。", page

    return frames.ask(
        request,
        form,
        act,
        field="presence",
        title=f"改正{row.deputy.name}的到场：{row.activity.title}",
        lead=f"{row.deputy.job}。现在登记的是“{verbs.words_of(row)}”。改成到场，补一条履职记录，照样核对、核实；"
        "改成没到，履职记录撤回，已经记的分由代工委主任冲销。改错了再改一次。",
        verb_label="改正",
        back=page,
        refusal=reasons.why_not_correct_attendance(by, row),
    )


@require_http_methods(BOTH)
def contest_attendance(request: Request, pk: int) -> HttpResponse:
    """请核对到场."""
    by, form = request.actor, ContestAttendanceForm(request.POST or None)
    rows = Attendance.objects.filter(deputy__user=request.user).select_related(*RELATED)
    row = get_object_or_404(rows, pk=pk)
    page = reverse("stations:my_activity", args=[row.activity_id])

    def act() -> tuple[str, str]:
        verbs.contest_attendance(row, **form.cleaned_data, by=by)
        return "已请登记的人和代工委核对，改了会通知您。", page

    return frames.ask(
        request,
        form,
        act,
        field="words",
        title=f"请核对我的到场：{row.activity.title}",
        lead=f"现在登记的是“{verbs.words_of(row)}”。您写的话，登记的人和代工委都看得到，由他们改正。",
        verb_label="请他们核对",
        back=page,
        refusal=reasons.why_not_contest_attendance(by, row),
    )


@require_http_methods(BOTH)
def add_to_roll(request: Request, pk: int) -> HttpResponse:
    """补登到场."""
    by = request.actor
    row = get_object_or_404(Activity.objects.visible_to(by).select_related("item", "group"), pk=pk)
    form = AddToRollForm(request.POST or None, activity=row)
    page = reverse("stations:activity", args=[pk])

    def act() -> tuple[str, str]:
        verbs.add_to_roll(row, **form.cleaned_data, by=by)
        return "已补登，本人收到通知。", page

    return frames.ask(
        request,
        form,
        act,
        field="deputies",
        title=f"补登到场：{row.title}",
        lead="到了、名单上没有的。补登以后各有一条履职记录，照样核对、核实。名单上有、登记错的，点名字旁边的“改…”。",
        verb_label="补登",
        back=page,
        refusal=reasons.why_not_add_to_roll(by, row),
    )
