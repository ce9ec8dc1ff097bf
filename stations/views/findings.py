"""发现的问题: on the deputy's phone, at the organiser's and at the desk."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.http import Request, as_download
from congress.shared.workbook import workbook
from stations.actions import findings as verbs
from stations.forms.findings import (
    DeclineFindingForm,
    FindingFilterForm,
    FindingForm,
    HandFindingForm,
    SolveFindingForm,
)
from stations.forms.visits import WithdrawForm
from stations.models import Activity, Council, Finding, FindingPhoto, FindingPhotoOf
from stations.permissions import findings as reasons
from stations.queries import findings as queries
from stations.queries.issue_lights import LIGHTS
from stations.states import FindingState
from stations.views import frames
from stations.wording import date_words

BOTH = ("GET", "HEAD", "POST")
PER_PAGE = 20


def _asked_for(request: Request) -> tuple[dict[str, Any], int]:
    form = FindingFilterForm(request.GET, today=clock.today())
    if not form.is_valid():
        raise BadRequest
    said = dict(form.cleaned_data)
    return said, said.pop("page") or 1


@require_safe
def findings(request: Request) -> HttpResponse:
    """发现的问题: what waits by the day it is due, and what was found and solved of each topic."""
    (said, number), by, today = _asked_for(request), request.actor, clock.today()
    rows = queries.listed(by, today, **said)
    page = Paginator(rows, PER_PAGE).get_page(number)
    context = {
        "title": "发现的问题",
        **said,
        "page": page,
        "rows": queries.with_lights(page, by, today),
        "counts": queries.counts(by, today, said["year"]),
        "tables": _tables(rows, county=by.at_the_desk),
        "occasions": queries.occasions(by, today),
        "states": FindingState.choices,
        "lights": LIGHTS,
        "years": (today.year, today.year - 1),
        "topics": queries.topics(said["year"]),
        "townships": queries.townships() if by.at_the_desk else [],
    }
    return frames.shown(request, "stations/findings.html", context)


def _tables(rows: QuerySet[Finding], *, county: bool) -> list[tuple[str, str, list[queries.Total]]]:
    """发现、解决: what each table goes by, in words and as the filter, and its lines."""
    found = [
        ("主题活动", "campaign", queries.by_campaign(rows)),
        ("选题", "topic", queries.by_topic(rows)),
        ("乡镇", "area", queries.by_township(rows) if county else []),
    ]
    return [each for each in found if each[2]]


@require_safe
def findings_sheet(request: Request) -> HttpResponse:
    """The same list as a table."""
    said, _ = _asked_for(request)
    rows = queries.listed(request.actor, clock.today(), **said)
    book = workbook("发现的问题", queries.HEAD, queries.sheet(rows))
    return as_download(book, f"{said['year']}年发现的问题.xlsx")


def _finding(request: Request, pk: int) -> Finding:
    rows = Finding.objects.visible_to(request.actor).select_related(
        *("area", "deputy", "activity", "council__station", "unit", "topic__campaign"),
        *("raised_by", "ended_by"),
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def finding(request: Request, pk: int) -> HttpResponse:
    """一个问题: what was found, where it stands, what can be done now."""
    row, by, today = _finding(request, pk), request.actor, clock.today()
    photos = list(row.photos.values_list("pk", "of"))
    name, page = queries.source_of(row, by)
    context = {
        "title": row.title,
        "finding": row,
        "row": queries.with_lights([row], by, today)[0],
        "stops": queries.stops(row),
        "now": queries.now_words(row),
        "due": date_words(row.due_on, today) if row.due_on else "",
        "why": queries.why_this_day(row, today),
        "whom": queries.whom(row),
        "source": name,
        "source_page": page,
        "seen": [pk for pk, of in photos if of == FindingPhotoOf.FOUND],
        "after": [pk for pk, of in photos if of == FindingPhotoOf.SOLVED],
        "history": queries.history(row),
        "no_hand": reasons.why_not_hand_finding(by, row),
        "no_solve": reasons.why_not_solve_finding(by, row),
        "no_decline": reasons.why_not_decline_finding(by, row),
        "no_withdraw": reasons.why_not_withdraw_finding(by, row),
        "no_propose": reasons.why_not_propose_finding(by, row),
    }
    return frames.shown(request, "stations/finding.html", context)


@require_safe
def finding_photo(request: Request, pk: int) -> FileResponse:
    """问题照片: for whoever may read the finding."""
    rows = FindingPhoto.objects.filter(finding__in=Finding.objects.visible_to(request.actor))
    photo = get_object_or_404(rows, pk=pk)
    return FileResponse(photo.file.open("rb"), content_type="image/jpeg")


def _source(request: Request, of: str, pk: int) -> Activity | Council:
    """What this person took part in or organises."""
    by = request.actor
    if of == "council":
        return get_object_or_404(Council.objects.visible_to(by).select_related("station"), pk=pk)
    if of != "activity":
        raise Http404
    called = Activity.objects.filter(invitees__deputy__user=by.user)
    marked = Activity.objects.filter(attendances__deputy__user=by.user)
    seen = Activity.objects.visible_to(by)
    known = seen.filter(pk=pk) or called.filter(pk=pk) or marked.filter(pk=pk)
    return get_object_or_404(known.select_related("group", "topic").distinct())


@require_http_methods(BOTH)
def raise_finding(request: Request, of: str, pk: int) -> HttpResponse:
    """登记问题: of one activity or 议事."""
    source, by, today = _source(request, of, pk), request.actor, clock.today()
    form = FindingForm(
        request.POST or None,
        request.FILES or None,
        source=source,
        by=by,
        own=not reasons.organises(by, source),
        initial={"found_on": min(max(source.held_on, today), today)},
    )

    def act() -> tuple[str, str]:
        row = verbs.raise_finding(
            source, noticed=form.noticed, token=form.number, by=by, today=today
        )
        said = "已登记，乡镇人大会交办；解决了会告诉您。"
        return said, reverse("stations:finding", args=[row.pk])

    return frames.ask(
        request,
        form,
        act,
        title=f"登记发现的问题：{source}",
        verb_label="登记问题",
        back=reverse("stations:findings"),
        remember="finding",
        of=pk,
        refusal=reasons.why_not_raise_finding(by, source, today=today),
    )


@require_http_methods(BOTH)
def hand_finding(request: Request, pk: int) -> HttpResponse:
    """交办: to a unit or to somebody named."""
    row, by, today = _finding(request, pk), request.actor, clock.today()
    form = HandFindingForm(request.POST or None, by=by)

    def act() -> tuple[str, str]:
        done = verbs.hand_finding(row, **form.cleaned_data, by=by, today=today)
        return f"已交办：{queries.whom(done)}。", reverse("stations:finding", args=[pk])

    return frames.ask(
        request,
        form,
        act,
        title=f"交办：{row.title}",
        verb_label="交办",
        back=reverse("stations:finding", args=[pk]),
        refusal=reasons.why_not_hand_finding(by, row),
    )


@require_http_methods(BOTH)
def solve_finding(request: Request, pk: int) -> HttpResponse:
    """登记解决: what was done, and what shows it."""
    row, by = _finding(request, pk), request.actor
    form = SolveFindingForm(request.POST or None, request.FILES or None)

    def act() -> tuple[str, str]:
        verbs.solve_finding(row, **form.cleaned_data, by=by)
        return "已登记解决。", reverse("stations:finding", args=[pk])

    return frames.ask(
        request,
        form,
        act,
        title=f"登记解决：{row.title}",
        verb_label="登记解决",
        back=reverse("stations:finding", args=[pk]),
        remember="solved",
        of=pk,
        refusal=reasons.why_not_solve_finding(by, row),
    )


@require_http_methods(BOTH)
def decline_finding(request: Request, pk: int) -> HttpResponse:
    """不予采纳: with the reason that the deputy reads."""
    row, by, form = _finding(request, pk), request.actor, DeclineFindingForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.decline_finding(row, **form.cleaned_data, by=by)
        return "已登记，代表会看到原因。", reverse("stations:finding", args=[pk])

    return frames.ask(
        request,
        form,
        act,
        field="reason",
        title=f"不予采纳：{row.title}",
        verb_label="不予采纳",
        back=reverse("stations:finding", args=[pk]),
        refusal=reasons.why_not_decline_finding(by, row),
    )


@require_http_methods(BOTH)
def withdraw_finding(request: Request, pk: int) -> HttpResponse:
    """撤回: written down by mistake."""
    row, by, form = _finding(request, pk), request.actor, WithdrawForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.withdraw_finding(row, **form.cleaned_data, by=by)
        return "登记已撤回。", reverse("stations:findings")

    return frames.ask(
        request,
        form,
        act,
        field="reason",
        title=f"撤回：{row.title}",
        verb_label="撤回登记",
        back=reverse("stations:finding", args=[pk]),
        refusal=reasons.why_not_withdraw_finding(by, row),
    )
