"""家站 at the committee's desk: the roster goes in, a place is described, its keeper named."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.asking import refused_in, status_of
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import Request
from deputies.models import RosterImport
from stations.actions import places, undoing
from stations.forms.places import KeeperForm, StationForm
from stations.models import Station
from stations.permissions.places import (
    why_not_describe_station,
    why_not_name_keeper,
    why_not_undo_roster,
)
from stations.queries import places as queries


@require_POST
@at_the_desk
def apply_roster(request: Request, pk: int) -> HttpResponse:
    """确认导入: back on the preview page, which now says who imported it and when."""
    batch = get_object_or_404(RosterImport.objects.visible_to(request.actor), pk=pk)
    batch = places.apply_roster(batch, by=request.actor, today=clock.today())
    if batch.applied_at:
        messages.success(request, f"“{batch.file_name}”已导入。")
    return redirect("deputies:preview", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def undo_roster(request: Request, pk: int) -> HttpResponse:
    """撤回导入: what it will touch is shown before it is asked for."""
    batch = get_object_or_404(RosterImport.objects.visible_to(request.actor), pk=pk)
    if request.method == "POST":
        batch = undoing.undo_roster(batch, by=request.actor, today=clock.today())
        messages.success(request, f"已{batch.problem}。")
        return redirect("deputies:preview", pk)
    context = {
        "title": "撤回导入",
        "batch": batch,
        "touched": queries.touched(batch),
        "stays": "导入以后已有履职、建议、账号等记录的人，和后来又改过的资料，会原样保留，"
        "撤回以后列出名单。",
        "refusal": why_not_undo_roster(request.actor, batch, now=clock.now()),
    }
    return framed(request, "deputies/undo_import.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def name_keeper(request: Request, pk: int) -> HttpResponse:
    """指定站长: one of the township's people."""
    rows = Station.objects.visible_to(request.actor).select_related("keeper")
    station = get_object_or_404(rows, pk=pk)
    form = KeeperForm(request.POST or None, station=station)
    if form.is_valid():
        user = form.cleaned_data["user"]
        try:
            places.name_keeper(station, user=user, by=request.actor, today=clock.today())
            messages.success(request, f"{user.name}是{station.name}的站长了。")
            return redirect("admin:stations_station_change", pk)
        except Refused as no:
            refused_in(form, "user", no)
    refusal = why_not_name_keeper(request.actor, station)
    context = {"title": "指定站长", "station": station, "form": form, "refusal": refusal}
    status = status_of(form)
    return framed(request, "stations/name_keeper.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def describe_station(request: Request, pk: int) -> HttpResponse:
    """家站资料: the address and the hours that voters read."""
    station = get_object_or_404(Station.objects.visible_to(request.actor), pk=pk)
    known = {name: getattr(station, name) for name in places.DESCRIBED}
    form = StationForm(request.POST or None, initial=known)
    if form.is_valid():
        try:
            places.describe_station(station, by=request.actor, **form.cleaned_data)
            messages.success(request, f"{station.name}的资料已更新。")
            return redirect("admin:stations_station_change", pk)
        except Refused as no:
            refused_in(form, None, no)
    refusal = why_not_describe_station(request.actor)
    context = {"title": "家站资料", "station": station, "form": form, "refusal": refusal}
    status = status_of(form)
    return framed(request, "stations/describe_station.html", context, status=status)
