"""请假、空岗: what the station and the offices enter of who cannot come, and look into."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import framed
from congress.shared.http import Request
from congress.shared.roles import Role
from stations.actions import leaves as verbs
from stations.forms.rota import StationLeaveForm
from stations.permissions.rota import MARK_DAYS, runs_station
from stations.queries import rota as queries


@require_http_methods(["GET", "HEAD", "POST"])
def station_leave(request: Request, pk: int) -> HttpResponse:
    """代表请假: entered for somebody who serves here, with whoever is away now or soon."""
    by, today = request.actor, clock.today()
    station = get_object_or_404(queries.stations_of(by).select_related("area"), pk=pk)
    form = StationLeaveForm(request.POST or None, station=station, today=today)
    here = reverse("stations:station_leave", args=[pk])

    def act() -> tuple[str, str]:
        leave = verbs.take_leave(**form.cleaned_data, by=by, today=today)
        return f"已给{leave.deputy.name}登记请假，这几天的班请安排替班。", here

    runs = runs_station(by, station)
    context = {
        "title": f"{station}代表请假",
        "station": station,
        "leaves": queries.leaves_at(station, today),
        "verb_label": "登记请假",
        "refusal": None if runs else "由这个家站的站长、乡镇人大或者代工委登记请假。",
    }
    frame = {} if by.at_the_desk else {"frame": "stations/frame.html"}
    back = reverse("stations:station_rota", args=[pk])
    template = "stations/station_leave.html"
    return asked(
        request,
        form,
        act,
        template=template,
        field="deputy",
        desk=by.at_the_desk,
        back=back,
        **frame,
        **context,
    )


@require_safe
def empty_days(request: Request) -> HttpResponse:
    """空岗: days on which nobody was seen at the desk, for whoever answers for the place."""
    by = request.actor
    if not (by.at_the_desk or by.is_a(Role.TOWNSHIP_CLERK, Role.KEEPER)):
        raise PermissionDenied
    rows = queries.empty_days(by, clock.today())
    context = {
        "title": "空岗的接待日",
        "rows": rows,
        "waiting": sum(row.waits for row in rows),
        "days": MARK_DAYS.days,
    }
    if by.at_the_desk:
        return framed(request, "stations/empty_days.html", context)
    return render(request, "stations/empty_days.html", {**context, "frame": "stations/frame.html"})
