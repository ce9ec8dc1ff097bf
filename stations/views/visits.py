"""来访登记: the desk of the day, the sheet, and what a deputy has received."""

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.http import PDF, Request, as_download
from stations import documents
from stations.actions import visits as verbs
from stations.forms.visits import DAY, VisitForm, WithdrawForm, as_taken
from stations.models import Station, Visit
from stations.permissions import visits as reasons
from stations.queries import issues as issue_queries
from stations.queries import visits as queries
from stations.views import frames

BOTH = ("GET", "HEAD", "POST")
PER_PAGE = 20


def _station(request: Request, pk: int) -> Station:
    rows = queries.stations_for(request.actor, clock.today()).select_related("area", "keeper")
    return get_object_or_404(rows.distinct(), pk=pk)


def _on(request: Request, today: date) -> date:
    """The day that is looked at: today, or an earlier one."""
    asked_for = request.GET.get("on", "")
    try:
        on = parse_date(asked_for) if asked_for else today
    except ValueError:
        on = None
    if on is None or on > today:
        raise BadRequest
    return on


@require_safe
def station_desk(request: Request, pk: int) -> HttpResponse:
    """接待台: who came on this day, and the next act for each."""
    station, today, by = _station(request, pk), clock.today(), request.actor
    desk = queries.desk(station, _on(request, today), by, today)
    context = {
        "title": "接待台",
        "desk": desk,
        "today": today,
        "refusal": reasons.why_not_take_down_visit(by, station, today=today),
    }
    return frames.shown(request, "stations/station_desk.html", context)


@require_safe
def my_desks(request: Request) -> HttpResponse:
    """接待台: that of the one place one sits at, or the list of several."""
    rows = list(
        queries.stations_for(request.actor, clock.today()).select_related("area").distinct()
    )
    if len(rows) == 1:
        return redirect("stations:station_desk", rows[0].pk)
    context = {"title": "接待台", "rows": rows}
    return frames.shown(request, "stations/my_desks.html", context)


@require_safe
def my_visits(request: Request) -> HttpResponse:
    """我接待的: what voters told me, and where it stands."""
    today, by = clock.today(), request.actor
    page = Paginator(queries.mine(by), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "我接待的",
        "page": page,
        "rows": issue_queries.with_lights(page, by, today),
        "received": queries.received(by, today.year),
        "year": today.year,
        "stations": queries.stations_for(by, today).distinct(),
    }
    return frames.shown(request, "stations/my_visits.html", context)


def _first(request: Request, form_days: dict[str, object], today: date) -> dict[str, object]:
    """Today's reception day, or the one that the link names, stands filled in."""
    named = f"{DAY}:{request.GET.get('day', '')}"
    newest = next(iter(form_days), "")
    is_today = newest and getattr(form_days[newest], "held_on", None) == today
    occasion = named if named in form_days else newest if is_today else ""
    return {"occasion": occasion, "came_on": today, "people": 1, "token": uuid4()}


@require_http_methods(BOTH)
def take_down_visit(request: Request, pk: int) -> HttpResponse:
    """登记来访: the official sheet on the screen."""
    station, by, today = _station(request, pk), request.actor, clock.today()
    form = VisitForm(request.POST or None, station=station, by=by, today=today)
    if not form.is_bound:
        form.initial = _first(request, dict(form.days), today)
        form.only_receiver()

    def act() -> tuple[str, str]:
        token = form.cleaned_data["token"] or uuid4()
        visit = verbs.take_down_visit(station, heard=form.heard, token=token, by=by, today=today)
        return "已登记。下一步：当场答复，或者分流。", reverse(
            "stations:issue", args=[visit.issue.pk]
        )

    return frames.ask(
        request,
        form,
        act,
        title=f"{station}登记来访",
        verb_label="登记",
        back=reverse("stations:station_desk", args=[pk]),
        remember="visit",
        of=pk,
        refusal=reasons.why_not_take_down_visit(by, station, today=today),
    )


def _visit(request: Request, pk: int) -> Visit:
    rows = Visit.objects.visible_to(request.actor)
    return get_object_or_404(
        rows.select_related("station__area", "station__keeper", "deputy", "issue", "day"), pk=pk
    )


@require_http_methods(BOTH)
def correct_visit(request: Request, pk: int) -> HttpResponse:
    """改正登记: the whole sheet again, as it was taken down."""
    visit, by, today = _visit(request, pk), request.actor, clock.today()
    refusal = reasons.why_not_correct_visit(by, visit, today=today)
    form = VisitForm(
        request.POST or None,
        initial={} if refusal else as_taken(visit),
        station=visit.station,
        by=by,
        today=today,
        known=visit,
    )
    back = reverse("stations:issue", args=[visit.issue.pk])

    def act() -> tuple[str, str]:
        verbs.correct_visit(visit, heard=form.heard, by=by, today=today)
        return "已改正。", back

    return frames.ask(
        request,
        form,
        act,
        title="改正来访登记",
        verb_label="改正",
        back=back,
        refusal=refusal,
    )


@require_http_methods(BOTH)
def withdraw_visit(request: Request, pk: int) -> HttpResponse:
    """撤回登记: with its reason."""
    visit, by, form = _visit(request, pk), request.actor, WithdrawForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.withdraw_visit(visit, reason=form.cleaned_data["reason"], by=by)
        return "登记已撤回。", reverse("stations:station_desk", args=[visit.station_id])

    return frames.ask(
        request,
        form,
        act,
        field="reason",
        title="撤回来访登记",
        verb_label="撤回登记",
        back=reverse("stations:issue", args=[visit.issue.pk]),
        refusal=reasons.why_not_withdraw_visit(by, visit),
    )


@require_POST
def reveal_visitor(request: Request, pk: int) -> HttpResponse:
    """看来访人: once, on the next page, and noted."""
    visit = _visit(request, pk)
    caller, contact = verbs.reveal_visitor(visit, by=request.actor)
    said = "，".join(each for each in (caller, contact) if each)
    messages.info(request, f"来访人：{said}。只用来告知结果，请不要转给别人。")
    return redirect("stations:issue", visit.issue.pk)


@require_http_methods(BOTH)
def visit_sheet(request: Request, pk: int) -> HttpResponse:
    """接待选民登记表: the voter is masked, unless it is printed for signing, which is noted."""
    visit = _visit(request, pk)
    voter = queries.shown(visit)
    caller, contact = voter.caller, voter.contact
    if request.method == "POST":
        caller, contact = verbs.reveal_visitor(visit, by=request.actor)
    made = documents.visit_sheet_pdf(visit, caller=caller, contact=contact)
    return as_download(made, f"{visit.station}{visit.came_on}接待选民登记表.pdf", PDF)
