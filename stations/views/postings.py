"""进驻: who serves where, settled at the desk."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.asking import asked
from congress.shared.desk import framed, in_an_office
from congress.shared.http import Request
from stations.actions import postings as verbs
from stations.forms.fittings import PostDeputyForm, UnpostForm
from stations.models import Posting, RotaSlot, Station
from stations.permissions import postings as reasons
from stations.queries import postings as queries
from stations.queries.register import may_be_posted

BOTH = ("GET", "HEAD", "POST")
ASK = "stations/place_ask.html"


def _frame(by: Actor) -> dict[str, Any]:
    """A township's congress works in the frame of its stations."""
    return {} if by.at_the_desk else {"frame": "stations/frame.html", "desk": False}


@require_http_methods(BOTH)
@in_an_office
def post_deputy(request: Request, pk: int) -> HttpResponse:
    """安排进驻: one deputy at this place."""
    by, today = request.actor, clock.today()
    station = get_object_or_404(Station.objects.run_by(by), pk=pk)
    own = reasons.own_area(by) is not None
    form = PostDeputyForm(request.POST or None, rows=may_be_posted(station, today, own=own))
    back = reverse("stations:station_file", args=[pk])

    def act() -> tuple[str, str]:
        deputy = form.cleaned_data["deputy"]
        verbs.post_deputy(deputy, station=station, by=by, today=today)
        return f"{deputy.name}从今天起进驻{station.name}。", back

    refusal = reasons.why_not_post_deputy(by, station=station, today=today)
    words: dict[str, Any] = {
        "title": f"安排代表进驻{station.name}",
        "verb_label": "安排进驻",
        "refusal": refusal,
    }
    return asked(request, form, act, template=ASK, field="deputy", back=back, **_frame(by), **words)


@require_http_methods(BOTH)
@in_an_office
def unpost_deputy(request: Request, pk: int) -> HttpResponse:
    """离站: with the turns that this frees."""
    here = Station.objects.run_by(request.actor)
    rows = Posting.objects.filter(station__in=here).select_related("deputy", "station")
    posting, by, today = get_object_or_404(rows, pk=pk), request.actor, clock.today()
    form = UnpostForm(request.POST or None)
    back = reverse("stations:station_file", args=[posting.station_id])

    def act() -> tuple[str, str]:
        verbs.unpost_deputy(posting, **form.cleaned_data, by=by, today=today)
        return f"{posting.deputy.name}已离开{posting.station.name}。", back

    turns = RotaSlot.objects.ahead(today).of_deputy(posting.deputy)
    count = turns.filter(day__station=posting.station_id).count()
    words: dict[str, Any] = {
        "title": f"{posting.deputy.name}离开{posting.station.name}",
        "verb_label": "离开",
        "lead": f"从今天起不再进驻，{count} 班轮值取消、由站里另排，本人会收到通知。",
        "refusal": reasons.why_not_unpost_deputy(by, posting),
    }
    return asked(request, form, act, template=ASK, field="reason", back=back, **_frame(by), **words)


@require_safe
@in_an_office
def posted_nowhere(request: Request) -> HttpResponse:
    """没有进驻的代表: each with where their group serves."""
    by = request.actor
    rows = queries.nowhere(clock.today(), reasons.own_area(by))
    context = {
        "title": "没有进驻的代表",
        "rows": rows,
        "placed": sum(row.station is not None for row in rows),
        "refusal": reasons.why_not_post_missing(by),
        "back": reverse("stations:register" if by.at_the_desk else "stations:my_stations"),
    }
    return framed(request, "stations/posted_nowhere.html", {**context, **_frame(by)})


@require_POST
@in_an_office
def post_missing(request: Request) -> HttpResponse:
    """一键进驻: everybody whose group serves somewhere."""
    count = verbs.post_missing(by=request.actor, today=clock.today())
    messages.success(request, f"已安排 {count} 名代表进驻。")
    return redirect("stations:posted_nowhere")
