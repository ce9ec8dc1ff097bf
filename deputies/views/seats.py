"""资格变动 at the desk: each verb a page of its own, reached from the person."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import Request
from congress.shared.models import Term
from deputies.actions import seats
from deputies.forms.seats import (
    AcceptResignationForm,
    ByElectForm,
    DecisionForm,
    ReinstateForm,
    SuspendForm,
    TerminateForm,
)
from deputies.models import Deputy, Mandate, SeatChange
from deputies.permissions import seats as reasons
from deputies.queries import seats as queries
from deputies.states import EndCause

BOTH = ("GET", "HEAD", "POST")


def _seat(request: Request, pk: int) -> Mandate:
    rows = Mandate.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("deputy", "term__assembly", "district"), pk=pk)


def _person(request: Request, pk: int) -> Deputy:
    return get_object_or_404(Deputy.objects.visible_to(request.actor, clock.today()), pk=pk)


def _do(  # what a page of one verb is made of
    request: Request,
    form: DecisionForm,
    act: Callable[[], object],
    *,
    deputy: Deputy,
    context: dict[str, object],
    done: str,
) -> HttpResponse:
    """The form, the verb, its refusal beside the form; then the person's page."""
    if form.is_valid():
        try:
            act()
            messages.success(request, done)
            return redirect("deputies:person", deputy.pk)
        except Refused as no:
            form.add_error(None, no.reason)
    page = {"deputy": deputy, "form": form, **context}
    return framed(request, "deputies/seat_form.html", page, status=400 if form.errors else 200)


def _start(request: Request) -> dict[str, object]:
    today = clock.today()
    return {"decided_on": today, "effective_on": today}


@require_http_methods(BOTH)
@at_the_desk
def terminate(request: Request, pk: int) -> HttpResponse:
    """终止资格: by one of the eight causes (代表法第六十二条)."""
    seat, today, by = _seat(request, pk), clock.today(), request.actor
    form = TerminateForm(request.POST or None, initial=_start(request))

    def act() -> None:
        said = form.cleaned_data
        cause, detail = EndCause(said["cause"]), said["detail"]
        seats.terminate(
            seat, cause=cause, detail=detail, decision=form.decision, by=by, today=today
        )

    context: dict[str, object] = {
        "title": f"终止资格：{seat.deputy.name}",
        "seat": seat,
        "verb_label": "终止资格",
        "words": "生效那天起不再是这一级代表；没有别的代表资格的，同时退出小组、停用权限。",
        "refusal": reasons.why_not_terminate(by, seat, today=today),
    }
    done = f"已登记，{seat.deputy.name}的代表资格终止。接着可以制作公告。"
    return _do(request, form, act, deputy=seat.deputy, context=context, done=done)


@require_http_methods(BOTH)
@at_the_desk
def accept_resignation(request: Request, pk: int) -> HttpResponse:
    """接受辞职: with the votes (选举法第五十五条)."""
    seat, today, by = _seat(request, pk), clock.today(), request.actor
    form = AcceptResignationForm(request.POST or None, initial=_start(request))

    def act() -> None:
        said = form.cleaned_data
        seats.accept_resignation(
            seat, votes=said["votes"], of=said["of"], decision=form.decision, by=by, today=today
        )

    context: dict[str, object] = {
        "title": f"接受辞职：{seat.deputy.name}",
        "seat": seat,
        "verb_label": "接受辞职",
        "words": "书面辞职须经全体组成人员的过半数通过（选举法第五十五条）。",
        "refusal": reasons.why_not_accept_resignation(by, seat, today=today),
    }
    done = f"已登记，{seat.deputy.name}的辞职被接受。接着可以制作公告。"
    return _do(request, form, act, deputy=seat.deputy, context=context, done=done)


@require_http_methods(BOTH)
@at_the_desk
def suspend(request: Request, pk: int) -> HttpResponse:
    """暂停执行职务: all seats of the person rest (代表法第六十一条)."""
    deputy, today, by = _person(request, pk), clock.today(), request.actor
    form = SuspendForm(request.POST or None, initial=_start(request))

    def act() -> None:
        ground = form.cleaned_data["ground"]
        seats.suspend(deputy, ground=ground, decision=form.decision, by=by, today=today)

    context: dict[str, object] = {
        "title": f"暂停执行职务：{deputy.name}",
        "verb_label": "暂停执行职务",
        "words": "代表资格保留，仍算实有代表；暂停期间不能履职，公开名录里不显示。",
        "refusal": reasons.why_not_suspend(by, deputy, today=today),
    }
    done = f"已登记，{deputy.name}暂停执行代表职务。"
    return _do(request, form, act, deputy=deputy, context=context, done=done)


@require_http_methods(BOTH)
@at_the_desk
def reinstate(request: Request, pk: int) -> HttpResponse:
    """恢复执行职务: the rights come back from that day on."""
    deputy, today, by = _person(request, pk), clock.today(), request.actor
    form = ReinstateForm(request.POST or None, initial=_start(request))

    def act() -> None:
        reason = form.cleaned_data["reason"]
        seats.reinstate(deputy, reason=reason, decision=form.decision, by=by, today=today)

    context: dict[str, object] = {
        "title": f"恢复执行职务：{deputy.name}",
        "verb_label": "恢复执行职务",
        "words": "从生效日期起，可以继续履职，公开名录里重新显示。",
        "refusal": reasons.why_not_reinstate(by, deputy, today=today),
    }
    done = f"已登记，{deputy.name}恢复执行代表职务。"
    return _do(request, form, act, deputy=deputy, context=context, done=done)


@require_http_methods(BOTH)
@at_the_desk
def by_elect(request: Request, pk: int) -> HttpResponse:
    """补选: into a vacancy of this term (选举法第五十七条)."""
    terms = Term.objects.select_related("assembly__level")
    term, today, by = get_object_or_404(terms, pk=pk), clock.today(), request.actor
    known = queries.may_be_elected(term, str(request.GET.get("q", "")))
    form = ByElectForm(request.POST or None, term=term, known=known, initial=_start(request))
    if form.is_valid():
        try:
            change = seats.by_elect(
                form.person, seat=form.seat, decision=form.decision, by=by, today=today
            )
            name = change.mandate.deputy.name
            messages.success(request, f"已登记，{name}补选为{term}代表。接着可以制作公告、开户。")
            return redirect("deputies:person", change.mandate.deputy_id)
        except Refused as no:
            form.add_error(None, no.reason)
    context = {
        "title": f"补选：{term}",
        "term": term,
        "form": form,
        "asked": request.GET.get("q", ""),
        "known": known,
        "refusal": reasons.why_not_by_elect(by, term, today=today),
    }
    return framed(request, "deputies/by_elect.html", context, status=400 if form.errors else 200)


@require_POST
@at_the_desk
def revoke_change(request: Request, pk: int) -> HttpResponse:
    """撤销登记: everything as before."""
    rows = SeatChange.objects.visible_to(request.actor).select_related("mandate__deputy")
    change = get_object_or_404(rows, pk=pk)
    seats.revoke_change(change, by=request.actor, today=clock.today())
    name, kind = change.mandate.deputy.name, change.get_kind_display()
    messages.success(request, f"已撤销{name}的{kind}登记。")
    return redirect("deputies:changes")
