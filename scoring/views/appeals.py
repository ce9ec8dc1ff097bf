"""异议: the deputy's two pages on the phone, the office's list, and one appeal with its answer."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import UNPROCESSABLE, Request, as_download
from congress.shared.workbook import workbook
from scoring.actions import appeals
from scoring.forms.appeals import AddWordsForm, AnswerForm, AppealFilter, AppealForm, RemedyForm
from scoring.models import Appeal, AppealPhoto, Entry
from scoring.permissions import (
    why_not_add_words,
    why_not_appeal,
    why_not_withdraw_appeal,
)
from scoring.permissions.appeals import AppealTerms
from scoring.queries import appeals as queries
from scoring.queries.contests import contest, with_words
from scoring.queries.lines import in_words
from scoring.queries.remedies import effect, rules_for

HEAD = ("代表", "代表小组", "哪一笔", "异议", "状态", "答复期限", "还剩", "谁不能答复", "答复")
OF_UPHOLD = "uphold_%s"
"""Two forms on one page ask for an answer: the names of their fields' places differ."""
READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_SEND
def appeal(request: Request, pk: int) -> HttpResponse:
    """提出异议: one sentence, perhaps a photo; what will happen is said before."""
    entry = get_object_or_404(_lines(request), pk=pk)
    terms = AppealTerms.of(entry.assembly_id, entry.year, clock.today())
    form = AppealForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        how = {"by": request.actor, "today": terms.today, **form.cleaned_data}
        made = appeals.appeal(entry, **how)
        due = f"{made.due_on.month} 月 {made.due_on.day} 日"
        messages.success(request, f"异议已提出，{due}前由另一个人答复，您会收到通知。")
        return redirect(_place(entry))
    context = {"form": form, "line": in_words(entry), "entry": entry, "terms": terms}
    context |= {"refusal": why_not_appeal(request.actor, entry, terms), "back": _place(entry)}
    return render(
        request, "scoring/appeal.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@READ_OR_SEND
def add_words(request: Request, pk: int) -> HttpResponse:
    """再补一句."""
    found = _own(request, pk)
    form = AddWordsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        appeals.add_words(found, by=request.actor, **form.cleaned_data)
        messages.success(request, "补上了，答复的人会看到。")
        return redirect(_place(found.entry))
    refusal = why_not_add_words(request.actor, found)
    return _about(request, "scoring/add_words.html", found, refusal, form)


@READ_OR_SEND
def withdraw_appeal(request: Request, pk: int) -> HttpResponse:
    """撤回异议, after a page that says what follows."""
    found = _own(request, pk)
    if request.method == "POST":
        appeals.withdraw_appeal(found, by=request.actor)
        messages.success(request, "异议已撤回，这一笔照原来的分算。")
        return redirect(_place(found.entry))
    refusal = why_not_withdraw_appeal(request.actor, found)
    return _about(request, "scoring/withdraw_appeal.html", found, refusal, None)


@require_safe
def appeal_photo(request: Request, pk: int) -> FileResponse:
    """异议的照片: to those who answer and to the deputy, never run but as a picture."""
    found = get_object_or_404(AppealPhoto.objects.visible_to(request.actor), pk=pk)
    response = FileResponse(found.file.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = f'inline; filename="appeal-{found.pk}.jpg"'
    return response


@require_safe
@at_the_desk
def inbox(request: Request) -> HttpResponse:
    """积分异议: what waits for an answer, the oldest due first."""
    filters, today = AppealFilter(request.GET), clock.today()
    wanted = filters.wanted()
    if "export" in request.GET:
        rows = queries.everything(request.actor, wanted, today)
        sheet = workbook("积分异议", HEAD, map(_cells, rows), title="积分异议")
        return as_download(sheet, "积分异议.xlsx")
    found = queries.inbox(request.actor, wanted, page=request.GET.get("page"), today=today)
    context: dict[str, object] = {"title": "积分异议", "inbox": found, "filters": filters}
    context |= {"only": wanted.get("only", ""), "address": urlencode(wanted)}
    return framed(request, "scoring/appeals.html", context)


@require_safe
@at_the_desk
def hearing(request: Request, pk: int) -> HttpResponse:
    """一条异议: the line, its proof and trail, what upholding would do, and the two answers."""
    return _hearing(request, _heard(request, pk))


@READ_OR_SEND
@at_the_desk
def uphold(request: Request, pk: int) -> HttpResponse:
    """成立: what was chosen and shown is what is written."""
    found = _heard(request, pk)
    if request.method != "POST":
        return _hearing(request, found)
    chosen, form = _remedy(found, request.POST), AnswerForm(request.POST, auto_id=OF_UPHOLD)
    if not (form.is_valid() and chosen.is_valid()):
        return _hearing(request, found, remedy=chosen, uphold=form)
    rule, quantity = chosen.remedy()
    how = {**form.cleaned_data, "rule": rule, "quantity": quantity}
    appeals.uphold(found, by=request.actor, twice="twice" in request.POST, **how)
    messages.success(request, "异议成立：账上已改正，总分和名次已更新，代表会收到答复。")
    return redirect("scoring:hearing", found.pk)


@READ_OR_SEND
@at_the_desk
def dismiss(request: Request, pk: int) -> HttpResponse:
    """不成立: the line stands, and the deputy reads why."""
    found, form = _heard(request, pk), AnswerForm(request.POST or None)
    if form.is_valid():
        appeals.dismiss(found, by=request.actor, **form.cleaned_data)
        messages.success(request, "异议不成立：账没有动，代表会收到答复。")
        return redirect("scoring:hearing", found.pk)
    return _hearing(request, found, dismiss=form)


def _lines(request: Request) -> Any:
    named = (
        "deputy__user",
        "record__item",
        "rule__item",
        "rule__category",
        "rule__book",
        "assembly",
    )
    return Entry.objects.visible_to(request.actor).select_related(*named)


def _place(entry: Entry) -> str:
    """The line on the page of the deputy's points."""
    page = reverse("scoring:points")
    return f"{page}?year={entry.year}&assembly={entry.assembly_id}#line-{entry.pk}"


def _own(request: Request, pk: int) -> Appeal:
    rows = with_words(Appeal.objects.visible_to(request.actor))
    return get_object_or_404(rows.select_related("entry__rule__item", "entry__record"), pk=pk)


def _about(
    request: Request, template: str, found: Appeal, refusal: str | None, form: Any
) -> HttpResponse:
    entry = found.entry
    context = {"form": form, "line": in_words(entry), "refusal": refusal, "back": _place(entry)}
    context |= {"contest": contest(found, entry, clock.today()), "appeal": found}
    return render(request, template, context, status=UNPROCESSABLE if form and form.errors else 200)


def _heard(request: Request, pk: int) -> Appeal:
    rows = queries.one(Appeal.objects.visible_to(request.actor), clock.today())
    return get_object_or_404(rows, pk=pk)


def _remedy(found: Appeal, data: Any) -> RemedyForm:
    first = {"quantity": found.entry.quantity}
    if found.entry.reverses_id:  # gives back what it took: nothing to choose
        data = {"rule": "none", **first}
    return RemedyForm(data or None, rules=rules_for(found.entry), initial=first)


def _hearing(
    request: Request,
    found: Appeal,
    *,
    remedy: RemedyForm | None = None,
    uphold: AnswerForm | None = None,
    dismiss: AnswerForm | None = None,
) -> HttpResponse:
    today, chosen = clock.today(), remedy or _remedy(found, request.GET)
    heard = queries.hearing(request.actor, found, today)
    context: dict[str, object] = {"title": "积分异议", "appeal": found, "hearing": heard}
    context |= {"remedy": chosen, "uphold_form": uphold or AnswerForm(auto_id=OF_UPHOLD)}
    context |= {"dismiss_form": dismiss or AnswerForm()}
    if chosen.is_bound and chosen.is_valid():
        context["effect"] = effect(request.actor, found, *chosen.remedy(), today)
    wrong = (remedy and remedy.errors) or (uphold and uphold.errors) or (dismiss and dismiss.errors)
    return framed(request, "scoring/hearing.html", context, status=UNPROCESSABLE if wrong else 200)


def _cells(row: queries.Row) -> tuple[str, ...]:
    left = f"超期 {row.left}" if row.kind == "late" else row.left if row.kind else ""
    who = (row.deputy, row.group, row.line, row.words, row.state, row.due, left)
    return (*who, row.refusal or "", row.answer)
