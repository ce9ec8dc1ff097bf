"""轮值: the office plans it, the station runs it."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import PDF, Request, as_download, year_named
from congress.shared.roles import Role
from congress.shared.workbook import workbook
from stations import documents
from stations.actions import rota as verbs
from stations.forms.rota import CameForm, MoveDayForm, RotaFilterForm, SubstituteForm
from stations.models import ReceptionDay, RotaSlot, Station
from stations.permissions import rota as reasons
from stations.queries import county_rota as counties
from stations.queries import planning
from stations.queries import rota as queries
from stations.queries.next_day import next_held
from stations.queries.postings import nowhere
from stations.wording import day_words, turn_words

BOTH = ("GET", "HEAD", "POST")
HEAD = ("乡镇", "家站", "接待日期", "原定日期", "改期原因", "轮值代表", "状态", "接替谁")


def _asked_for(request: Request) -> dict[str, int | bool | None]:
    form = RotaFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    return {**form.cleaned_data, "year": form.cleaned_data["year"] or clock.today().year}


@require_safe
@at_the_desk
def county_rota(request: Request) -> HttpResponse:
    """全县轮值: every station's days at a glance, gaps in red."""
    asked_for, today = _asked_for(request), clock.today()
    year, area, gaps = asked_for["year"], asked_for["area"], bool(asked_for["gaps"])
    sheet = counties.county(int(year or 0), today, area, gaps=gaps)
    context = {
        "title": "接待日轮值",
        **asked_for,
        "sheet": sheet,
        "townships": counties.townships(int(year or 0)),
        "years": (today.year, today.year + 1),
        "refusal": reasons.why_not_plan_rota(request.actor, today=today),
    }
    return framed(request, "stations/county_rota.html", context)


@require_safe
@at_the_desk
def county_rota_sheet(request: Request) -> HttpResponse:
    """The same rota as a sheet, one turn a line."""
    asked_for = _asked_for(request)
    year, area = int(asked_for["year"] or 0), asked_for["area"]
    sheet = workbook("轮值", HEAD, counties.table(year, area), title=f"{year} 年接待日轮值")
    return as_download(sheet, f"{year}年接待日轮值.xlsx")


@require_http_methods(BOTH)
@at_the_desk
def plan_rota(request: Request) -> HttpResponse:
    """排轮值: what it would be and how even, before it is written."""
    by, today = request.actor, clock.today()
    asked_year = request.POST.get("year") or request.GET.get("year", "")
    year = year_named(asked_year) or today.year + 1
    refusal = reasons.why_not_plan_rota(by, year, today=today)
    if request.method == "POST":
        found = verbs.plan_rota(year=year, by=by, today=today)
        messages.success(request, f"{year} 年新排 {found.fresh} 班，原有的照旧。")
        return redirect(f"{reverse('stations:county_rota')}?year={year}")
    context = {"title": f"排 {year} 年的轮值", "year": year, "refusal": refusal}
    if refusal is None:
        context["found"] = planning.drawn(year, today)
    return framed(request, "stations/plan_rota.html", context)


def _station(request: Request, pk: int) -> Station:
    return get_object_or_404(queries.stations_of(request.actor).select_related("area"), pk=pk)


@require_safe
def station_rota(request: Request, pk: int) -> HttpResponse:
    """一个家站的轮值: who is on, who came, who is missing."""
    station, today = _station(request, pk), clock.today()
    year = int(_asked_for(request)["year"] or 0)
    days = queries.days_of(station, year, today, request.actor)
    context = {
        "title": f"{station}轮值",
        "station": station,
        "year": year,
        "years": (today.year, today.year + 1),
        "ahead": [day for day in days if day.on >= today],
        "past": [day for day in reversed(days) if day.on < today],
        "leaves": queries.leaves_at(station, today).count(),
        "refusal": None if reasons.runs_station(request.actor, station) else "只能看。",
    }
    return _framed(request, "stations/station_rota.html", context)


@require_safe
def my_stations(request: Request) -> HttpResponse:
    """站务: the rota of the one station one keeps, or the list of several."""
    today, mine = clock.today(), Station.objects.run_by(request.actor).standing()
    found = list(mine.select_related("area").order_by("area__position", "kind", "position"))
    if len(found) == 1:
        return redirect("stations:station_rota", found[0].pk)
    held = next_held(today, found)
    rows = [
        {"pk": one.pk, "name": one.name, "area": one.area, "kind": one.kind, "next": next_}
        for one in found
        for next_ in [day_words(held[one.pk]) if one.pk in held else ""]
    ]
    context: dict[str, object] = {"title": "家站轮值", "rows": rows}
    if request.actor.is_a(Role.TOWNSHIP_CLERK):
        context["nowhere"] = len(nowhere(today, request.actor.area_id))
    return _framed(request, "stations/my_stations.html", context)


def _framed(request: Request, template: str, context: dict[str, object]) -> HttpResponse:
    if request.actor.at_the_desk:
        return framed(request, template, context)
    return render(request, template, {**context, "frame": "stations/frame.html"})


def _ask(request: Request, form, act, *, field: str, back: str, **context) -> HttpResponse:  # type: ignore[no-untyped-def]  # handed on as it comes
    desk = request.actor.at_the_desk
    frame = {} if desk else {"frame": "stations/frame.html"}
    template = "stations/rota_ask.html"
    words = {"back": back, **frame, **context}
    return asked(request, form, act, template=template, field=field, desk=desk, **words)


@require_http_methods(BOTH)
def move_day(request: Request, pk: int) -> HttpResponse:
    """接待日改期: one station's day, with what voters will read."""
    rows = ReceptionDay.objects.visible_to(request.actor).select_related("station__keeper")
    day, by, today = get_object_or_404(rows, pk=pk), request.actor, clock.today()
    form = MoveDayForm(request.POST or None, initial={"to": day.held_on})
    back = reverse("stations:station_rota", args=[day.station_id])

    def act() -> tuple[str, str]:
        verbs.move_day(day, **form.cleaned_data, by=by, today=today)
        return "已改期，轮值代表都会收到通知。", back

    refusal = reasons.why_not_move_day(by, day, today=today)
    lead = f"{day_words(day.held_on)}的接待改到另一天，群众和轮值代表都会看到原因。"
    words = {"title": f"{day.station}接待日改期", "verb_label": "改期", "refusal": refusal}
    words["lead"] = lead
    return _ask(request, form, act, field="to", back=back, **words)


@require_http_methods(BOTH)
def appoint_substitute(request: Request, pk: int) -> HttpResponse:
    """安排替班: of one turn."""
    rows = RotaSlot.objects.visible_to(request.actor).select_related("day__station", "deputy")
    slot, by, today = get_object_or_404(rows, pk=pk), request.actor, clock.today()
    form = SubstituteForm(request.POST or None, slot=slot, today=today)
    back = reverse("stations:station_rota", args=[slot.day.station_id])

    def act() -> tuple[str, str]:
        taken = verbs.appoint_substitute(slot, **form.cleaned_data, by=by, today=today)
        return f"已请{taken.deputy.name}替班，两人都会收到通知。", back

    refusal = reasons.why_not_appoint_substitute(by, slot, today=today)
    words = {"title": f"替{slot.deputy.name}的班", "verb_label": "安排替班", "refusal": refusal}
    words["lead"] = turn_words(slot)
    return _ask(request, form, act, field="deputy", back=back, **words)


@require_POST
def check_in(request: Request, pk: int) -> HttpResponse:
    """到岗签到: one tap on the station's page."""
    rows = RotaSlot.objects.visible_to(request.actor).select_related("day__station", "deputy")
    slot, form = get_object_or_404(rows, pk=pk), CameForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    came = form.cleaned_data["came"]
    verbs.check_in(slot, came=came, by=request.actor, today=clock.today())
    said = "到岗，履职已经登记，等核对。" if came else "没有到岗。"
    messages.success(request, f"{slot.deputy.name}{said}")
    return redirect("stations:station_rota", slot.day.station_id)


@require_safe
def rota_poster(request: Request, pk: int) -> HttpResponse:
    """接待日公告: for the wall."""
    station = _station(request, pk)
    made = documents.poster_pdf(station, clock.today())
    return as_download(made, f"{station}接待日公告.pdf", PDF)


@require_safe
def desk_sheet(request: Request, pk: int) -> HttpResponse:
    """值班表: for the desk on that day."""
    rows = ReceptionDay.objects.visible_to(request.actor).select_related("station__area")
    day = get_object_or_404(rows, pk=pk)
    made = documents.desk_sheet_pdf(day, clock.today())
    return as_download(made, f"{day.station}{day.held_on}值班表.pdf", PDF)
