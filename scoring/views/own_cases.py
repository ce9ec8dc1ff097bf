"""给本人的: the deputy's own talk and own hearing, on the phone. Nobody else finds these pages."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.http import Request
from scoring import permissions as reasons
from scoring.actions import advice as advice_verbs
from scoring.actions import talks as talk_verbs
from scoring.forms.advices import ReplyForm
from scoring.forms.talks import SignForm
from scoring.models import ResignationAdvice, Talk
from scoring.queries import advices, talks

BOTH = ("GET", "HEAD", "POST")


def _talk(request: Request, pk: int) -> Talk:
    return get_object_or_404(
        talks.one(request.actor).filter(grading__deputy__user=request.user), pk=pk
    )


def _advice(request: Request, pk: int) -> ResignationAdvice:
    return get_object_or_404(
        advices.one(request.actor).filter(
            later__grading__deputy__user=request.user, served_on__isnull=False
        ),
        pk=pk,
    )


@require_safe
def own_talk(request: Request, pk: int) -> HttpResponse:
    """提醒约谈: when and where, why; then the record to read and sign."""
    found = _talk(request, pk)
    context = {
        "talk": found,
        "form": SignForm(),
        "grade": talks.grade_then(found),
        "refusal": reasons.why_not_acknowledge_talk(request.actor, found),
    }
    return render(request, "scoring/own_talk.html", context)


@require_http_methods(BOTH)
def acknowledge_talk(request: Request, pk: int) -> HttpResponse:
    """签认."""
    found, form = _talk(request, pk), SignForm(request.POST if request.method == "POST" else None)

    def act() -> tuple[str, str]:
        talk_verbs.acknowledge_talk(found, **form.cleaned_data, by=request.actor)
        return "已签认。", reverse("scoring:own_talk", args=[found.pk])

    return asked(
        request,
        form,
        act,
        template="scoring/own_talk.html",
        field="reply",
        desk=False,
        talk=found,
        grade=talks.grade_then(found),
        refusal=reasons.why_not_acknowledge_talk(request.actor, found),
    )


@require_safe
def own_advice(request: Request, pk: int) -> HttpResponse:
    """告知书: on what it rests, until when one may reply, and that one decides oneself."""
    return render(request, "scoring/own_advice.html", _heard(request, _advice(request, pk)))


@require_http_methods(BOTH)
def reply_advice(request: Request, pk: int) -> HttpResponse:
    """陈述申辩."""
    found, form = _advice(request, pk), ReplyForm(request.POST or None)

    def act() -> tuple[str, str]:
        said = form.cleaned_data
        advice_verbs.reply_advice(found, **said, by=request.actor, today=clock.today())
        page = reverse("scoring:own_advice", args=[found.pk])
        return "收到了，原样放进材料。到期以前还可以再写。", page

    context: dict[str, Any] = _heard(request, found)
    del context["form"]
    return asked(
        request,
        form,
        act,
        template="scoring/own_advice.html",
        field="words",
        desk=False,
        **context,
    )


def _heard(request: Request, found: ResignationAdvice) -> dict[str, Any]:
    return {
        "advice": found,
        "pack": advices.pack(found),
        "form": ReplyForm(),
        "refusal": reasons.why_not_reply_advice(request.actor, found, clock.today()),
    }
