"""三问: the office asks, the unit answers on a page of its own, the leader comments."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk
from congress.shared.http import Request
from proposals.actions import questions
from proposals.models import KeyAnswer, Question
from proposals.permissions.questions import (
    why_not_answer_question,
    why_not_comment_answer,
    why_not_send_back_answer,
)
from proposals.supervision_forms import WordsForm

BOTH = ["GET", "HEAD", "POST"]
LOADED = ("unit", "supervision__proposal__merged_into", "supervision__leader")
ANSWERING: Mapping[str, Any] = {
    "label": "做了什么、到哪一步了、接下来怎么办",
    "missing": "请写明做了什么、到哪一步了。",
    "most": 2000,
    "help_text": "领导和领衔代表会看到，公开的建议群众也会看到；交了以后不能改。",
}


@require_POST
@at_the_desk
def ask_question(request: Request, pk: int) -> HttpResponse:
    """现在就问."""
    question = get_object_or_404(Question.objects.select_related(*LOADED), pk=pk)
    questions.ask_question(question, by=request.actor, today=clock.today())
    messages.success(request, "已经问了，单位会收到通知。")
    return redirect("proposals:key_page", question.supervision_id)


@require_http_methods(BOTH)
def answer_question(request: Request, pk: int) -> HttpResponse:
    """单位回答."""
    by = request.actor
    rows = Question.objects.asked_of(by).select_related(*LOADED)
    question = get_object_or_404(rows, pk=pk)
    back = reverse("proposals:case", args=[question.proposal.handled_as.pk])
    form = WordsForm(request.POST or None, **ANSWERING)

    def act() -> tuple[str, str]:
        text = form.cleaned_data["words"]
        questions.answer_question(question, text=text, by=by, today=clock.today())
        return "已回答，领衔代表会收到通知。", back

    return asked(
        request,
        form,
        act,
        template="proposals/answer_question.html",
        desk=False,
        field="words",
        question=question,
        proposal=question.proposal,
        back=back,
        answers=list(question.answers.select_related("commented_by")),
        refusal=why_not_answer_question(by, question),
    )


@require_http_methods(BOTH)
@at_the_desk
def comment_answer(request: Request, pk: int) -> HttpResponse:
    """批注."""
    by = request.actor
    loaded = [f"question__{name}" for name in LOADED]
    answer = get_object_or_404(KeyAnswer.objects.select_related(*loaded), pk=pk)
    form = WordsForm(
        request.POST or None,
        label="批注",
        missing="请写批注。",
        most=300,
        help_text="只给单位和代工委看，不公开。",
    )

    def act() -> tuple[str, str]:
        questions.comment_answer(answer, comment=form.cleaned_data["words"], by=by)
        return "已批注，单位会收到通知。", _page(answer.question)

    refusal = why_not_comment_answer(by, answer)
    return _asked(request, answer.question, form, act, "批注", answer.text, refusal)


@require_http_methods(BOTH)
@at_the_desk
def send_back_answer(request: Request, pk: int) -> HttpResponse:
    """答得不实，请单位再答."""
    by = request.actor
    question = get_object_or_404(Question.objects.select_related(*LOADED), pk=pk)
    form = WordsForm(
        request.POST or None,
        label="哪里不实",
        missing="请写明哪里不实。",
        most=300,
        help_text="单位会原样看到，只能退回这一次。",
    )

    def act() -> tuple[str, str]:
        words = form.cleaned_data["words"]
        questions.send_back_answer(question, words=words, by=by, today=clock.today())
        return "已请单位再答。", _page(question)

    answer = question.answer
    refusal = why_not_send_back_answer(by, question)
    return _asked(
        request, question, form, act, "答得不实，请再答", answer.text if answer else "", refusal
    )


def _page(question: Question) -> str:
    return reverse("proposals:key_page", args=[question.supervision_id])


def _asked(  # what the page of one act on an answer is made of
    request: Request,
    question: Question,
    form: WordsForm,
    act: object,
    label: str,
    words: str,
    refusal: str | None,
) -> HttpResponse:
    return asked(
        request,
        form,
        act,  # type: ignore[arg-type]  # each of them answers with a sentence and an address
        template="proposals/ask_desk.html",
        field="words",
        title=f"{question.get_stage_display()}：{question.supervision.proposal.title}",
        words=words,
        back=_page(question),
        verb_label=label,
        refusal=refusal,
    )
