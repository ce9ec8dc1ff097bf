"""履职记录: the deputy's phone, and the first check of a single record."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.http import UNPROCESSABLE, Request, keep_on_phone
from congress.shared.workflow import refuse_if
from deputies.actions import duties
from deputies.forms.duties import RecordsFilter, ReportForm, ResubmitForm, SendBackForm
from deputies.models import Deputy, DutyItem, DutyRecord, Evidence
from deputies.permissions import (
    why_not_check,
    why_not_confirm,
    why_not_confirm_on_paper,
    why_not_report,
    why_not_resubmit,
    why_not_send_back,
    why_not_uncheck,
    why_not_withdraw,
)
from deputies.queries import duties as queries
from deputies.queries.catalogue import Catalogue
from deputies.queries.photos import near_words
from deputies.states import DutyState

PER_PAGE = 20


def _visible(request: Request, pk: int) -> DutyRecord:
    records = DutyRecord.objects.visible_to(request.actor)
    people = ("deputy", "item", "reported_by", "checked_by", "verified_by", "paper_by")
    return get_object_or_404(records.select_related(*people), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request) -> HttpResponse:
    """记一次履职: first what was done, then one page of when, where and the photo."""
    deputy = get_object_or_404(Deputy.objects.of_user(request.user))
    refuse_if(why_not_report(request.actor, deputy))
    if "item" not in request.GET:
        often, others = queries.tiles(deputy, clock.today())
        context = {"often": often, "others": others}
        return keep_on_phone(render(request, "deputies/report.html", context), request)
    item = DutyItem.objects.for_deputies().coded(request.GET["item"])
    if item is None:
        raise Http404
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        deputy=deputy,
        item=item,
        today=clock.today(),
        places=queries.last_places(deputy, item),
    )
    if made := form.made:  # the browser's "back" brings the form again, its token with it
        return redirect(queries.arrived(made, again=True))
    if form.is_valid():
        made = duties.report(deputy, item=item, by=request.actor, **form.cleaned_data)
        return redirect(queries.arrived(made))
    context, status = {"form": form, "item": item}, UNPROCESSABLE if form.errors else 200
    page = render(request, "deputies/report_form.html", context, status=status)
    return keep_on_phone(page, request)


@require_safe
def reported(request: Request, pk: int) -> HttpResponse:
    """已上报: what happens next."""
    record = _visible(request, pk)
    context = {
        "record": record,
        "done": queries.done_words(record),
        "day": queries.day_words(record.done_on),
        "photos": record.evidence.count(),
        "stops": queries.stops(record, clock.today()),
        "near": near_words(record),
        "again": "again" in request.GET,
    }
    return render(request, "deputies/reported.html", context)


@require_safe
def records(request: Request) -> HttpResponse:
    """我的履职: every record of one's own, whoever told it."""
    deputy = get_object_or_404(Deputy.objects.of_user(request.user))
    mine = DutyRecord.objects.of_deputy(deputy).select_related("item")
    years = mine.years()
    chosen = RecordsFilter(request.GET, years=years)
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    found = mine.done_in(wanted["year"]) if wanted.get("year") else mine
    counts = found.counts()
    found = found.in_state(wanted["state"]) if wanted.get("state") else found
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.rows(page.object_list),
        "years": years,
        "wanted": wanted,
        "chips": queries.chips(counts),
    }
    return render(request, "deputies/records.html", context)


@require_safe
def record(request: Request, pk: int) -> HttpResponse:
    """一条履职记录: its way to the points, its proof, and what can be done with it now."""
    record, by = _visible(request, pk), request.actor
    context = {
        "record": record,
        "category": Catalogue().name(record.item_id, record.done_on),
        "done": queries.done_words(record),
        "day": queries.day_words(record.done_on),
        "state": queries.state_words(record),
        "colour": queries.COLOURS[record.state],
        "stops": queries.stops(record, clock.today()),
        "photos": record.evidence.all(),
        "mine": by.same_person(record.deputy.user_id),
        "why_not_confirm": why_not_confirm(by, record),
        "asking": "" if why_not_confirm(by, record) else queries.asking_words(record),
        "told": queries.told_words(record),
        "paper": queries.paper_words(record),
        "why_not_confirm_on_paper": why_not_confirm_on_paper(by, record),
        "why_not_withdraw": why_not_withdraw(by, record),
        "why_not_resubmit": why_not_resubmit(by, record),
        "why_not_check": why_not_check(by, record),
        "why_not_uncheck": why_not_uncheck(by, record),
        "why_not_send_back": why_not_send_back(by, record),
    }
    return render(request, "deputies/record.html", context)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """撤回."""
    record = duties.withdraw(_visible(request, pk), by=request.actor)
    return redirect("deputies:record", record.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def resubmit(request: Request, pk: int) -> HttpResponse:
    """改好再报."""
    record = _visible(request, pk)
    refuse_if(why_not_resubmit(request.actor, record))
    form = ResubmitForm(
        request.POST or None,
        request.FILES or None,
        record=record,
        today=clock.today(),
        places=list(filter(None, [record.place])),
        initial={
            "day": "other",
            "other_day": record.done_on,
            "quantity": record.quantity,
            "note": record.note,
            "matter": record.matter,
        },
    )
    if form.is_valid():
        record = duties.resubmit(record, by=request.actor, **form.cleaned_data)
        arrived = "reported" if record.state == DutyState.REPORTED else "record"
        return redirect(f"deputies:{arrived}", record.pk)
    context = {"form": form, "item": record.item, "record": record, "photos": record.evidence.all()}
    return render(
        request, "deputies/resubmit.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """核对, one record."""
    record = duties.check(_visible(request, pk), by=request.actor)
    return redirect("deputies:record", record.pk)


@require_POST
def uncheck(request: Request, pk: int) -> HttpResponse:
    """撤回核对, one record."""
    record = duties.uncheck(_visible(request, pk), by=request.actor)
    return redirect("deputies:record", record.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: Request, pk: int) -> HttpResponse:
    """退回, with the reason that the deputy will read."""
    record = _visible(request, pk)
    refusal = why_not_send_back(request.actor, record)
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        duties.send_back(record, by=request.actor, **form.cleaned_data)
        return redirect("deputies:record", record.pk)
    context = {"form": form, "record": record, "refusal": refusal}
    context |= {"done": queries.done_words(record), "day": queries.day_words(record.done_on)}
    return render(
        request, "deputies/send_back.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_safe
def evidence(request: Request, pk: int) -> FileResponse:
    """佐证照片: to those who see its record, and never run as anything but a picture."""
    found = get_object_or_404(Evidence.objects.visible_to(request.actor), pk=pk)
    response = FileResponse(found.file.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = f'inline; filename="evidence-{found.pk}.jpg"'
    return response
