"""资格变动 at the desk: each verb a page of its own, reached from the person."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.asking import refused_in, status_of
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import Request
from deputies.actions import revoking, seats
from deputies.forms.seats import (
    CAUSE_FORMS,
    AcceptResignationForm,
    DecisionForm,
    ReinstateForm,
    SuspendForm,
)
from deputies.models import Deputy, Mandate, SeatChange
from deputies.permissions import seats as reasons
from deputies.states import EndCause

BOTH = ("GET", "HEAD", "POST")
ENDS = (
    "从生效日期起，不再是这一级代表；没有别的代表资格的，同时退出小组，不能再用代表账号履职。"
    "历年履职记录和档案都保留。"
)


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
            refused_in(form, None, no)
    page = {"deputy": deputy, "form": form, **context}
    return framed(request, "deputies/seat_form.html", page, status=status_of(form))


def _start(request: Request) -> dict[str, object]:
    today = clock.today()
    return {"decided_on": today, "effective_on": today}


@require_http_methods(BOTH)
@at_the_desk
def terminate(request: Request, pk: int) -> HttpResponse:
    """终止资格: first the cause, then the facts it asks for (代表法第六十二条)."""
    seat, today, by = _seat(request, pk), clock.today(), request.actor
    title, name = f"终止资格：{seat.deputy.name}", str(request.GET.get("cause", ""))
    refusal = reasons.why_not_terminate(by, seat, today=today)
    causes = [(cause.value, cause.label) for cause in CAUSE_FORMS]
    if name not in dict(causes):
        page = {"title": title, "seat": seat, "causes": causes, "refusal": refusal}
        return framed(request, "deputies/terminate.html", page)
    cause = EndCause(name)
    form = CAUSE_FORMS[cause](request.POST or None, seat=seat, initial=_start(request))

    def act() -> None:
        how = {**form.facts, "decision": form.decision, "by": by, "today": today}
        seats.terminate(seat, cause=cause, **how)

    context = {
        "title": title,
        "seat": seat,
        "cause": cause.label,
        "verb_label": "终止资格",
        "words": ENDS,
        "refusal": refusal,
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
        said = {name: form.cleaned_data[name] for name in ("letter_on", "votes", "of")}
        seats.accept_resignation(seat, **said, decision=form.decision, by=by, today=today)

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


@require_POST
@at_the_desk
def revoke_change(request: Request, pk: int) -> HttpResponse:
    """撤销登记: everything as before."""
    rows = SeatChange.objects.visible_to(request.actor).select_related("mandate__deputy")
    change = get_object_or_404(rows, pk=pk)
    revoking.revoke_change(change, by=request.actor, today=clock.today())
    name, kind = change.mandate.deputy.name, change.get_kind_display()
    messages.success(request, f"已撤销{name}的{kind}登记。")
    return redirect("deputies:changes")
