"""又被提出: the office's list, the two side by side, the unit's explanation."""

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import Act, asked
from congress.shared.desk import framed, in_an_office
from congress.shared.http import Request
from proposals import permissions
from proposals.actions import challenges as actions
from proposals.follow_forms import (
    ConfirmForm,
    DismissForm,
    ExplainForm,
    OpenChallengeForm,
    SettleChallengeForm,
)
from proposals.models import Challenge, Proposal
from proposals.queries import challenges as queries
from proposals.queries.clocks import Clock

BOTH = ["GET", "HEAD", "POST"]
ASK_DESK = "proposals/ask_in_office.html"
ON_A_PAGE = 30


@require_safe
@in_an_office
def challenge_list(request: Request) -> HttpResponse:
    """已解决又被提出: those that wait, or those settled."""
    settled, by = request.GET.get("only") == "settled", request.actor
    page = Paginator(queries.listed(by, settled=settled), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context: dict[str, object] = {
        "title": "已解决又被提出",
        "page": page,
        "lines": queries.rows(page.object_list, Clock.on(clock.today())),
        "settled": settled,
        "waiting": queries.listed(by, settled=False).count(),
    }
    return framed(request, "proposals/challenges.html", context)


def _one(request: Request, pk: int) -> Challenge:
    rows = Challenge.objects.visible_to(request.actor).with_case()
    return get_object_or_404(rows, pk=pk)


@require_safe
@in_an_office
def challenge(request: Request, pk: int) -> HttpResponse:
    """并排看: old asks, answer and evidence beside new facts and asks."""
    found, by = _one(request, pk), request.actor
    context: dict[str, object] = {
        "title": "已解决又被提出",
        "challenge": found,
        **queries.side_by_side(found),
        "no_confirm": permissions.why_not_confirm_challenge(by, found),
        "no_dismiss": permissions.why_not_dismiss_challenge(by, found),
        "no_settle": permissions.why_not_settle_challenge(by, found, clock.today()),
    }
    return framed(request, "proposals/challenge.html", context)


@require_http_methods(BOTH)
@in_an_office
def open_challenge(request: Request, pk: int) -> HttpResponse:
    """和以前已解决的对照…"""
    by = request.actor
    proposal = get_object_or_404(Proposal.objects.visible_to(by), pk=pk)
    form = OpenChallengeForm(request.POST or None, by=by)

    def act() -> tuple[str, str]:
        earlier = form.cleaned_data["number"]
        found = actions.open_challenge(proposal, earlier=earlier, by=by, today=clock.today())
        return "已列出来对照，请看过两件再认定。", _page(found[0])

    return asked(
        request,
        form,
        act,
        template=ASK_DESK,
        field="number",
        title="和以前已解决的对照",
        words=f"{proposal.number}“{proposal.title}”。写上以前那一件，两件并排看过再认定是不是同一件。",
        back=reverse("proposals:dossier", args=[pk]),
        verb_label="列出来对照",
        refusal=permissions.why_not_open_challenge(by, proposal),
    )


@require_http_methods(BOTH)
@in_an_office
def confirm_challenge(request: Request, pk: int) -> HttpResponse:
    """认定是同一件…"""
    found, by = _one(request, pk), request.actor
    form = ConfirmForm(request.POST if request.method == "POST" else None)

    def act() -> tuple[str, str]:
        actions.confirm_challenge(found, by=by, today=clock.today())
        return "已认定，单位要在期限内说明。", _page(found)

    refusal = permissions.why_not_confirm_challenge(by, found)
    words = "认定以后，公开页上标明“又被提出”，两件互相链接；单位要在期限内作说明。"
    return _decide(request, found, form, act, "认定是同一件", refusal, words)


@require_http_methods(BOTH)
@in_an_office
def dismiss_challenge(request: Request, pk: int) -> HttpResponse:
    """不是同一件…"""
    found, by = _one(request, pk), request.actor
    form = DismissForm(request.POST or None)

    def act() -> tuple[str, str]:
        actions.dismiss_challenge(found, by=by, today=clock.today(), **form.cleaned_data)
        return "已记下，以后不再提示这两件。", reverse("proposals:challenge_list")

    refusal = permissions.why_not_dismiss_challenge(by, found)
    return _decide(request, found, form, act, "不是同一件", refusal)


@require_http_methods(BOTH)
@in_an_office
def settle_challenge(request: Request, pk: int) -> HttpResponse:
    """了结…"""
    found, by = _one(request, pk), request.actor
    form = SettleChallengeForm(request.POST or None, explained=bool(found.explanation))

    def act() -> tuple[str, str]:
        actions.settle_challenge(found, by=by, today=clock.today(), **form.cleaned_data)
        return "已了结，单位和原来的领衔代表会收到通知。", _page(found)

    said = f"单位说明：{found.explanation}" if found.explanation else "单位还没有说明。"
    refusal = permissions.why_not_settle_challenge(by, found, clock.today())
    return _decide(request, found, form, act, "了结又被提出", refusal, said)


def _page(found: Challenge) -> str:
    return reverse("proposals:challenge", args=[found.pk])


def _decide(
    request: Request,
    found: Challenge,
    form: Form,
    act: Act,
    label: str,
    refusal: str | None,
    said: str = "",
) -> HttpResponse:
    words = (
        f"{found.earlier.number}“{found.earlier.title}”（{found.reply.result}）"
        f"和 {found.proposal.number}“{found.proposal.title}”。{said}"
    )
    return asked(
        request,
        form,
        act,
        template=ASK_DESK,
        title=label,
        words=words,
        back=_page(found),
        verb_label=label,
        refusal=refusal,
    )


@require_http_methods(BOTH)
def explain_challenge(request: Request, pk: int) -> HttpResponse:
    """作说明…"""
    found, by, today = _one(request, pk), request.actor, clock.today()
    form = ExplainForm(request.POST or None)
    back = reverse("proposals:case", args=[found.earlier.pk])

    def act() -> tuple[str, str]:
        actions.explain_challenge(found, by=by, today=today, **form.cleaned_data)
        return "已作说明。", f"{back}#follow"

    return asked(
        request,
        form,
        act,
        template="proposals/explain_challenge.html",
        desk=False,
        title="又被提出，请作说明",
        about=queries.to_explain(found, by, today),
        back=back,
        verb_label="提交说明",
        refusal=permissions.why_not_explain_challenge(by, found),
    )
