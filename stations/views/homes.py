"""家站: one begins, one ends, one is checked, and what hangs on all their walls changes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk
from congress.shared.http import Request
from stations.actions import closing, fittings
from stations.forms.fittings import CheckForm, WallForm
from stations.forms.places import CloseStationForm, OpenStationForm
from stations.models import RotaSlot, Station, WallDocument
from stations.permissions.fittings import why_not_check_station, why_not_publish_wall
from stations.permissions.places import why_not_close_station, why_not_open_station
from stations.queries import register
from stations.queries.rota import stations_of

BOTH = ("GET", "HEAD", "POST")
ASK = "stations/place_ask.html"


@require_http_methods(BOTH)
@at_the_desk
def open_station(request: Request) -> HttpResponse:
    """新设家站: then its address and hours are asked for."""
    form, by = OpenStationForm(request.POST or None), request.actor

    def act() -> tuple[str, str]:
        made = closing.open_station(**form.cleaned_data, by=by)
        to = reverse("stations:describe_station", args=[made.pk])
        return f"{made.name}已设立，请写地址和开放时间。", to

    words: dict[str, Any] = {
        "title": "新设家站",
        "verb_label": "设立",
        "refusal": why_not_open_station(by),
    }
    back = reverse("stations:register")
    return asked(request, form, act, template=ASK, field="name", back=back, **words)


@require_http_methods(BOTH)
@at_the_desk
def close_station(request: Request, pk: int) -> HttpResponse:
    """撤站: what it will move is said before it is asked for."""
    station = get_object_or_404(Station.objects.select_related("keeper", "area"), pk=pk)
    form, by = CloseStationForm(request.POST or None, station=station), request.actor
    today = clock.today()
    back = reverse("stations:station_file", args=[pk])

    def act() -> tuple[str, str]:
        closing.close_station(station, **form.cleaned_data, by=by, today=today)
        return f"{station.name}已撤并。", back

    people = station.postings.open().count()
    turns = RotaSlot.objects.ahead(today).filter(day__station=station).count()
    keeper = f"；站长{station.keeper.name}卸任" if station.keeper else ""
    lead = (
        f"从今天起不再接待。{people} 名进驻代表改驻并入的家站；以后的接待日不再举行，"
        f"{turns} 班轮值取消，每位代表都会收到通知，由并入的家站以后另排{keeper}。"
        "办过的接待、活动和民情事项都留在原来的名下。撤并以后不能恢复。"
    )
    words: dict[str, Any] = {
        "title": f"撤并{station.name}",
        "verb_label": "撤并",
        "lead": lead,
        "refusal": why_not_close_station(by, station, today=today),
    }
    return asked(request, form, act, template=ASK, field="successor", back=back, **words)


@require_http_methods(BOTH)
def check_station(request: Request, pk: int) -> HttpResponse:
    """六有自查: by the keeper, item by item; what was missing last is filled in."""
    rows = stations_of(request.actor).select_related("keeper")
    station, by, today = get_object_or_404(rows, pk=pk), request.actor, clock.today()
    _, marks = register.last_marks(station)
    known = {f"lacks{mark.standard_id}": mark.lacks for mark in marks}
    standards = list(register.standards(today))
    form = CheckForm(request.POST or None, standards=standards, initial=known)
    back = reverse("stations:station_file", args=[pk])

    def act() -> tuple[str, str]:
        fittings.check_station(station, lacks=form.lacks, by=by, today=today)
        return f"{station.name}六有自查已登记。", back

    desk = by.at_the_desk
    frame = {} if desk else {"frame": "stations/frame.html"}
    words: dict[str, Any] = {
        "title": f"{station.name}六有自查",
        "verb_label": "登记自查",
        "refusal": why_not_check_station(by, station),
        **frame,
    }
    return asked(request, form, act, template=ASK, desk=desk, back=back, **words)


@require_http_methods(BOTH)
@at_the_desk
def publish_wall(request: Request, pk: int) -> HttpResponse:
    """发布上墙制度: from the words in force to the next version."""
    document, by, today = get_object_or_404(WallDocument, pk=pk), request.actor, clock.today()
    last = document.versions.order_by("-number").first()
    form = WallForm(request.POST or None, initial={"text": last.text if last else ""})
    back = reverse("stations:walls")

    def act() -> tuple[str, str]:
        version = fittings.publish_wall(document, **form.cleaned_data, by=by, today=today)
        return f"{version}已发布，各家站打印出来的就是这一版。", back

    words: dict[str, Any] = {
        "title": f"发布{document.title}第 {last.number + 1 if last else 1} 版",
        "verb_label": "发布",
        "refusal": why_not_publish_wall(by, document),
    }
    return asked(request, form, act, template=ASK, field="text", back=back, **words)
