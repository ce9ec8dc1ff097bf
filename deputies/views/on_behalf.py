"""代为登记: the office tells it, the deputy says yes or no; and of two records one stays."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import framed
from congress.shared.http import UNPROCESSABLE, Request, row_number
from congress.shared.workflow import refuse_if
from deputies.actions import duplicates, on_behalf
from deputies.forms.on_behalf import DenyForm, DuplicateForm, EnterForm, PaperForm
from deputies.models import Deputy, DutyItem, DutyRecord
from deputies.permissions.duplicates import why_not_mark_duplicate
from deputies.permissions.duties import (
    why_not_confirm_on_paper,
    why_not_deny,
    why_not_enter,
)
from deputies.queries import duties as words
from deputies.queries import on_behalf as queries
from deputies.queries import search
from deputies.queries.photos import near_words

BOTH = ("GET", "HEAD", "POST")
PER_PAGE = 20
FOUND = 10


def _shown(
    request: Request, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """At the desk in the admin's frame, in the townships in the ordinary one."""
    if request.actor.at_the_desk:
        page = {**context, "frame": "desk.html"}
        return framed(request, f"deputies/{template}", page, status=status)
    page = {**context, "frame": "base.html"}
    return render(request, f"deputies/{template}", page, status=status)


def _visible(request: Request, pk: int) -> DutyRecord:
    rows = DutyRecord.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("deputy", "item", "reported_by"), pk=pk)


@require_safe
def entered(request: Request) -> HttpResponse:
    """代为登记: whom to enter a duty for, and what waits for its deputy's word."""
    by, today = request.actor, clock.today()
    if why_not_enter(by):
        raise Http404
    asked, only = request.GET.get("q", ""), request.GET.get("only", "waiting")
    people = search.found(Deputy.objects.visible_to(by, today), asked, today)
    people = search.in_order(people.serving(today), asked)
    rows = queries.entered(by, only, today).select_related("deputy", "item", "reported_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "title": "代为登记",
        "asked": asked,
        "hits": search.hits(people, today, FOUND) if asked.strip() else None,
        "only": only,
        "counts": queries.counts(by, today),
        "page": page,
        "lines": queries.lines(page.object_list, today),
    }
    return _shown(request, "entered.html", context)


@require_http_methods(BOTH)
def enter(request: Request, pk: int) -> HttpResponse:
    """代为登记: what was done, then one page like the deputy's own, with its photo."""
    by, today = request.actor, clock.today()
    deputy = get_object_or_404(Deputy.objects.visible_to(by, today), pk=pk)
    context: dict[str, object] = {"title": f"代{deputy.name}登记履职", "deputy": deputy}
    refuse_if(why_not_enter(by, deputy, on=today))
    if "item" not in request.GET:
        often, others = words.tiles(deputy, today, DutyItem.objects.for_entry())
        return _shown(request, "enter.html", {**context, "often": often, "others": others})
    item = DutyItem.objects.for_entry().coded(request.GET["item"])
    if item is None:
        raise Http404
    form = EnterForm(
        request.POST or None,
        request.FILES or None,
        by=by,
        deputy=deputy,
        item=item,
        today=today,
        places=words.last_places(deputy, item),
    )
    if form.is_valid():
        made = on_behalf.enter(deputy, item=item, by=by, **form.cleaned_data)
        for hint in near_words(made):
            messages.warning(request, hint)
        messages.success(request, f"已登记，{words.awaited_words(deputy)}确认以后才核对、记分。")
        return redirect("deputies:entered")
    page = {**context, "form": form, "item": item}
    return _shown(request, "enter_form.html", page, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """属实."""
    record = on_behalf.confirm(_visible(request, pk), by=request.actor)
    messages.success(request, "您已确认属实，接着由两个人核对、核实，然后记分。")
    return redirect("deputies:record", record.pk)


@require_http_methods(BOTH)
def confirm_on_paper(request: Request, pk: int) -> HttpResponse:
    """纸面确认, for a deputy who has no account."""
    record = _visible(request, pk)
    refuse_if(why_not_confirm_on_paper(request.actor, record))
    sent = request.POST if request.method == "POST" else None
    form = PaperForm(sent, record=record, today=clock.today())
    if form.is_valid():
        on_behalf.confirm_on_paper(record, by=request.actor, **form.cleaned_data)
        messages.success(request, "已记下纸面确认，接着由两个人核对、核实，然后记分。")
        return redirect("deputies:record", record.pk)
    context: dict[str, object] = {"title": "纸面确认", "form": form, "record": record}
    context["entered"] = words.entered_words(record)
    return _shown(request, "on_paper.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(BOTH)
def deny(request: Request, pk: int) -> HttpResponse:
    """不是这样, with the words that whoever entered it will read."""
    record = _visible(request, pk)
    refuse_if(why_not_deny(request.actor, record))
    form = DenyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        on_behalf.deny(record, by=request.actor, **form.cleaned_data)
        messages.success(request, "这一条不算了，登记的人会看到您写的话。")
        return redirect("deputies:record", record.pk)
    context = {"form": form, "record": record, "asking": words.asking_words(record)}
    return render(
        request, "deputies/deny.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_http_methods(BOTH)
def mark_duplicate(request: Request, pk: int) -> HttpResponse:
    """认定重复: both side by side, and which of them stays."""
    record, by = _visible(request, pk), request.actor
    refuse_if(why_not_mark_duplicate(by, record))
    asked = row_number(request.GET.get("stays", ""))
    other = _visible(request, asked) if asked else queries.twin_of(record)
    if other is None:
        raise Http404
    both = {each.pk: each for each in (record, other)}
    choices = [(each.pk, f"留下：{words.told_words(each)}") for each in both.values()]
    sent = request.POST if request.method == "POST" else None
    form = DuplicateForm(sent, choices=choices)
    if form.is_valid():
        stays = both.pop(form.cleaned_data["stays"])
        gone = next(iter(both.values()), stays)
        duplicates.mark_duplicate(gone, stays=stays, by=by)
        messages.success(request, f"已认定重复，留下的是{words.told_words(stays)}的那一条。")
        return redirect("deputies:record", stays.pk)
    cards = [queries.card(each) for each in both.values()]
    context: dict[str, object] = {"title": "认定重复", "form": form, "cards": cards}
    context |= {"name": record.deputy.name, "back": record.pk}
    return _shown(
        request, "mark_duplicate.html", context, status=UNPROCESSABLE if form.errors else 200
    )
