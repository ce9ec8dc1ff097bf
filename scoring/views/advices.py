"""劝辞程序 at the desk: opened, served, heard, considered; 404 to all who need not know."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import Act, asked
from congress.shared.desk import framed
from congress.shared.http import PDF, Request, as_download
from scoring import permissions as reasons
from scoring.actions import advice as verbs
from scoring.case_papers import advice_letter_pdf, advice_notice_pdf, advice_pack_pdf
from scoring.forms.advices import ConcludeForm, HearingForm, InviteHearingForm, OpenAdviceForm
from scoring.forms.cases import ListFilter
from scoring.forms.talks import ReasonForm
from scoring.models import ResignationAdvice
from scoring.permissions.advice import accepted_resignation
from scoring.permissions.talks import directs, handles
from scoring.queries import advices as queries
from scoring.queries import talks
from scoring.views.talks import A_PAGE, ACT, BOTH, may_list


@require_safe
def advices(request: Request) -> HttpResponse:
    """劝辞程序: for whom one may be opened, those under way; and those that have ended."""
    may_list(request)
    wanted, today = ListFilter(request.GET).wanted(), clock.today()
    only, name = wanted.get("only", ""), wanted.get("q", "")
    rows = queries.rows(request.actor, only=only, name=name, today=today)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"title": "劝辞程序", "page": page, "only": only, "name": name}
    return framed(request, "scoring/advices.html", context)


@require_http_methods(BOTH)
def open_advice(request: Request, pk: int) -> HttpResponse:
    """启动劝辞程序, of the second of two talks."""
    if not directs(request.actor):
        raise Http404
    talk, today = get_object_or_404(talks.one(request.actor), pk=pk), clock.today()
    form = OpenAdviceForm(request.POST or None, today=today)

    def act() -> tuple[str, str]:
        advice = verbs.open_advice(talk, **form.cleaned_data, by=request.actor, today=today)
        return "劝辞程序已启动，先核对材料。本人还没有收到通知。", _page(advice)

    return asked(
        request,
        form,
        act,
        template=ACT,
        of=f"{talk.deputy.name} · 连续两年接受提醒约谈",
        lead=(
            "这是一套程序，不是结论：先核对材料，告知本人并听取陈述申辩，再由会议研究。"
            "劝辞只是劝告，辞不辞职由本人决定；系统不会终止任何人的代表资格。"
        ),
        title="启动劝辞程序",
        verb_label="启动劝辞程序",
        back=reverse("scoring:talk", args=[talk.pk]),
        refusal=reasons.why_not_open_advice(request.actor, talk, today),
    )


def _one(request: Request, pk: int) -> ResignationAdvice:
    if not request.actor.at_the_desk:
        raise Http404
    return get_object_or_404(queries.one(request.actor), pk=pk)


def _page(advice: ResignationAdvice) -> str:
    return reverse("scoring:advice", args=[advice.pk])


@require_safe
def advice(request: Request, pk: int) -> HttpResponse:
    """一份劝辞程序: the material, what the deputy said, what was considered, what can be done."""
    found, by, today = _one(request, pk), request.actor, clock.today()
    context = {
        "title": f"劝辞程序：{found.deputy.name}",
        "advice": found,
        "pack": queries.pack(found),
        "handles": handles(by, found.handler_id),
        "no_serve": reasons.why_not_serve_advice(by, found),
        "no_invite": reasons.why_not_invite_hearing(by, found),
        "no_hearing": reasons.why_not_record_hearing(by, found),
        "no_conclude": reasons.why_not_conclude_advice(by, found, today),
        "no_withdraw": reasons.why_not_withdraw_advice(by, found),
        "no_resignation": reasons.why_not_record_resignation(by, found),
    }
    return framed(request, "scoring/advice.html", context)


@require_http_methods(BOTH)
def serve_advice(request: Request, pk: int) -> HttpResponse:
    """告知本人."""
    found, form = _one(request, pk), _nothing_to_fill(request)

    def act() -> tuple[str, str]:
        verbs.serve_advice(found, by=request.actor, today=clock.today())
        return "已告知本人，陈述申辩期从今天开始。", _page(found)

    lead = "本人会看到全部材料，并可以在陈述申辩期内书面陈述，也可以要求当面听取意见。"
    refusal = reasons.why_not_serve_advice(request.actor, found)
    return _of_advice(request, found, form, act, "告知本人", "告知本人", refusal, lead)


@require_http_methods(BOTH)
def invite_hearing(request: Request, pk: int) -> HttpResponse:
    """约定听取意见."""
    found, form = _one(request, pk), InviteHearingForm(request.POST or None)

    def act() -> tuple[str, str]:
        today = clock.today()
        verbs.invite_hearing(found, **form.invitation(), by=request.actor, today=today)
        return "已约定，本人会收到通知。", _page(found)

    lead = "本人会收到时间和地点。要改时间的，再约定一次，以最后一次为准。"
    refusal = reasons.why_not_invite_hearing(request.actor, found)
    return _of_advice(request, found, form, act, "约定听取意见", "约定", refusal, lead)


@require_http_methods(BOTH)
def record_hearing(request: Request, pk: int) -> HttpResponse:
    """记听取意见."""
    found, form = _one(request, pk), HearingForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.record_hearing(found, heard=form.heard(), by=request.actor)
        return "听取意见的情况已登记，本人看得到。", _page(found)

    refusal = reasons.why_not_record_hearing(request.actor, found)
    return _of_advice(request, found, form, act, "当面听取意见", "登记听取意见", refusal)


@require_http_methods(BOTH)
def conclude_advice(request: Request, pk: int) -> HttpResponse:
    """录入研究情况."""
    found, today = _one(request, pk), clock.today()
    form = ConcludeForm(request.POST or None)

    def act() -> tuple[str, str]:
        said = form.considered()
        verbs.conclude_advice(found, considered=said, by=request.actor, today=today)
        return "研究情况已录入，本人会收到通知。", _page(found)

    lead = "照会议纪要录入。劝辞只是劝告，不是结论，也不终止代表资格。"
    refusal = reasons.why_not_conclude_advice(request.actor, found, today)
    return _of_advice(request, found, form, act, "研究情况", "录入研究情况", refusal, lead)


@require_http_methods(BOTH)
def withdraw_advice(request: Request, pk: int) -> HttpResponse:
    """撤回劝辞程序."""
    found, form = _one(request, pk), ReasonForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.withdraw_advice(found, **form.cleaned_data, by=request.actor)
        return "劝辞程序已撤回。", _page(found)

    refusal = reasons.why_not_withdraw_advice(request.actor, found)
    return _of_advice(request, found, form, act, "撤回劝辞程序", "撤回", refusal)


@require_http_methods(BOTH)
def record_resignation(request: Request, pk: int) -> HttpResponse:
    """登记辞职."""
    found, form = _one(request, pk), _nothing_to_fill(request)

    def act() -> tuple[str, str]:
        verbs.record_resignation(found, by=request.actor)
        return "辞职的事实已登记。", _page(found)

    change = accepted_resignation(found)
    told = f"名册里登记的是：{change.meeting}，{change.reason}。" if change else ""
    lead = (
        f"{told}辞职由代表本人书面提出，经常委会全体组成人员过半数通过，并予公告（选举法第五十五条）。"
        "书面辞职的日期、会议和票数在“资格变动”里登记过，这里只把两处连起来。"
    )
    refusal = reasons.why_not_record_resignation(request.actor, found)
    return _of_advice(request, found, form, act, "辞职的事实", "登记辞职", refusal, lead)


def _nothing_to_fill(request: Request) -> forms.Form:
    """To press the button is all there is to do."""
    return forms.Form(request.POST if request.method == "POST" else None)


def _of_advice(
    request: Request,
    found: ResignationAdvice,
    form: forms.Form,
    act: Act,
    title: str,
    label: str,
    refusal: str | None,
    lead: str = "",
) -> HttpResponse:
    return asked(
        request,
        form,
        act,
        template=ACT,
        of=f"{found.deputy.name} · {found}",
        lead=lead,
        title=title,
        verb_label=label,
        back=_page(found),
        refusal=refusal,
    )


@require_safe
def advice_pack(request: Request, pk: int) -> HttpResponse:
    """劝辞程序材料, one paper: to whoever may know, the deputy among them."""
    found = get_object_or_404(queries.one(request.actor), pk=pk)
    paper = advice_pack_pdf(queries.pack(found), made_at=clock.now())
    return as_download(paper, f"劝辞程序材料 {found.deputy.name}.pdf", PDF)


@require_safe
def advice_notice(request: Request, pk: int) -> HttpResponse:
    """告知书, once it is served."""
    found = get_object_or_404(queries.one(request.actor), pk=pk, served_on__isnull=False)
    paper = advice_notice_pdf(queries.pack(found))
    return as_download(paper, f"劝辞程序告知书 {found.deputy.name}.pdf", PDF)


@require_safe
def advice_letter(request: Request, pk: int) -> HttpResponse:
    """劝辞意见书: advice in words, once the meeting has decided so."""
    rows = queries.one(request.actor).filter(decision__advised=True)
    found = get_object_or_404(rows, pk=pk)
    return as_download(advice_letter_pdf(found), f"劝辞意见书 {found.deputy.name}.pdf", PDF)
