"""履职核对、核实: two queues, two people; what an act will do is said before it is done."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import framed
from congress.shared.errors import Refused
from congress.shared.http import Request
from deputies.actions import duties
from deputies.models import DutyRecord
from deputies.permissions import why_not_check
from deputies.states import DutyState
from scoring.actions import posting
from scoring.forms.verification import ChosenForm, QueueFilter, SendBackForm
from scoring.permissions import why_not_verify_and_post
from scoring.queries import dossier, queue
from scoring.queries.queue import CHECK, VERIFY, Step


@require_http_methods(["GET", "HEAD", "POST"])
def check_queue(request: Request) -> HttpResponse:
    """核对: the first step; a township's clerk has it in the ordinary frame, staff at the desk."""
    if why_not_check(request.actor):
        raise Http404
    if request.method == "POST":
        done = duties.check_all(_chosen(request), by=request.actor)
        messages.success(request, f"已核对 {len(done)} 条，交另一个人核实。")
        return _onwards(request, CHECK)
    return _screen(request, CHECK)


@require_safe
def verify_queue(request: Request) -> HttpResponse:
    """核实: the second step, by the office alone."""
    if why_not_verify_and_post(request.actor):
        raise Http404
    return _screen(request, VERIFY)


@require_POST
def verify_and_post(request: Request) -> HttpResponse:
    """核实并记分: what is ticked is verified and stands in the ledger."""
    chosen = _chosen(request)
    entries = posting.verify_and_post_all(chosen, by=request.actor)
    messages.success(request, f"已核实 {len(chosen)} 条，入账 {entries} 笔，名次已更新。")
    return _onwards(request, VERIFY)


@require_POST
def send_back(request: Request, pk: int) -> HttpResponse:
    """退回: the deputy gets the words as they stand."""
    record = get_object_or_404(DutyRecord.objects.visible_to(request.actor), pk=pk)
    step = VERIFY if record.state == DutyState.CHECKED else CHECK
    form = SendBackForm(request.POST)
    if form.is_valid():
        duties.send_back(record, by=request.actor, **form.cleaned_data)
        messages.success(request, f"已退回{record.deputy.name}，代表会看到您写的原因。")
        return _onwards(request, step)
    return _screen(request, step, form=form, pk=pk)


def _chosen(request: Request) -> list[DutyRecord]:
    form = ChosenForm(request.POST)
    if not form.is_valid():
        raise Refused("还没有勾选记录。请先在左边勾选。")
    rows = DutyRecord.objects.visible_to(request.actor)
    return list(rows.in_bulk(form.cleaned_data["records"]).values())


def _onwards(request: Request, step: Step) -> HttpResponse:
    """Back to the same queue under the same filters, at the record that comes next."""
    wanted = QueryDict(request.GET.urlencode(), mutable=True)
    for gone in ("records", "all", "record"):
        wanted.pop(gone, None)
    if next_one := request.POST.get("next"):
        wanted["record"] = next_one
    address = reverse(step.page)
    return redirect(f"{address}?{wanted.urlencode()}" if wanted else address)


def _screen(
    request: Request, step: Step, *, form: SendBackForm | None = None, pk: int | None = None
) -> HttpResponse:
    filters = QueueFilter(request.GET)
    filters.is_valid()
    wanted, by, today = filters.wanted(), request.actor, clock.today()
    everything = "all" in request.GET
    chosen = None if everything else ChosenForm(request.GET).numbers()
    found = queue.queue(by, step, wanted, chosen=chosen, page=request.GET.get("page"), today=today)
    context: dict[str, object] = {
        "title": f"履职{step.act}",
        "step": step,
        "queue": found,
        "filters": filters,
        "wanted": urlencode(wanted),
        "current": _current(request, step, found, pk),
        "form": form or SendBackForm(),
        "act_words": f"{step.act}这 {found.effect.count} 条",
        "one_words": f"{step.act}这一条",
        "others_words": f"须他人{step.act}",
        "frame": "admin/base_site.html" if by.at_the_desk else "base.html",
    }
    show = framed if by.at_the_desk else render
    return show(request, f"scoring/{step.name}_queue.html", context, status=422 if form else 200)


def _current(
    request: Request, step: Step, found: queue.Queue, pk: int | None
) -> dict[str, object] | None:
    """The record on the right: the one asked for, else the first of the list."""
    numbers = [row.pk for row in found.rows]
    asked = pk or request.GET.get("record", "")
    place = next((i for i, number in enumerate(numbers) if str(number) == str(asked)), 0)
    if not numbers:
        return None
    record = found.page.object_list[place]
    after = numbers[place + 1] if place + 1 < len(numbers) else None
    return {
        "dossier": dossier.dossier(request.actor, step, record),
        "number": found.page.start_index() + place,
        "next": after,
    }
