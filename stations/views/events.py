"""活动: registering who came, and looking it up."""

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.http import UNPROCESSABLE, Request
from congress.shared.roles import Role
from congress.shared.workflow import refuse_if
from stations.actions import events
from stations.forms.calls import ActivityFilterForm
from stations.forms.events import RollCallForm, WhomForm
from stations.models import Activity
from stations.permissions import calls as reasons
from stations.permissions import why_not_call_activity, why_not_roll_call
from stations.permissions.attendance import may_correct
from stations.queries import calls
from stations.queries import events as queries
from stations.queries.issues import townships
from stations.states import ActivityState
from stations.wording import hours_words

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def roll_call(request: Request) -> HttpResponse:
    """登记到场: first whose, then everybody in one form."""
    by = request.actor
    refuse_if(why_not_roll_call(by))
    whom = WhomForm(request.GET, by=by)
    if not whom.is_valid():
        raise Http404
    group, assembly = whom.cleaned_data["group"], whom.cleaned_data["assembly"]
    if not group and not assembly:
        return _choose(request, whom)
    form = RollCallForm(
        request.POST or None, group=group, assembly=assembly, today=clock.today(), by=by
    )
    if form.is_valid():
        made = events.roll_call(group=group, assembly=assembly, by=by, **form.cleaned_data)
        return redirect("stations:activity", made.pk)
    context = {"form": form, "group": group, "assembly": assembly, "sections": form.sections()}
    status = 409 if form.twin else UNPROCESSABLE if form.errors else 200
    return render(request, "stations/roll_call.html", context, status=status)


def _choose(request: Request, whom: WhomForm) -> HttpResponse:
    """Somebody with one group needs no list to choose from."""
    groups, assemblies = list(whom.groups), list(whom.assemblies)
    if len(groups) == 1 and not assemblies:
        return redirect(f"{request.path}?group={groups[0].pk}")
    context = {
        "title": "登记谁的到场？",
        "words": "选一个小组，全组一张表登记完",
        "groups": groups,
        "assemblies": assemblies,
    }
    return render(request, "stations/roll_call_whom.html", context)


@require_safe
def activities(request: Request) -> HttpResponse:
    """活动: what is to come first, and the year's below, each with its figures."""
    form = ActivityFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    said, by, today = dict(form.cleaned_data), request.actor, clock.today()
    said["year"] = said["year"] or today.year
    related = ("item", "group", "squad", "assembly", "specialists")
    found = calls.listed(by, said, today).select_related(*related)
    mine, no_call = calls.own(by), why_not_call_activity(by, today=today)
    leaves = 0 if no_call else mine.leave_waits(today).count()
    rolls = 0 if no_call else mine.roll_owed(today).count()
    page = Paginator(found, PER_PAGE).get_page(said.pop("page") or 1)
    context = {
        **said,
        "page": page,
        "rows": calls.rows(list(page.object_list)),
        "years": (today.year + 1, today.year, today.year - 1),
        "leaves": leaves,
        "rolls": rolls,
        "to_do": leaves + rolls,
        "states": ActivityState.choices,
        "named": calls.named(said),
        "townships": townships() if by.at_the_desk else [],
        "why_not_roll_call": why_not_roll_call(by),
        "why_not_call": no_call,
    }
    return render(request, "stations/activities.html", context)


@require_safe
def activity(request: Request, pk: int) -> HttpResponse:
    """一次活动: who said what before it, who came, and how far their duties have come."""
    seen = Activity.objects.visible_to(request.actor).with_turnout()
    people = (
        *("item", "group", "squad", "assembly", "specialists", "organiser"),
        *("registered_by", "called_by", "reported_by", "topic__campaign"),
    )
    found = get_object_or_404(seen.select_related(*people), pk=pk)
    by, today = request.actor, clock.today()
    called = found.state != ActivityState.HELD
    context = {
        "activity": found,
        "when": hours_words(found) if found.starts_at else queries.when(found),
        "whom": queries.whom(found),
        "turnout": [] if called else queries.turnout(found),
        "answers": calls.answers(found) if called else [],
        "tags": [each.tag for each in found.tags.select_related("tag")],
        "photos": list(found.photos.values_list("pk", flat=True)),
        "may_open": by.at_the_desk or by.is_a(Role.TOWNSHIP_CLERK),
        "may_run": reasons.runs(by, found),
        "may_correct": may_correct(by, found),
        "by": by,
        "no_hold": reasons.why_not_hold_activity(by, found, today=today, now=clock.now()),
        "no_invite": reasons.why_not_invite_more(by, found, today=today),
        "no_move": reasons.why_not_move_activity(by, found, today=today),
        "no_call_off": reasons.why_not_call_off_activity(by, found),
        "no_report": reasons.why_not_report_activity(by, found),
    }
    return render(request, "stations/activity.html", context)
