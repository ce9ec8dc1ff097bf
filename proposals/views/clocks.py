"""时限: the office's pauses and decisions, the unit's request, the deputy's consent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import Act, asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from proposals import permissions
from proposals.actions import clocks
from proposals.clock_forms import (
    AskExtensionForm,
    GrantForm,
    PauseForm,
    RecomputeForm,
    RefuseExtensionForm,
    ResumeForm,
)
from proposals.models import Assignment, Extension
from proposals.permissions.clocks import most_months
from proposals.queries.due_changes import due_changes, seal_of
from proposals.queries.extensions import extension_lines, extension_rows, moved
from proposals.views.units import own_part

BOTH = ["GET", "HEAD", "POST"]
ASK = "proposals/ask_desk.html"
ON_A_PAGE = 30


def _part(request: Request, pk: int) -> Assignment:
    return get_object_or_404(Assignment.objects.visible_to(request.actor).with_clock(), pk=pk)


def _asked(
    request: Request,
    part: Assignment,
    form: Form,
    act: Act,
    *,
    title: str,
    verb_label: str,
    refusal: str | None,
) -> HttpResponse:
    """A question about one part, at the desk."""
    back = reverse("proposals:dossier", args=[part.proposal_id])
    words = {"title": title, "verb_label": verb_label, "refusal": refusal, "back": back}
    return asked(request, form, act, template=ASK, field=None, desk=True, **words)


@require_http_methods(BOTH)
@at_the_desk
def pause(request: Request, pk: int) -> HttpResponse:
    """暂停计时."""
    part, by, today = _part(request, pk), request.actor, clock.today()
    form = PauseForm(request.POST or None, initial={"from_on": today})

    def act() -> tuple[str, str]:
        clocks.pause(part, by=by, today=today, **form.cleaned_data)
        return "已暂停，单位和领衔代表会收到通知。", _dossier(part)

    refusal = permissions.why_not_pause(by, part, today)
    title = f"{part.unit.name}暂停计时"
    return _asked(request, part, form, act, title=title, verb_label="暂停", refusal=refusal)


@require_http_methods(BOTH)
@at_the_desk
def resume(request: Request, pk: int) -> HttpResponse:
    """恢复计时."""
    part, by, today = _part(request, pk), request.actor, clock.today()
    form = ResumeForm(request.POST or None, initial={"until_on": today})

    def act() -> tuple[str, str]:
        clocks.resume(part, by=by, today=today, **form.cleaned_data)
        return "已恢复计时。", _dossier(part)

    refusal = permissions.why_not_resume(by, part, today)
    title = f"{part.unit.name}恢复计时"
    return _asked(request, part, form, act, title=title, verb_label="恢复", refusal=refusal)


def _dossier(part: Assignment) -> str:
    return reverse("proposals:dossier", args=[part.proposal_id])


@require_http_methods(BOTH)
def ask_extension(request: Request, pk: int) -> HttpResponse:
    """申请延期."""
    part, by, today = own_part(request, pk), request.actor, clock.today()
    session = part.proposal.session
    form = AskExtensionForm(request.POST or None, most=most_months(part), session=session)
    back = reverse("proposals:case", args=[pk])

    def act() -> tuple[str, str]:
        clocks.ask_extension(part, by=by, today=today, **form.cleaned_data)
        return f"已申请延期，领衔代表和{session.offices}会看到。批准以前期限不变。", back

    return asked(
        request,
        form,
        act,
        template="ask.html",
        desk=False,
        title=f"“{part.proposal.title}”申请延期",
        back=back,
        verb_label="申请延期",
        refusal=permissions.why_not_ask_extension(by, part, today),
    )


@require_safe
@at_the_desk
def extension_list(request: Request) -> HttpResponse:
    """延期申请: those that wait, or those decided or ended."""
    decided, by, today = request.GET.get("only") == "decided", request.actor, clock.today()
    rows = extension_rows(by, decided=decided)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "延期申请",
        "page": page,
        "lines": extension_lines(page.object_list, today, decided=decided),
        "decided": decided,
        "waiting": Extension.objects.waiting().count(),
        "may_decide": by.is_staff,
    }
    return framed(request, "proposals/extensions.html", context)


def _extension(request: Request, pk: int) -> Extension:
    rows = Extension.objects.visible_to(request.actor).with_case()
    return get_object_or_404(rows, pk=pk)


@require_POST
def consent_extension(request: Request, pk: int) -> HttpResponse:
    """同意延期."""
    found = _extension(request, pk)
    clocks.consent_extension(found, by=request.actor)
    messages.success(request, "已同意延期，由代工委批准。")
    return redirect("proposals:detail", found.assignment.proposal_id)


@require_POST
def decline_extension(request: Request, pk: int) -> HttpResponse:
    """不同意延期, by the lead deputy."""
    found = _extension(request, pk)
    clocks.decline_extension(found, by=request.actor)
    offices = found.assignment.proposal.session.offices
    messages.success(request, f"已答复不同意延期，{offices}会看到，期限不变。")
    return redirect("proposals:detail", found.assignment.proposal_id)


@require_http_methods(BOTH)
@at_the_desk
def grant_extension(request: Request, pk: int) -> HttpResponse:
    """批准延期."""
    found, by, today = _extension(request, pk), request.actor, clock.today()
    form = GrantForm(request.POST or None)

    def act() -> tuple[str, str]:
        clocks.grant_extension(found, by=by, today=today, **form.cleaned_data)
        return "已批准延期，期限已经重算。", reverse("proposals:extension_list")

    refusal = permissions.why_not_grant_extension(by, found, today)
    return _decide(request, found, form, act, "批准延期", refusal, moved(found, today))


@require_http_methods(BOTH)
@at_the_desk
def refuse_extension(request: Request, pk: int) -> HttpResponse:
    """不同意延期."""
    found, by, today = _extension(request, pk), request.actor, clock.today()
    form = RefuseExtensionForm(request.POST or None)

    def act() -> tuple[str, str]:
        clocks.refuse_extension(found, by=by, today=today, **form.cleaned_data)
        return "已答复不同意延期，单位会收到通知。", reverse("proposals:extension_list")

    refusal = permissions.why_not_refuse_extension(by, found)
    return _decide(request, found, form, act, "不同意延期", refusal)


def _decide(
    request: Request,
    found: Extension,
    form: Form,
    act: Act,
    label: str,
    refusal: str | None,
    effect: str = "",
) -> HttpResponse:
    part = found.assignment
    words = (
        f"{part.proposal.number}“{part.proposal.title}”：{part.unit.name}申请延期 "
        f"{found.months} 个月。{found.reason}{effect}"
    )
    return asked(
        request,
        form,
        act,
        template=ASK,
        title=label,
        words=words,
        back=reverse("proposals:extension_list"),
        verb_label=label,
        refusal=refusal,
    )


@require_http_methods(BOTH)
@at_the_desk
def recompute(request: Request) -> HttpResponse:
    """调整期限: before → after for each, then the confirmation."""
    by, today = request.actor, clock.today()
    changes = due_changes(today)
    form = RecomputeForm(request.POST or None, initial={"seal": seal_of(changes)})

    def act() -> tuple[str, str]:
        count = clocks.recompute(by=by, today=today, **form.cleaned_data)
        return f"已调整 {count} 个期限，单位和领衔代表会收到通知。", reverse("admin:index")

    return asked(
        request,
        form,
        act,
        template="proposals/recompute.html",
        title="期限变动",
        changes=changes,
        refusal=permissions.why_not_recompute(by, len(changes)),
    )
