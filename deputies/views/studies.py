"""对口调研: called at the desk, answered and filled on a phone, reported and printed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import PDF, Request, as_download
from deputies.actions import studies as verbs
from deputies.documents import study_report_pdf
from deputies.forms.specialists import (
    AnswerForm,
    CallStudyForm,
    CancelStudyForm,
    DeskFindingForm,
    FindingForm,
    ReportForm,
)
from deputies.models import SpecialistGroup, Study, StudyFinding, StudyInvitation
from deputies.permissions import studies as reasons
from deputies.queries import history
from deputies.queries import specialists as queries
from deputies.states import Answer, StudyState

BOTH = ("GET", "HEAD", "POST")
FORM = "deputies/specialist_form.html"


def _one(request: Request, pk: int) -> Study:
    rows = Study.objects.visible_to(request.actor).select_related("group__leader", "reported_by")
    return get_object_or_404(rows.select_related("group__committee"), pk=pk)


def _page(request: Request, pk: int) -> str:
    """Where this person sees the study."""
    name = "study" if request.actor.at_the_desk else "invited"
    return reverse(f"deputies:{name}", args=[pk])


@require_http_methods(BOTH)
@at_the_desk
def call_study(request: Request, pk: int) -> HttpResponse:
    """邀请: members are ticked already; take off who is not needed."""
    groups = SpecialistGroup.objects.visible_to(request.actor, clock.today())
    group, today, by = get_object_or_404(groups, pk=pk), clock.today(), request.actor
    form = CallStudyForm(request.POST or None, group=group, today=today)

    def act() -> tuple[str, str]:
        people = list(form.cleaned_data["deputies"])
        study = verbs.call_study(group, call=form.call, deputies=people, by=by, today=today)
        return f"已邀请 {len(people)} 位代表，他们会收到通知。", _page(request, study.pk)

    return asked(
        request,
        form,
        act,
        template=FORM,
        field="starts_on",
        title=f"邀请{group.name}",
        words="受邀请的代表在手机上回复，并写下发现的问题和建议。",
        verb_label="发出邀请",
        refusal=reasons.why_not_call_study(by, group, today=today),
    )


@require_safe
@at_the_desk
def study(request: Request, pk: int) -> HttpResponse:
    """一次调研 at the desk."""
    one, by, today = _one(request, pk), request.actor, clock.today()
    context = {
        "title": one.topic,
        "page": queries.study_page(one),
        "trail": history.trail(one),
        "finding_form": DeskFindingForm(study=one),
        "report_form": ReportForm(initial={"report": one.report}),
        "cancel_form": CancelStudyForm(),
        "why_not": {
            "find": reasons.why_not_add_finding(by, one, today=today),
            "report": reasons.why_not_file_report(by, one, today=today),
            "cancel": reasons.why_not_cancel_study(by, one),
            "reopen": reasons.why_not_reopen_study(by, one),
        },
        "is_staff": by.is_staff,
    }
    return framed(request, "deputies/study.html", context)


@require_safe
def invited(request: Request, pk: int) -> HttpResponse:
    """一次调研 for whom it concerns: answer, write, read the report."""
    one, by, today = _one(request, pk), request.actor, clock.today()
    own = get_object_or_404(one.invitations.select_related("deputy"), deputy__user=by.user)
    own.study = one
    context = {
        "page": queries.study_page(one),
        "own": own,
        "answer_form": AnswerForm(initial={"answer": own.answer, "reason": own.reason}),
        "finding_form": FindingForm(),
        "report_form": ReportForm(initial={"report": one.report}),
        "no_answer": reasons.why_not_answer_invitation(by, own, today=today),
        "no_finding": reasons.why_not_add_finding(by, one, today=today),
        "no_report": reasons.why_not_file_report(by, one, today=today),
    }
    return render(request, "deputies/invited.html", context)


@require_http_methods(BOTH)
@at_the_desk
def cancel_study(request: Request, pk: int) -> HttpResponse:
    """取消: with the reason the invited read."""
    one, form = _one(request, pk), CancelStudyForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.cancel_study(one, reason=form.cleaned_data["reason"], by=request.actor)
        return "已取消，并通知了受邀请的代表。", _page(request, pk)

    return asked(
        request,
        form,
        act,
        template=FORM,
        field="reason",
        title=f"取消：{one.topic}",
        verb_label="取消调研",
        refusal=reasons.why_not_cancel_study(request.actor, one),
    )


@require_http_methods(BOTH)
def answer_invitation(request: Request, pk: int) -> HttpResponse:
    """回复: yes or no."""
    rows = StudyInvitation.objects.visible_to(request.actor).select_related("deputy", "study")
    row, today, by = get_object_or_404(rows, pk=pk), clock.today(), request.actor
    form = AnswerForm(request.POST or None)

    def act() -> tuple[str, str]:
        answer, reason = Answer(form.cleaned_data["answer"]), form.cleaned_data["reason"]
        verbs.answer_invitation(row, answer=answer, reason=reason, by=by, today=today)
        said = "已回复参加，到时候见。" if answer == Answer.YES else "已回复不能参加。"
        return said, reverse("deputies:invited", args=[row.study_id])

    return asked(
        request,
        form,
        act,
        template="ask.html",
        field="answer",
        desk=False,
        title=f"回复：{row.study.topic}",
        verb_label="回复",
        back=reverse("deputies:invited", args=[row.study_id]),
        refusal=reasons.why_not_answer_invitation(by, row, today=today),
    )


@require_http_methods(BOTH)
def add_finding(request: Request, pk: int) -> HttpResponse:
    """写发现: one's own, or at the desk for one of the invited."""
    one, by, today = _one(request, pk), request.actor, clock.today()
    sent = request.POST or None
    form = DeskFindingForm(sent, study=one) if by.at_the_desk else FindingForm(sent)

    def act() -> tuple[str, str]:
        said = dict(form.cleaned_data)
        deputy = said.pop("deputy", None)
        deputy = deputy or one.invitations.select_related("deputy").get(deputy__user=by.user).deputy
        verbs.add_finding(one, deputy=deputy, **said, by=by, today=today)
        return "写下了，会附在报告后面。", _page(request, pk)

    return asked(
        request,
        form,
        act,
        template=FORM if by.at_the_desk else "ask.html",
        field="found",
        desk=by.at_the_desk,
        title=f"写发现：{one.topic}",
        verb_label="写下",
        back=_page(request, pk),
        refusal=reasons.why_not_add_finding(by, one, today=today),
    )


@require_POST
def withdraw_finding(request: Request, pk: int) -> HttpResponse:
    """撤回发现: before the report."""
    seen = Study.objects.visible_to(request.actor)
    rows = StudyFinding.objects.filter(study__in=seen).select_related("deputy", "study")
    row = get_object_or_404(rows, pk=pk)
    verbs.withdraw_finding(row, by=request.actor, today=clock.today())
    messages.success(request, "已撤回这一条。")
    return redirect(_page(request, row.study_id))


@require_http_methods(BOTH)
def file_report(request: Request, pk: int) -> HttpResponse:
    """写成报告: by the office or the leader."""
    one, by, today = _one(request, pk), request.actor, clock.today()
    form = ReportForm(request.POST or None, initial={"report": one.report})

    def act() -> tuple[str, str]:
        verbs.file_report(one, report=form.cleaned_data["report"], by=by, today=today)
        return "报告已写成，可以打印。", _page(request, pk)

    return asked(
        request,
        form,
        act,
        template=FORM if by.at_the_desk else "ask.html",
        field="report",
        desk=by.at_the_desk,
        title=f"写报告：{one.topic}",
        verb_label="写成报告",
        back=_page(request, pk),
        refusal=reasons.why_not_file_report(by, one, today=today),
    )


@require_POST
@at_the_desk
def reopen_study(request: Request, pk: int) -> HttpResponse:
    """退回补充: findings may be added again."""
    one = verbs.reopen_study(_one(request, pk), by=request.actor)
    messages.success(request, "已退回补充，可以继续写发现和建议。")
    return redirect(_page(request, one.pk))


@require_safe
def study_report(request: Request, pk: int) -> HttpResponse:
    """调研报告 as a PDF, for the desk and the invited."""
    rows = Study.objects.visible_to(request.actor).filter(state=StudyState.REPORTED)
    one = get_object_or_404(rows.select_related("group__committee", "reported_by"), pk=pk)
    content = study_report_pdf(queries.report_paper(one))
    return as_download(content, f"{one.topic}调研报告.pdf", PDF)
