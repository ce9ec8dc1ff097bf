"""履职核对、核实: two queues, two people; what an act will do is said before it is done."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.desk import framed
from congress.shared.errors import Refused
from congress.shared.http import UNPROCESSABLE, Request, row_number
from deputies.actions import duties
from deputies.models import DutyRecord
from deputies.permissions import why_not_check
from deputies.states import DutyState
from scoring.actions import posting
from scoring.forms.verification import ChosenForm, QueueFilter, SendBackForm
from scoring.permissions import why_not_verify_and_post
from scoring.queries import done, dossier, queue
from scoring.queries.waiting import CHECK, VERIFY, Step

PARTS = {"dossier": "scoring/_dossier.html", "effect": "scoring/_effect.html"}
"""What htmx asks for by its target; anything else of this page is the whole desk."""
Verb = Callable[[list[DutyRecord], Actor], str]
"""What is done with the chosen records; its words say what was done."""


@require_http_methods(["GET", "HEAD", "POST"])
def check_queue(request: Request) -> HttpResponse:
    """核对: the first step; a township's clerk has it in the ordinary frame, staff at the desk."""
    if why_not_check(request.actor):
        raise Http404
    return _act(request, CHECK, _check) if request.method == "POST" else _screen(request, CHECK)


@require_safe
def verify_queue(request: Request) -> HttpResponse:
    """核实: the second step, by the office alone."""
    if why_not_verify_and_post(request.actor):
        raise Http404
    return _screen(request, VERIFY)


@require_POST
def verify_and_post(request: Request) -> HttpResponse:
    """核实并记分: what is ticked is verified and stands in the ledger."""
    if why_not_verify_and_post(request.actor):
        raise Http404
    return _act(request, VERIFY, partial(_verify, twice="twice" in request.POST))


def _check(records: list[DutyRecord], by: Actor) -> str:
    return f"已核对 {len(duties.check_all(records, by=by))} 条，交另一个人核实。"


def _verify(records: list[DutyRecord], by: Actor, *, twice: bool) -> str:
    entries = posting.verify_and_post_all(records, by=by, twice=twice)
    return f"已核实 {len(records)} 条，入账 {entries} 笔，名次已更新。"


@require_POST
def send_back(request: Request, pk: int) -> HttpResponse:
    """退回: the deputy gets the words as they stand. A refusal shows only a desk one may open."""
    if why_not_check(request.actor):
        raise Http404
    record = get_object_or_404(DutyRecord.objects.visible_to(request.actor), pk=pk)
    verifies = not why_not_verify_and_post(request.actor)
    step = VERIFY if verifies and record.state == DutyState.CHECKED else CHECK
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _screen(request, step, status=UNPROCESSABLE, form=form, pk=pk)
    try:
        duties.send_back(record, by=request.actor, **form.cleaned_data)
    except Refused as refusal:
        return _screen(request, step, status=409, refused=[f"{record.deputy.name}：{refusal}"])
    messages.success(request, f"已退回{record.deputy.name}，代表会看到您写的原因。")
    return _onwards(request, step)


def _act(request: Request, step: Step, verb: Verb) -> HttpResponse:
    """All are done, or none: then who stands in the way is named and the others stay ticked."""
    chosen = _chosen(request)
    try:
        said = verb(chosen, request.actor)
    except Refused as refusal:
        reasons, rest = queue.left_over(request.actor, step, [record.pk for record in chosen])
        reasons = reasons or [str(refusal)]
        return _screen(request, step, status=409, refused=reasons, chosen=rest)
    at = getattr(DutyRecord.objects.get(pk=chosen[0].pk), step.when)
    address = f"{reverse(step.done_page)}?{urlencode({'at': at.isoformat()})}"
    link = format_html('<a href="{}">看这 {} 条</a>', address, len(chosen))
    messages.success(request, format_html("{} {}", said, link))
    return _onwards(request, step)


def _chosen(request: Request) -> list[DutyRecord]:
    """The one record on the right, or else those ticked on the left."""
    one = row_number(request.POST.get("record", ""))
    asked = [one] if one else ChosenForm(request.POST).numbers()
    rows = DutyRecord.objects.visible_to(request.actor).in_bulk(asked[: queue.MOST_AT_ONCE])
    if not rows:
        raise Refused("还没有勾选记录。请先在左边勾选。")
    return list(rows.values())


def _onwards(request: Request, step: Step) -> HttpResponse:
    """Back to the same queue under the same filters, at the record that comes next."""
    wanted = QueryDict(request.GET.urlencode(), mutable=True)
    for gone in ("records", "all", "record"):
        wanted.pop(gone, None)
    if next_one := request.POST.get("next"):
        wanted["record"] = next_one
    if one := request.POST.get("record"):
        wanted.setlist("records", [pk for pk in request.POST.getlist("records") if pk != one])
    address = reverse(step.page)
    return redirect(f"{address}?{wanted.urlencode()}" if wanted else address)


@require_safe
def check_done(request: Request) -> HttpResponse:
    """我核对的: of this week or of one act; a check can be taken back until it is verified."""
    if why_not_check(request.actor):
        raise Http404
    return _done(request, CHECK)


@require_safe
def verify_done(request: Request) -> HttpResponse:
    """我核实的: verified is undone only by the ledger's reversal."""
    if why_not_verify_and_post(request.actor):
        raise Http404
    return _done(request, VERIFY)


def _done(request: Request, step: Step) -> HttpResponse:
    by, at = request.actor, request.GET.get("at", "")
    found = done.done(by, step, at, clock.today())
    page = Paginator(found, queue.PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "title": f"我{step.act}的记录",
        "step": step,
        "page": page,
        "rows": done.rows(by, step, page.object_list),
        "one_act": bool(at),
        "back": reverse(step.page),
        "frame": _frame(by),
    }
    show = framed if by.at_the_desk else render
    return show(request, "scoring/done.html", context)


@require_POST
def uncheck(request: Request) -> HttpResponse:
    """撤回核对: what is ticked waits for its first check again."""
    taken = duties.uncheck_all(_chosen(request), by=request.actor)
    messages.success(request, f"已撤回 {len(taken)} 条核对，它们重新等待核对。")
    return redirect("scoring:check_done")


def _frame(by: Actor) -> str:
    return "admin/base_site.html" if by.at_the_desk else "base.html"


def _screen(
    request: Request,
    step: Step,
    *,
    status: int = 200,
    form: SendBackForm | None = None,
    pk: int | None = None,
    refused: list[str] | None = None,
    chosen: list[int] | None = None,
) -> HttpResponse:
    filters = QueueFilter(request.GET)
    filters.is_valid()
    wanted, by, today = filters.wanted(), request.actor, clock.today()
    if chosen is None and "all" not in request.GET:
        chosen = ChosenForm(request.GET).numbers()
    found = queue.queue(by, step, wanted, chosen=chosen, page=request.GET.get("page"), today=today)
    count = found.effect.count
    kept = {**wanted, "page": found.page.number} if found.page.number > 1 else wanted
    context: dict[str, object] = {
        "title": f"履职{step.act}",
        "step": step,
        "queue": found,
        "filters": filters,
        "wanted": urlencode(kept),
        "current": _current(request, step, found, pk),
        "form": form or SendBackForm(),
        "refused": refused,
        "act": reverse("scoring:verify_and_post" if step is VERIFY else step.page),
        "act_words": f"其余 {count} 条照办" if refused else f"{step.act}这 {count} 条",
        "others_words": f"须他人{step.act}",
        "frame": _frame(by),
    }
    if request.htmx:
        part = PARTS.get(request.htmx.target or "", "scoring/_desk.html")
        response = render(request, part, context, status=status)
        if request.method == "POST":
            response["HX-Replace-Url"] = "false"  # the address of an act cannot be opened again
        return response
    show = framed if by.at_the_desk else render
    return show(request, f"scoring/{step.name}_queue.html", context, status=status)


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
