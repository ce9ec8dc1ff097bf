"""我的活动: sign up or ask for leave in one tap; organisers answer for who rings them up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.http import Request
from deputies.models import Deputy
from stations.actions import answers as verbs
from stations.forms.calls import LeaveReasonForm, RefuseLeaveForm
from stations.models import Invitee
from stations.permissions import calls as reasons
from stations.permissions.swaps import is_own
from stations.queries import calls as queries
from stations.views import frames
from stations.wording import hours_words, left_words

BOTH = ("GET", "HEAD", "POST")


@require_safe
def my_activities(request: Request) -> HttpResponse:
    """我的活动: the next one first, with the two acts beside it; what was held below."""
    by, today = request.actor, clock.today()
    deputy = get_object_or_404(Deputy.objects.filter(user=by.user))
    mine = [
        queries.Mine(
            row,
            hours_words(row.activity),
            left_words(row.activity.held_on, today),
            reasons.why_not_sign_up(by, row, today=today),
            reasons.why_not_ask_activity_leave(by, row, today=today),
        )
        for row in queries.to_come(deputy, today)
    ]
    context = {
        "mine": mine,
        "called_off": queries.called_off(deputy, today),
        "past": queries.past(deputy),
    }
    return render(request, "stations/my_activities.html", context)


def _invitee(request: Request, pk: int) -> Invitee:
    rows = Invitee.objects.visible_to(request.actor)
    return get_object_or_404(
        rows.select_related("activity__group", "activity__called_by", "deputy__user"), pk=pk
    )


def _back(request: Request, row: Invitee) -> str:
    """To one's own list, or to the activity's page of who runs it."""
    if is_own(request.actor, row.deputy):
        return f"{reverse('stations:my_activities')}#activity-{row.activity_id}"
    return f"{reverse('stations:activity', args=[row.activity_id])}#invitee-{row.pk}"


@require_POST
def sign_up(request: Request, pk: int) -> HttpResponse:
    """报名."""
    row = _invitee(request, pk)
    verbs.sign_up(row, by=request.actor, today=clock.today())
    own = is_own(request.actor, row.deputy)
    messages.success(request, "已报名。" if own else f"已给{row.deputy.name}报名。")
    return redirect(_back(request, row))


@require_http_methods(BOTH)
def ask_activity_leave(request: Request, pk: int) -> HttpResponse:
    """活动请假: with its reason."""
    row, by, today = _invitee(request, pk), request.actor, clock.today()
    form = LeaveReasonForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.ask_activity_leave(row, **form.cleaned_data, by=by, today=today)
        if is_own(by, row.deputy):
            return "请假已报给组织方，批了会通知您。", _back(request, row)
        return f"已给{row.deputy.name}登记请假，接着批。", _back(request, row)

    return frames.ask(
        request,
        form,
        act,
        field="reason",
        title=f"{row.deputy.name}请假：{row.activity.title}",
        verb_label="请假",
        back=_back(request, row),
        refusal=reasons.why_not_ask_activity_leave(by, row, today=today),
    )


@require_POST
def grant_activity_leave(request: Request, pk: int) -> HttpResponse:
    """准假."""
    row = _invitee(request, pk)
    verbs.grant_activity_leave(row, by=request.actor)
    messages.success(request, f"已准{row.deputy.name}的假，本人收到通知。")
    return redirect(_back(request, row))


@require_http_methods(BOTH)
def refuse_activity_leave(request: Request, pk: int) -> HttpResponse:
    """不准假: with its reason."""
    row, by = _invitee(request, pk), request.actor
    form = RefuseLeaveForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.refuse_activity_leave(row, **form.cleaned_data, by=by)
        return "已答复，本人收到通知。", _back(request, row)

    return frames.ask(
        request,
        form,
        act,
        field="words",
        title=f"不准{row.deputy.name}的假：{row.activity.title}",
        lead=f"请假原因：{row.reason}",
        verb_label="不准假",
        back=_back(request, row),
        refusal=reasons.why_not_refuse_activity_leave(by, row),
    )
