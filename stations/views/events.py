"""活动: registering who came, and looking it up."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.http import UNPROCESSABLE, Request
from congress.shared.roles import Role
from congress.shared.workflow import refuse_if
from stations.actions import events
from stations.forms.events import RollCallForm, WhomForm
from stations.models import Activity
from stations.permissions import why_not_roll_call
from stations.queries import events as queries

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
    context = {"groups": groups, "assemblies": assemblies}
    return render(request, "stations/roll_call_whom.html", context)


@require_safe
def activities(request: Request) -> HttpResponse:
    """活动: what was registered, newest first."""
    seen = Activity.objects.visible_to(request.actor).with_turnout()
    related = seen.select_related(
        "item", "group", "squad", "assembly", "specialists"
    ).newest_first()
    page = Paginator(related, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.rows(page.object_list),
        "why_not_roll_call": why_not_roll_call(request.actor),
    }
    return render(request, "stations/activities.html", context)


@require_safe
def activity(request: Request, pk: int) -> HttpResponse:
    """一次活动: who came, who did not, and how far their duties have come."""
    seen = Activity.objects.visible_to(request.actor).with_turnout()
    people = (
        *("item", "group", "squad", "assembly", "specialists", "organiser"),
        *("registered_by", "called_by", "reported_by", "topic__campaign"),
    )
    found = get_object_or_404(seen.select_related(*people), pk=pk)
    context = {
        "activity": found,
        "when": queries.when(found),
        "whom": queries.whom(found),
        "turnout": queries.turnout(found),
        "may_open": request.actor.at_the_desk or request.actor.is_a(Role.TOWNSHIP_CLERK),
    }
    return render(request, "stations/activity.html", context)
