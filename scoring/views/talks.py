"""提醒约谈 at the desk: the list, the decision, the talk and what follows. 404 to all others."""

from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import Act, asked
from congress.shared.desk import framed
from congress.shared.http import PDF, Request, as_download
from congress.shared.roles import Role
from congress.shared.workbook import workbook
from scoring import permissions as reasons
from scoring.actions import talks as verbs
from scoring.case_papers import talk_notice_pdf, talk_record_pdf
from scoring.forms.cases import ListFilter
from scoring.forms.talks import (
    DecideTalkForm,
    MeetingForm,
    ReasonForm,
    RecordTalkForm,
    SettleForm,
    UnsignedForm,
)
from scoring.models import Grading, ReviewCycle, Talk, TalkPromise
from scoring.permissions.grounds import Past
from scoring.permissions.talks import directs, handles
from scoring.queries import talks as queries

BOTH = ("GET", "HEAD", "POST")
A_PAGE = 30
ACT = "scoring/case_act.html"
HEAD = ("代表", "代表团", "等次", "状态", "约谈时间", "说明")


def may_list(request: Request) -> None:
    """For everybody else there is no such page."""
    if not (request.actor.at_deputy_office or request.actor.is_a(Role.LEADER)):
        raise Http404


@require_safe
def talks(request: Request) -> HttpResponse:
    """提醒约谈: what waits, the decisions first; of others only where they have a part."""
    may_list(request)
    form = ListFilter(request.GET)
    wanted, cycles = form.wanted(), queries.cycles(request.actor)
    chosen = wanted.get("cycle")
    cycle = next((each for each in cycles if each.pk == chosen), next(iter(cycles), None))
    context: dict[str, object] = {"title": "提醒约谈", "cycles": cycles, "cycle": cycle}
    if cycle is None:
        return framed(request, "scoring/talks.html", context)
    only, name = wanted.get("only", ""), wanted.get("q", "")
    board = queries.board(request.actor, cycle, clock.today(), only=only, name=name)
    if "export" in request.GET:
        return _exported(cycle, board.rows)
    page = Paginator(board.rows, A_PAGE).get_page(request.GET.get("page"))
    context |= {"board": board, "page": page, "only": only, "titles": queries.TITLES, "name": name}
    context |= {"address": urlencode(wanted), "directs": request.actor.directs_office}
    return framed(request, "scoring/talks.html", context)


def _exported(cycle: ReviewCycle, rows: list[queries.Row]) -> HttpResponse:
    cells = [(row.name, row.delegation, row.grade, row.state, row.when, row.words) for row in rows]
    sheet = workbook("提醒约谈", HEAD, cells, title=f"{cycle} · 提醒约谈（只限经办使用）")
    return as_download(sheet, f"{cycle}提醒约谈.xlsx")


def _grading(request: Request, pk: int) -> Grading:
    """Whose talk is to be decided, for the director alone."""
    if not directs(request.actor):
        raise Http404
    rows = Grading.objects.select_related("deputy", "grade", "cycle__assembly")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(BOTH)
def decide_talk(request: Request, pk: int) -> HttpResponse:
    """决定约谈: the year's grade, what went before, and the appointment."""
    grading, today = _grading(request, pk), clock.today()
    form = DecideTalkForm(request.POST or None, today=today)

    def act() -> tuple[str, str]:
        said = {name: form.cleaned_data[name] for name in ("reason", "minute")}
        meeting = form.meeting()
        talk = verbs.decide_talk(grading, **said, meeting=meeting, by=request.actor, today=today)
        return "已决定约谈，本人、谈话人和经办人会收到通知。", _page(talk)

    past = Past(grading.cycle, [grading.deputy_id])
    return asked(
        request,
        form,
        act,
        template="scoring/decide_talk.html",
        title=f"约谈不约谈：{grading.deputy.name}",
        grading=grading,
        run=queries.run_words(past, grading.deputy_id),
        spare=ReasonForm(auto_id="spare_%s"),
        verb_label="决定约谈",
        refusal=reasons.why_not_decide_talk(request.actor, grading, today),
        refusal_spare=reasons.why_not_spare_talk(request.actor, grading),
    )


@require_http_methods(BOTH)
def spare_talk(request: Request, pk: int) -> HttpResponse:
    """决定不约谈."""
    grading, form = _grading(request, pk), ReasonForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.spare_talk(grading, **form.cleaned_data, by=request.actor)
        page = f"{reverse('scoring:talks')}?cycle={grading.cycle_id}&only={queries.SPARED}"
        return f"已决定不约谈{grading.deputy.name}，理由留档。", page

    return asked(
        request,
        form,
        act,
        template=ACT,
        of=f"{grading.deputy.name} · {grading.cycle} · {grading.standing_grade.name}",
        title=f"不约谈：{grading.deputy.name}",
        verb_label="决定不约谈",
        back=reverse("scoring:decide_talk", args=[grading.pk]),
        refusal=reasons.why_not_spare_talk(request.actor, grading),
    )


def _one(request: Request, pk: int) -> Talk:
    """At the desk, for those who must know."""
    if not request.actor.at_the_desk:
        raise Http404
    return get_object_or_404(queries.one(request.actor), pk=pk)


def _page(talk: Talk) -> str:
    return reverse("scoring:talk", args=[talk.pk])


@require_safe
def talk(request: Request, pk: int) -> HttpResponse:
    """一次约谈: what was decided, said, signed and promised, and what can be done now."""
    found, by = _one(request, pk), request.actor
    context = {
        "title": f"提醒约谈：{found.deputy.name}",
        "whole": queries.whole(found),
        "talk": found,
        "no_move": reasons.why_not_move_talk(by, found),
        "no_record": reasons.why_not_record_talk(by, found),
        "no_cancel": reasons.why_not_cancel_talk(by, found),
        "no_unsigned": reasons.why_not_note_unsigned(by, found, clock.today()),
        "no_open": reasons.why_not_open_advice(by, found, clock.today()),
        "handles": handles(by, found.handler_id),
    }
    return framed(request, "scoring/talk.html", context)


@require_http_methods(BOTH)
def move_talk(request: Request, pk: int) -> HttpResponse:
    """改约."""
    found, today = _one(request, pk), clock.today()
    at = timezone.localtime(found.meets_at) if found.meets_at else None
    first: dict[str, object] = {
        "place": found.place,
        "talker": found.talker_id,
        "handler": found.handler_id,
    }
    first |= {"meets_on": at.date(), "meets_at": at.time()} if at else {}
    form = MeetingForm(request.POST or None, initial=first, today=today)

    def act() -> tuple[str, str]:
        verbs.move_talk(found, meeting=form.meeting(), by=request.actor, today=today)
        return "已改约，通知过的人会收到新的通知。", _page(found)

    refusal = reasons.why_not_move_talk(request.actor, found)
    return _of_talk(request, found, form, act, "改时间、地点、人", "改约", refusal)


@require_http_methods(BOTH)
def record_talk(request: Request, pk: int) -> HttpResponse:
    """记谈话."""
    found = _one(request, pk)
    at = timezone.localtime(found.meets_at) if found.meets_at else None
    talker = found.talker.name if found.talker else ""
    first: dict[str, object] = {"present": f"{talker}、{request.actor.name}"}
    first |= {"held_on": at.date(), "held_at": at.time()} if at else {}
    form = RecordTalkForm(request.POST or None, initial=first)

    def act() -> tuple[str, str]:
        verbs.record_talk(found, said=form.said(), by=request.actor)
        return "谈话记录已写好，本人会收到通知，请他签认。", _page(found)

    refusal = reasons.why_not_record_talk(request.actor, found)
    return _of_talk(request, found, form, act, "记谈话", "写好，请本人签认", refusal)


@require_http_methods(BOTH)
def note_unsigned(request: Request, pk: int) -> HttpResponse:
    """记未签认."""
    found, form = _one(request, pk), UnsignedForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.note_unsigned(found, **form.noted(), by=request.actor, today=clock.today())
        return "已记明未签认。本人以后仍然可以签认。", _page(found)

    refusal = reasons.why_not_note_unsigned(request.actor, found, clock.today())
    return _of_talk(request, found, form, act, "本人没有签认", "记明未签认", refusal)


@require_http_methods(BOTH)
def cancel_talk(request: Request, pk: int) -> HttpResponse:
    """撤销约谈."""
    found, form = _one(request, pk), ReasonForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.cancel_talk(found, **form.cleaned_data, by=request.actor)
        return "已撤销，通知过的人会收到通知。这一年是否约谈可以另行决定。", _page(found)

    refusal = reasons.why_not_cancel_talk(request.actor, found)
    return _of_talk(request, found, form, act, "撤销约谈", "撤销约谈", refusal)


@require_http_methods(BOTH)
def settle_promise(request: Request, pk: int) -> HttpResponse:
    """记落实情况."""
    rows = TalkPromise.objects.select_related("talk__grading__deputy")
    promise = get_object_or_404(rows, pk=pk)
    found, form = _one(request, promise.talk_id), SettleForm(request.POST or None)

    def act() -> tuple[str, str]:
        said = form.cleaned_data
        kept = said["kept"] == "yes"
        verbs.settle_promise(promise, kept=kept, outcome=said["outcome"], by=request.actor)
        return "落实情况已登记。", _page(found)

    refusal = reasons.why_not_settle_promise(request.actor, promise)
    title = f"落实情况：{promise.words}"
    return _of_talk(request, found, form, act, title, "登记落实情况", refusal)


def _of_talk(
    request: Request,
    found: Talk,
    form: forms.Form,
    act: Act,
    title: str,
    label: str,
    refusal: str | None,
) -> HttpResponse:
    return asked(
        request,
        form,
        act,
        template=ACT,
        of=f"{found.deputy.name} · {found.grading.cycle}",
        title=title,
        verb_label=label,
        back=_page(found),
        refusal=refusal,
    )


@require_safe
def talk_notice(request: Request, pk: int) -> HttpResponse:
    """约谈通知书: to whoever may know of the talk, the deputy among them."""
    found = get_object_or_404(queries.one(request.actor), pk=pk)
    if not found.meets_at:
        raise Http404
    return as_download(talk_notice_pdf(found), f"约谈通知书 {found.deputy.name}.pdf", PDF)


@require_safe
def talk_paper(request: Request, pk: int) -> HttpResponse:
    """谈话记录, with the places to sign."""
    found = get_object_or_404(queries.one(request.actor), pk=pk)
    if not hasattr(found, "record"):
        raise Http404
    return as_download(talk_record_pdf(found), f"谈话记录 {found.deputy.name}.pdf", PDF)
