"""群众留言: written by anybody behind a code, answered by the deputy, asked for by its number."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages as told
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked, refused_in, status_of
from congress.shared.errors import Refused
from congress.shared.http import Request, origin_of
from deputies.actions import messages as verbs
from deputies.forms.messages import (
    AnswerMessageForm,
    CloseMessageForm,
    LetterForm,
    ReceiptForm,
)
from deputies.models import Deputy, Message
from deputies.permissions import messages as reasons
from deputies.queries import messages as queries

BOTH = ("GET", "HEAD", "POST")
PER_PAGE = 20
FRESH = 300
"""Seconds for which the voter's own browser may open a new receipt without typing its number."""


def _retired(request: Request, code: str, form: LetterForm) -> HttpResponse:
    """One sentence and nobody's name; what somebody wrote meanwhile is given back."""
    if not form.is_bound:
        return render(request, "deputies/retired_code.html", status=410)
    form.add_error(None, "这个代表码刚刚停用了。请复制写好的话，到“代表”里找到这位代表再发。")
    context = {"name": "这位", "code": code, "form": form}
    return render(request, "deputies/send_message.html", context, status=410)


@login_not_required
@never_cache
@require_http_methods(BOTH)
def send_message(request: Request, code: str) -> HttpResponse:
    """给代表留言: no account; the answer is a number to ask with."""
    today, form = clock.today(), LetterForm(request.POST or None)
    if queries.is_retired(code, today):
        return _retired(request, code, form)
    deputy = get_object_or_404(Deputy, code=code)
    origin = origin_of(request, today)
    if form.is_valid():
        try:
            message = verbs.send_message(
                deputy, letter=form.letter, origin=origin, by=request.actor, today=today
            )
            return _told(message)
        except Refused as no:
            refused_in(form, None, no)
    context = {"name": deputy.name, "code": code, "form": form}
    status = status_of(form)
    return render(request, "deputies/send_message.html", context, status=status)


def _told(message: Message) -> HttpResponse:
    """On to the receipt, whose number stands in no address: it alone opens the answer."""
    response = redirect("deputies:receipt")
    response.set_signed_cookie(
        "receipt",
        message.receipt,
        max_age=FRESH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
@never_cache
@require_http_methods(BOTH)
def receipt(request: Request) -> HttpResponse:
    """查我的留言: what became of it, behind the number."""
    today = clock.today()
    fresh = request.get_signed_cookie("receipt", default="", max_age=FRESH)
    form = ReceiptForm(request.POST if request.method == "POST" else {"number": fresh})
    number = form.cleaned_data["number"] if form.is_valid() else ""
    address = urlsplit(settings.SITE_URL).netloc + reverse("deputies:receipt")
    new = bool(fresh) and number == fresh
    context: dict[str, object] = {"number": number, "new": new, "address": address}
    status = 200
    if number:
        try:
            found = verbs.look_up(number, origin=origin_of(request, today), today=today)
            context["found"], status = found, 200 if found else 404
        except Refused as no:
            context["problem"], status = no.reason, 429
    return render(request, "deputies/receipt.html", context, status=status)


@require_safe
def messages(request: Request) -> HttpResponse:
    """群众留言: what waits, oldest first; then what is done."""
    today = clock.today()
    rows = queries.handled(request.actor, today)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"waiting": queries.inbox(request.actor, today), "page": page}
    return render(request, "deputies/messages.html", context)


def _one(request: Request, pk: int) -> Message:
    rows = Message.objects.visible_to(request.actor, clock.today())
    return get_object_or_404(rows.select_related("deputy"), pk=pk)


@require_safe
def message(request: Request, pk: int) -> HttpResponse:
    """一条留言: the words, and three ways to end it."""
    row, by, today = _one(request, pk), request.actor, clock.today()
    context = {
        "message": row,
        "contact": queries.masked(row.contact),
        "answer_form": AnswerMessageForm(),
        "no_answer": reasons.why_not_answer_message(by, row, today=today),
        "no_close": reasons.why_not_close_message(by, row, today=today),
        "no_raise": reasons.why_not_raise_message(by, row, today=today),
        "no_reveal": reasons.why_not_reveal_contact(by, row, today=today),
        "open": row.state == "sent",
        "left": Message.objects.left_alone(today).filter(pk=row.pk).exists(),
    }
    return render(request, "deputies/message.html", context)


@require_http_methods(BOTH)
def answer_message(request: Request, pk: int) -> HttpResponse:
    """答复: what the voter reads."""
    row, form = _one(request, pk), AnswerMessageForm(request.POST or None)
    by, today = request.actor, clock.today()

    def act() -> tuple[str, str]:
        verbs.answer_message(row, answer=form.cleaned_data["answer"], by=by, today=today)
        return "已答复，群众凭查询号能看到。", reverse("deputies:message", args=[pk])

    return asked(
        request,
        form,
        act,
        template="ask.html",
        field="answer",
        desk=False,
        title="答复群众",
        verb_label="答复",
        back=reverse("deputies:message", args=[pk]),
        refusal=reasons.why_not_answer_message(by, row, today=today),
    )


@require_http_methods(BOTH)
def close_message(request: Request, pk: int) -> HttpResponse:
    """不受理: with the reason."""
    row, form = _one(request, pk), CloseMessageForm(request.POST or None)
    by, today = request.actor, clock.today()

    def act() -> tuple[str, str]:
        verbs.close_message(row, reason=form.cleaned_data["reason"], by=by, today=today)
        return "已回复不受理，群众凭查询号能看到原因。", reverse("deputies:message", args=[pk])

    return asked(
        request,
        form,
        act,
        template="ask.html",
        field="reason",
        desk=False,
        title="不受理这条留言",
        verb_label="不受理",
        back=reverse("deputies:message", args=[pk]),
        refusal=reasons.why_not_close_message(by, row, today=today),
    )


@require_POST
def reveal_contact(request: Request, pk: int) -> HttpResponse:
    """看联系方式: once, on the next page, and noted."""
    message, today = _one(request, pk), clock.today()
    contact = verbs.reveal_contact(message, by=request.actor, today=today)
    told.info(request, f"联系方式：{contact}。只用来回访，请不要转给别人。")
    return redirect("deputies:message", pk)
