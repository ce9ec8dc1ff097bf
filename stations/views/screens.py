"""大屏: one station's address is opened, shown once and ended; which screens were heard of."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.http import Request
from congress.shared.qr import qr_svg
from stations.actions import screens as verbs
from stations.forms.screens import EndScreenForm, ScreenFilterForm
from stations.models import ScreenToken, Station
from stations.permissions.screens import why_not_end_screen, why_not_renew_screen
from stations.queries import issues
from stations.queries import screens as queries
from stations.views import frames

BOTH = ("GET", "HEAD", "POST")
PER_PAGE = 40


def _station(request: Request, pk: int) -> Station:
    rows = Station.objects.run_by(request.actor).select_related("area", "keeper")
    return get_object_or_404(rows, pk=pk)


@require_safe
def screens(request: Request) -> HttpResponse:
    """大屏一览: which stations have a screen, and which of them is not heard of."""
    form, by = ScreenFilterForm(request.GET), request.actor
    if not form.is_valid():
        raise BadRequest
    said = form.cleaned_data
    rows = queries.rows(by, clock.now(), **said)
    context = {
        "title": "家站大屏",
        **said,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "shows": queries.SHOWS,
        "townships": issues.townships() if by.at_the_desk else [],
    }
    return frames.shown(request, "stations/screens.html", context)


@require_safe
def station_screen(request: Request, pk: int) -> HttpResponse:
    """一个家站的大屏: how it stands, and the sheet for a station without one."""
    station, by = _station(request, pk), request.actor
    row = queries.of_station(station, clock.now())
    context = {
        "title": f"{station}大屏",
        "station": station,
        "row": row,
        "no_renew": why_not_renew_screen(by, station),
        "no_end": why_not_end_screen(by, row.screen) if row.screen else "没有在用的大屏地址。",
        "back": reverse("stations:station_rota", args=[pk]),
    }
    return frames.shown(request, "stations/station_screen.html", context)


@require_http_methods(BOTH)
def renew_screen(request: Request, pk: int) -> HttpResponse:
    """开通、更换大屏地址: it is shown on the answer to this very press, and never again."""
    station, by = _station(request, pk), request.actor
    back = reverse("stations:station_screen", args=[pk])
    context: dict[str, object] = {"title": f"{station}大屏地址", "station": station, "back": back}
    if request.method == "POST":
        token = verbs.renew_screen(station, by=by)
        address = settings.SITE_URL + reverse("home:wall", args=[token])
        context |= {"address": address, "qr": qr_svg(address)}
        page = frames.shown(request, "stations/screen_address.html", context)
        page["Cache-Control"] = "private, no-store"
        return page
    context |= {
        "had": ScreenToken.objects.open().filter(station=station).exists(),
        "refusal": why_not_renew_screen(by, station),
    }
    return frames.shown(request, "stations/screen_address.html", context)


@require_http_methods(BOTH)
def end_screen(request: Request, pk: int) -> HttpResponse:
    """停用大屏地址: with the reason."""
    places = Station.objects.run_by(request.actor)
    rows = ScreenToken.objects.filter(station__in=places).select_related("station__keeper")
    screen, by = get_object_or_404(rows, pk=pk), request.actor
    form = EndScreenForm(request.POST or None)
    back = reverse("stations:station_screen", args=[screen.station_id])

    def act() -> tuple[str, str]:
        verbs.end_screen(screen, **form.cleaned_data, by=by)
        return "大屏地址已停用，开着的屏幕一分钟内不再显示。", back

    return frames.ask(
        request,
        form,
        act,
        field="reason",
        title=f"停用{screen.station}大屏地址",
        verb_label="停用",
        lead="停用以后，用这个地址打开的屏幕不再显示内容。要换新地址，请用“更换地址”。",
        back=back,
        refusal=why_not_end_screen(by, screen),
    )
