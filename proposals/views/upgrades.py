"""转类: asked by the unit, decided by the office, the fulfilment rated by the lead deputy."""

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.asking import Act, asked
from congress.shared.desk import framed, in_an_office
from congress.shared.http import Request
from congress.shared.roles import UNIT
from proposals import permissions
from proposals.actions import upgrades as actions
from proposals.follow_forms import (
    AskUpgradeForm,
    ConfirmUpgradeForm,
    RateFulfilmentForm,
    RefuseUpgradeForm,
)
from proposals.models import FulfilmentRating, Proposal, Reply, Upgrade
from proposals.permissions.upgrades import to_upgrade
from proposals.queries import papers, ratings
from proposals.queries import promise_register as queries
from proposals.queries.clocks import Clock
from proposals.queries.follow import follow
from proposals.queries.visibility import kept_from

BOTH = ["GET", "HEAD", "POST"]
ASK_DESK = "proposals/ask_in_office.html"
ON_A_PAGE = 30


@require_safe
@in_an_office
def upgrade_list(request: Request) -> HttpResponse:
    """转类核实: those that wait, or those decided."""
    settled, by = request.GET.get("only") == "settled", request.actor
    page = Paginator(queries.upgrades(by, settled=settled), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context: dict[str, object] = {
        "title": "转类核实",
        "page": page,
        "lines": queries.upgrade_rows(page.object_list, by),
        "settled": settled,
        "waiting": queries.upgrades(by, settled=False).count(),
    }
    return framed(request, "proposals/upgrades.html", context)


def _reply(request: Request, pk: int) -> Reply:
    rows = papers.answered(request.actor).prefetch_related(
        "answers__outcome", "upgrades__becomes", "promises"
    )
    return get_object_or_404(rows, pk=pk)


@require_http_methods(BOTH)
def ask_upgrade(request: Request, pk: int) -> HttpResponse:
    """申请转类… Whoever may not ask reads why, under the name of what they may read."""
    reply, by = _reply(request, pk), request.actor
    proposal, asks = _shown(reply, by)
    office = proposal.session.office
    form = AskUpgradeForm(request.POST or None, asks=asks, office=office)
    page = "proposals:case" if by.role in UNIT else "proposals:detail"
    back = reverse(page, args=[proposal.pk])

    def act() -> tuple[str, str]:
        actions.ask_upgrade(reply, by=by, today=clock.today(), **form.said())
        return f"已申请转类，{office}核实以后才转。", f"{back}#follow"

    return asked(
        request,
        form,
        act,
        template="ask.html",
        desk=False,
        title=f"“{proposal.title}”申请转为已解决",
        back=back,
        verb_label="申请转类",
        refusal=permissions.why_not_ask_upgrade(by, reply),
    )


def _shown(reply: Reply, by: Actor) -> tuple[Proposal, list[int | None]]:
    """Under which name this reader knows the case, and which of its asks may be upgraded."""
    kept = kept_from(by)
    shown = {None, *(each.ask_id for each in papers.answers_of(reply, kept))}
    asks = [each for each in to_upgrade(reply) if each in shown]
    return papers.addressed(reply, kept)[0], asks


def _upgrade(request: Request, pk: int) -> Upgrade:
    return get_object_or_404(Upgrade.objects.visible_to(request.actor).with_case(), pk=pk)


@require_http_methods(BOTH)
@in_an_office
def confirm_upgrade(request: Request, pk: int) -> HttpResponse:
    """核实转类…"""
    found, by = _upgrade(request, pk), request.actor
    form = ConfirmUpgradeForm(request.POST if request.method == "POST" else None)

    def act() -> tuple[str, str]:
        actions.confirm_upgrade(found, by=by, today=clock.today(), **form.cleaned_data)
        return "已核实转类，单位和领衔代表会收到通知。", reverse("proposals:upgrade_list")

    refusal = permissions.why_not_confirm_upgrade(by, found)
    return _decide(request, found, form, act, "核实转类", refusal)


@require_http_methods(BOTH)
@in_an_office
def refuse_upgrade(request: Request, pk: int) -> HttpResponse:
    """不同意转类…"""
    found, by = _upgrade(request, pk), request.actor
    form = RefuseUpgradeForm(request.POST or None)

    def act() -> tuple[str, str]:
        actions.refuse_upgrade(found, by=by, today=clock.today(), **form.cleaned_data)
        return "已答复不同意，单位会看到您写的话。", reverse("proposals:upgrade_list")

    refusal = permissions.why_not_refuse_upgrade(by, found)
    return _decide(request, found, form, act, "不同意转类", refusal)


def _decide(
    request: Request, found: Upgrade, form: Form, act: Act, label: str, refusal: str | None
) -> HttpResponse:
    part = found.assignment
    which = f"第 {found.ask.position} 条" if found.ask else "整件"
    words = (
        f"{part.proposal.number}“{part.proposal.title}”：{part.unit.name}申请{which}由"
        f" {found.was.code} 类转为 {found.becomes.code} 类。依据：{found.evidence}"
    )
    return asked(
        request,
        form,
        act,
        template=ASK_DESK,
        title=label,
        words=words,
        back=reverse("proposals:upgrade_list"),
        verb_label=label,
        refusal=refusal,
    )


@require_http_methods(BOTH)
def rate_fulfilment(request: Request, pk: int) -> HttpResponse:
    """评兑现: for the lead deputy; nobody else has this page."""
    spoken = Proposal.objects.spoken_by(request.actor)
    own = papers.answered(request.actor).filter(assignment__proposal__in=spoken)
    reply = get_object_or_404(own.prefetch_related("promises", "upgrades"), pk=pk)
    by = request.actor
    form = RateFulfilmentForm(request.POST or None)
    back = reverse("proposals:detail", args=[reply.assignment.proposal_id])

    def act() -> tuple[str, str]:
        actions.rate_fulfilment(reply, by=by, **form.said())
        receipt = reverse("proposals:fulfilment_rated", args=[pk])
        return "已评价兑现情况，承办单位看不到。", receipt

    return asked(
        request,
        form,
        act,
        template="proposals/rate_fulfilment.html",
        desk=False,
        title=f"“{reply.assignment.proposal.title}”的承诺兑现得怎么样",
        each=follow([reply], by, Clock.on(clock.today()))[0],
        lost=ratings.fulfilment_lost(reply, by),
        back=back,
        verb_label="提交评价",
        refusal=permissions.why_not_rate_fulfilment(by, reply),
    )


@require_safe
def fulfilment_rated(request: Request, pk: int) -> HttpResponse:
    """兑现评价回执: the code, for the author alone; the value stands nowhere on it."""
    reply = get_object_or_404(ratings.to_rate(request.actor), pk=pk)
    own = FulfilmentRating.objects.filter(reply=reply, deputy__user=request.actor.user)
    context = {
        "reply": reply,
        "proposal": reply.assignment.proposal,
        "rating": get_object_or_404(own.latest_each()),
        "kind": "兑现评价",
        "again": reverse("proposals:rate_fulfilment", args=[pk]),
    }
    return render(request, "proposals/rated.html", context)
