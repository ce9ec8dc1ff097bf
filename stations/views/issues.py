"""民情: routed, handed on, settled and told, on a phone or at the desk."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.http import Request, as_download
from congress.shared.workbook import workbook
from deputies.models import Message
from stations.actions import issues as verbs
from stations.forms.issues import (
    AnswerForm,
    HandOnForm,
    IssueFilterForm,
    RaiseIssueForm,
    RouteForm,
    SettleIssueForm,
    TellForm,
)
from stations.models import Issue, Route
from stations.permissions import issues as reasons
from stations.permissions import visits as visit_reasons
from stations.queries import issues as queries
from stations.queries.issue_lights import LIGHTS
from stations.queries.places import named
from stations.queries.visits import shown
from stations.states import IssueState
from stations.views import frames
from stations.wording import date_words

BOTH = ("GET", "HEAD", "POST")
PER_PAGE = 20


def _asked_for(request: Request) -> tuple[dict[str, Any], int]:
    form = IssueFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    said = dict(form.cleaned_data)
    return said, said.pop("page") or 1


@require_safe
def issues(request: Request) -> HttpResponse:
    """民情事项: what waits by the day it is due, with its light and one next act."""
    (said, number), by, today = _asked_for(request), request.actor, clock.today()
    page = Paginator(queries.listed(by, today, **said), PER_PAGE).get_page(number)
    context = {
        "title": "民情事项",
        **said,
        "of_station": named(by, said["station"]),
        "page": page,
        "rows": queries.with_lights(page, by, today),
        "counts": queries.counts(by, today),
        "states": IssueState.choices,
        "routes": Route.choices,
        "lights": LIGHTS,
        "townships": queries.townships() if by.at_the_desk else [],
    }
    return frames.shown(request, "stations/issues.html", context)


@require_safe
def issues_sheet(request: Request) -> HttpResponse:
    """The same list as a table, without anybody's name or number who came."""
    said, _ = _asked_for(request)
    rows = queries.listed(request.actor, clock.today(), **said)
    book = workbook("民情事项", queries.HEAD, queries.sheet(rows))
    return as_download(book, "民情事项.xlsx")


def _issue(request: Request, pk: int) -> Issue:
    rows = Issue.objects.visible_to(request.actor).select_related(
        *("station__area", "station__keeper", "message__deputy", "visit__deputy", "visit__day"),
        *("visit__entered_by", "unit", "settled_by", "telling__told_by"),
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def issue(request: Request, pk: int) -> HttpResponse:
    """一件民情: what was said, where it stands, and what can be done now."""
    row, by, today = _issue(request, pk), request.actor, clock.today()
    context: dict[str, object] = {
        "title": row.title,
        "issue": row,
        "row": queries.with_lights([row], by, today)[0],
        "stops": queries.stops(row),
        "now": queries.now_words(row, today),
        "way": queries.way_words(row),
        "telling": getattr(row, "telling", None),
        "history": queries.history(row),
        "due": date_words(row.due_on, today) if row.due_on else "",
        "why": queries.why_this_day(row, today),
        "no_answer": reasons.why_not_answer_on_the_spot(by, row),
        "no_route": reasons.why_not_route_issue(by, row),
        "no_hand_on": reasons.why_not_hand_on(by, row),
        "no_settle": reasons.why_not_settle_issue(by, row),
        "no_propose": reasons.why_not_propose_issue(by, row),
        "no_tell": reasons.why_not_tell_voter(by, row, today=today),
    }
    if row.visit:
        context |= {
            "voter": shown(row.visit),
            "no_correct": visit_reasons.why_not_correct_visit(by, row.visit, today=today),
            "no_withdraw": visit_reasons.why_not_withdraw_visit(by, row.visit),
            "no_reveal": visit_reasons.why_not_reveal_visitor(by, row.visit),
        }
    return frames.shown(request, "stations/issue.html", context)


@require_http_methods(BOTH)
def raise_issue(request: Request, pk: int) -> HttpResponse:
    """转家站: from the message."""
    by, today = request.actor, clock.today()
    rows = Message.objects.visible_to(by, today).select_related("deputy")
    message = get_object_or_404(rows, pk=pk)
    form = RaiseIssueForm(request.POST or None, message=message, today=today)

    def act() -> tuple[str, str]:
        row = verbs.raise_issue(message, **form.cleaned_data, by=by, today=today)
        said = f"已转给{row.station.name}，办完以后自动答复群众。"
        return said, reverse("deputies:message", args=[pk])

    return asked(
        request,
        form,
        act,
        template="ask.html",
        field="station",
        desk=False,
        title="转家站办理",
        verb_label="转给家站",
        back=reverse("deputies:message", args=[pk]),
        refusal=reasons.why_not_raise_issue(by, message, today=today),
    )


def _ask(
    request: Request,
    row: Issue,
    form: forms.Form,
    act: Callable[[], str],
    *,
    field: str,
    label: str,
    refusal: str | None,
) -> HttpResponse:
    """The page of one verb about one matter, in everybody's own frame."""
    back = reverse("stations:issue", args=[row.pk])
    words = {"title": f"{label}：{row.title}", "verb_label": label, "back": back}
    kept = {"remember": field, "of": row.pk, "refusal": refusal}
    return frames.ask(request, form, lambda: (act(), back), field=field, **words, **kept)


@require_http_methods(BOTH)
def answer_on_the_spot(request: Request, pk: int) -> HttpResponse:
    """当场答复: what was said to the voter."""
    row, form, by = _issue(request, pk), AnswerForm(request.POST or None), request.actor

    def act() -> str:
        verbs.answer_on_the_spot(row, **form.cleaned_data, by=by, today=clock.today())
        return "已登记当场答复，这件事办完了。"

    refusal = reasons.why_not_answer_on_the_spot(by, row)
    return _ask(request, row, form, act, field="answer", label="当场答复", refusal=refusal)


@require_http_methods(BOTH)
def route_issue(request: Request, pk: int) -> HttpResponse:
    """分流: to one of the four ways on."""
    row, form, by = _issue(request, pk), RouteForm(request.POST or None), request.actor

    def act() -> str:
        done = verbs.route_issue(row, **form.cleaned_data, by=by, today=clock.today())
        return f"已分流：{queries.way_words(done)}。"

    refusal = reasons.why_not_route_issue(by, row)
    return _ask(request, row, form, act, field="route", label="分流", refusal=refusal)


@require_http_methods(BOTH)
def hand_on(request: Request, pk: int) -> HttpResponse:
    """改转: another way, with the reason."""
    row, form, by = _issue(request, pk), HandOnForm(request.POST or None), request.actor

    def act() -> str:
        done = verbs.hand_on(row, **form.cleaned_data, by=by, today=clock.today())
        return f"已改转：{queries.way_words(done)}。"

    refusal = reasons.why_not_hand_on(by, row)
    return _ask(request, row, form, act, field="route", label="改转", refusal=refusal)


@require_http_methods(BOTH)
def settle_issue(request: Request, pk: int) -> HttpResponse:
    """办结: with what the voter is told."""
    row, form, by = _issue(request, pk), SettleIssueForm(request.POST or None), request.actor

    def act() -> str:
        done = verbs.settle_issue(row, **form.cleaned_data, by=by, today=clock.today())
        if done.state == IssueState.TOLD:
            return "已办结，群众和代表都能看到结果。"
        return "已办结，代表会收到通知。下一步：告知群众。"

    refusal = reasons.why_not_settle_issue(by, row)
    return _ask(request, row, form, act, field="result", label="办结", refusal=refusal)


@require_http_methods(BOTH)
def tell_voter(request: Request, pk: int) -> HttpResponse:
    """告知群众: by whom, when and how."""
    row, by, today = _issue(request, pk), request.actor, clock.today()
    form = TellForm(request.POST or None, issue=row, today=today, initial={"told_on": today})

    def act() -> str:
        verbs.tell_voter(row, **form.cleaned_data, by=by, today=today)
        return "已登记告知，这件事办完了。"

    refusal = reasons.why_not_tell_voter(by, row, today=today)
    return _ask(request, row, form, act, field="how", label="告知群众", refusal=refusal)
