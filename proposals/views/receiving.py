"""签收、转办."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.http import Request, row_number
from proposals.actions import receiving
from proposals.handling_forms import HandOnForm
from proposals.models import Assignment
from proposals.permissions import why_not_hand_on
from proposals.views.acts import act_page
from proposals.views.units import own_part


@require_POST
def receive(request: Request, pk: int) -> HttpResponse:
    """签收."""
    receiving.receive(own_part(request, pk), by=request.actor)
    messages.success(request, "已签收，回执可以打印。")
    return redirect("proposals:case", pk)


@require_POST
def receive_all(request: Request) -> HttpResponse:
    """签收多件: those that the page named."""
    named = [row_number(each) for each in request.POST.getlist("part")]
    if not named:
        messages.error(request, "还没有选，请勾上要签收的建议再签收。")
        return redirect("proposals:unit_desk")
    rows = Assignment.objects.handled_by(request.actor).filter(pk__in=named)
    received = receiving.receive_all(rows, by=request.actor)
    messages.success(request, f"签收了 {len(received)} 件。")
    return redirect("proposals:unit_desk")


@require_http_methods(["GET", "HEAD", "POST"])
def hand_on(request: Request, pk: int) -> HttpResponse:
    """转给同事…"""
    part = own_part(request, pk)
    form = HandOnForm(request.POST or None, unit=part.unit, but=part.handler_id or 0)
    if form.is_valid():
        to = form.cleaned_data["to"]
        receiving.hand_on(part, to=to, by=request.actor, today=clock.today())
        own = to == request.actor.user
        messages.success(request, "由您经办。" if own else f"已由{to.name}经办，通知会发给他。")
        return redirect("proposals:case", pk)
    about = f"现在由{part.handler.name if part.handler else '本单位所有人'}经办。"
    reason = why_not_hand_on(request.actor, part)
    act = "转给同事" if part.handler else "定经办人"
    return act_page(request, part.proposal, form, act=act, about=about, refusal=reason)
