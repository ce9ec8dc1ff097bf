"""当面协商: convened, moved to another day, called off, and written down."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from congress.shared import clock
from congress.shared.asking import Act, asked
from congress.shared.desk import in_an_office
from congress.shared.http import Request
from proposals.actions import convening
from proposals.models import Convening, Rehandling
from proposals.permissions.convening import (
    why_not_call_off_convening,
    why_not_convene,
    why_not_move_convening,
    why_not_record_convening,
)
from proposals.rehandling_forms import CallOffForm, ConveneForm, MoveForm, RecordForm

BOTH = ["GET", "HEAD", "POST"]
TOLD = "已通知领衔代表和承办单位。"


@require_http_methods(BOTH)
@in_an_office
def convene(request: Request, pk: int) -> HttpResponse:
    """召集双方."""
    order = get_object_or_404(Rehandling.objects.visible_to(request.actor), pk=pk)
    form, by, today = ConveneForm(request.POST or None), request.actor, clock.today()

    def act() -> tuple[str, str]:
        convening.convene(order, by=by, today=today, **form.cleaned_data)
        return TOLD, reverse("proposals:rehandlings")

    return _page(request, "召集双方协商", order, form, act, why_not_convene(by, order, today))


@require_http_methods(BOTH)
@in_an_office
def move_convening(request: Request, pk: int) -> HttpResponse:
    """改期."""
    row, by, today = _one(request, pk), request.actor, clock.today()
    form = MoveForm(request.POST or None, initial={"meets_on": row.meets_on, "place": row.place})

    def act() -> tuple[str, str]:
        convening.move_convening(row, by=by, today=today, **form.cleaned_data)
        return TOLD, reverse("proposals:rehandlings")

    refusal = why_not_move_convening(by, row)
    return _page(request, "协商改期", row.rehandling, form, act, refusal)


@require_http_methods(BOTH)
@in_an_office
def call_off_convening(request: Request, pk: int) -> HttpResponse:
    """取消."""
    row, by, today = _one(request, pk), request.actor, clock.today()
    form = CallOffForm(request.POST or None)

    def act() -> tuple[str, str]:
        convening.call_off_convening(row, by=by, today=today, **form.cleaned_data)
        return TOLD, reverse("proposals:rehandlings")

    refusal = why_not_call_off_convening(by, row)
    return _page(request, "取消协商", row.rehandling, form, act, refusal)


@require_http_methods(BOTH)
@in_an_office
def record_convening(request: Request, pk: int) -> HttpResponse:
    """记录协商结果."""
    row, by, today = _one(request, pk), request.actor, clock.today()
    form = RecordForm(request.POST or None)

    def act() -> tuple[str, str]:
        convening.record_convening(row, by=by, today=today, **form.cleaned_data)
        return "协商结果已经记录。", reverse("proposals:rehandlings")

    refusal = why_not_record_convening(by, row, today)
    return _page(request, "记录协商结果", row.rehandling, form, act, refusal)


def _one(request: Request, pk: int) -> Convening:
    return get_object_or_404(Convening.objects.visible_to(request.actor), pk=pk)


def _page(
    request: Request, title: str, order: Rehandling, form: forms.Form, act: Act, refusal: str | None
) -> HttpResponse:
    return asked(
        request,
        form,
        act,
        template="proposals/convening.html",
        title=title,
        order=order,
        refusal=refusal,
    )
