"""议事: noted by keepers and deputies, counted for everybody who runs a station."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.http import Request, as_download
from congress.shared.workbook import workbook
from stations.actions import councils as verbs
from stations.forms.councils import MATTERS, CouncilFilterForm, CouncilForm, EndMatterForm, as_noted
from stations.forms.visits import WithdrawForm
from stations.models import Council, CouncilPhoto, Matter
from stations.permissions import councils as reasons
from stations.permissions.findings import why_not_raise_finding
from stations.queries import councils as queries
from stations.queries.issues import townships
from stations.queries.places import named
from stations.queries.visits import stations_for
from stations.views import frames

BOTH = ("GET", "HEAD", "POST")
PER_PAGE = 20


def _asked_for(request: Request) -> tuple[dict[str, Any], int]:
    form = CouncilFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    said = dict(form.cleaned_data)
    said["year"] = said["year"] or clock.today().year
    return said, said.pop("page") or 1


@require_safe
def councils(request: Request) -> HttpResponse:
    """议事: the year's meetings, and what each station has come to."""
    (said, number), by, today = _asked_for(request), request.actor, clock.today()
    which = said.pop("matters")
    rows = queries.listed(by, **said)
    shown = queries.matters_of(rows, which) if which else rows
    context = {
        "title": "议事",
        **said,
        "of_station": named(by, said["station"]),
        "matters": which,
        "matters_name": dict(MATTERS).get(which, ""),
        "page": Paginator(shown, PER_PAGE).get_page(number),
        "totals": queries.totals(rows),
        "kinds": queries.kinds(),
        "years": (today.year, today.year - 1),
        "townships": townships() if by.at_the_desk else [],
        "stations": [] if by.at_the_desk else stations_for(by, today).distinct(),
    }
    return frames.shown(request, "stations/councils.html", context)


@require_safe
def councils_sheet(request: Request) -> HttpResponse:
    """The same list as a table."""
    said, _ = _asked_for(request)
    said.pop("matters")
    rows = queries.sheet(queries.listed(request.actor, **said))
    return as_download(workbook("议事", queries.HEAD, rows), f"{said['year']}年议事.xlsx")


def _council(request: Request, pk: int) -> Council:
    rows = Council.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("station__area", "kind", "entered_by"), pk=pk)


@require_safe
def council(request: Request, pk: int) -> HttpResponse:
    """一次议事: what was said, agreed on and done."""
    row, by, today = _council(request, pk), request.actor, clock.today()
    matters = list(row.matters.select_related("council__station"))
    acts = [(each, reasons.why_not_end_matter(by, each, today=today)) for each in matters]
    context = {
        "title": row.topic,
        "council": row,
        "photos": list(row.photos.values_list("pk", flat=True)),
        "deputies": [each.deputy.name for each in row.deputies.select_related("deputy")],
        "matters": acts,
        "no_raise": why_not_raise_finding(by, row, today=today),
        "no_correct": reasons.why_not_correct_council(by, row),
        "no_withdraw": reasons.why_not_withdraw_council(by, row),
    }
    return frames.shown(request, "stations/council.html", context)


@require_safe
def council_photo(request: Request, pk: int) -> FileResponse:
    """议事照片: for whoever may read the record."""
    rows = CouncilPhoto.objects.filter(council__in=Council.objects.visible_to(request.actor))
    photo = get_object_or_404(rows, pk=pk)
    return FileResponse(photo.file.open("rb"), content_type="image/jpeg")


@require_http_methods(BOTH)
def note_council(request: Request, pk: int) -> HttpResponse:
    """登记议事: at one station."""
    by, today = request.actor, clock.today()
    rows = stations_for(by, today).select_related("area", "keeper").distinct()
    station = get_object_or_404(rows, pk=pk)
    form = CouncilForm(
        request.POST or None,
        request.FILES or None,
        station=station,
        today=today,
        initial={"held_on": today},
    )

    def act() -> tuple[str, str]:
        row = verbs.note_council(station, talked=form.talked, by=by, today=today)
        return "已登记。议定的事办成以后，回来销号。", reverse("stations:council", args=[row.pk])

    return frames.ask(
        request,
        form,
        act,
        title=f"{station}登记议事",
        verb_label="登记议事",
        back=reverse("stations:councils"),
        remember="council",
        of=pk,
        refusal=reasons.why_not_note_council(by, station, today=today),
    )


@require_http_methods(BOTH)
def correct_council(request: Request, pk: int) -> HttpResponse:
    """改正议事: the whole record again, as it was noted; its photos stay."""
    row, by, today = _council(request, pk), request.actor, clock.today()
    form = CouncilForm(
        request.POST or None,
        request.FILES or None,
        station=row.station,
        today=today,
        known=row,
        initial=as_noted(row),
    )

    def act() -> tuple[str, str]:
        anew = verbs.correct_council(row, talked=form.talked, by=by, today=today)
        return "已改正，原来的一次列为撤回。", reverse("stations:council", args=[anew.pk])

    return frames.ask(
        request,
        form,
        act,
        title="改正议事登记",
        verb_label="改正",
        back=reverse("stations:council", args=[pk]),
        refusal=reasons.why_not_correct_council(by, row),
    )


@require_http_methods(BOTH)
def withdraw_council(request: Request, pk: int) -> HttpResponse:
    """撤回议事: with its reason."""
    row, by, form = _council(request, pk), request.actor, WithdrawForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.withdraw_council(row, reason=form.cleaned_data["reason"], by=by)
        return "登记已撤回。", reverse("stations:councils")

    return frames.ask(
        request,
        form,
        act,
        field="reason",
        title=f"撤回：{row.topic}",
        verb_label="撤回登记",
        back=reverse("stations:council", args=[pk]),
        refusal=reasons.why_not_withdraw_council(by, row),
    )


@require_http_methods(BOTH)
def end_matter(request: Request, pk: int) -> HttpResponse:
    """销号: one matter that was agreed on."""
    by, today = request.actor, clock.today()
    rows = Matter.objects.filter(council__in=Council.objects.visible_to(by))
    row = get_object_or_404(rows.select_related("council__station"), pk=pk)
    form, back = (
        EndMatterForm(request.POST or None, matter=row, today=today, initial={"ended_on": today}),
        reverse("stations:council", args=[row.council_id]),
    )

    def act() -> tuple[str, str]:
        done = verbs.end_matter(row, **form.cleaned_data, by=by, today=today)
        return f"已登记：{done.get_state_display()}。", back

    return frames.ask(
        request,
        form,
        act,
        field="to",
        title=f"销号：{row.words}",
        verb_label="销号",
        back=back,
        refusal=reasons.why_not_end_matter(by, row, today=today),
    )
