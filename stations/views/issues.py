"""民情: handed on by the deputy, settled by the keeper, both on a phone."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.http import Request
from deputies.models import Message
from stations.actions import issues as verbs
from stations.forms.issues import RaiseIssueForm, SettleIssueForm
from stations.models import Issue
from stations.permissions import issues as reasons
from stations.queries import issues as queries

BOTH = ("GET", "HEAD", "POST")
PER_PAGE = 20


@require_safe
def issues(request: Request) -> HttpResponse:
    """民情事项: what waits here, oldest first."""
    page = Paginator(queries.listed(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "stations/issues.html", {"page": page})


@require_safe
def issue(request: Request, pk: int) -> HttpResponse:
    """一件民情: what was written, where it stands."""
    rows = Issue.objects.visible_to(request.actor)
    row = get_object_or_404(rows.select_related("station", "message__deputy", "settled_by"), pk=pk)
    context = {
        "issue": row,
        "form": SettleIssueForm(),
        "refusal": reasons.why_not_settle_issue(request.actor, row),
    }
    return render(request, "stations/issue.html", context)


@require_http_methods(BOTH)
def raise_issue(request: Request, pk: int) -> HttpResponse:
    """转家站: from the message."""
    by, today = request.actor, clock.today()
    rows = Message.objects.visible_to(by, today).select_related("deputy")
    message = get_object_or_404(rows, pk=pk)
    form = RaiseIssueForm(request.POST or None, message=message, today=today)

    def act() -> tuple[str, str]:
        row = verbs.raise_issue(message, **form.cleaned_data, by=by, today=today)
        said = f"已转给{row.station.name}，办完以后自动答复群众。"
        return said, reverse("deputies:message", args=[pk])

    return asked(
        request,
        form,
        act,
        template="ask.html",
        field="station",
        desk=False,
        title="转家站办理",
        verb_label="转给家站",
        back=reverse("deputies:message", args=[pk]),
        refusal=reasons.why_not_raise_issue(by, message, today=today),
    )


@require_http_methods(BOTH)
def settle_issue(request: Request, pk: int) -> HttpResponse:
    """办结: with what the voter reads."""
    rows = Issue.objects.visible_to(request.actor).select_related("station", "message__deputy")
    row, form = get_object_or_404(rows, pk=pk), SettleIssueForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.settle_issue(row, result=form.cleaned_data["result"], by=request.actor)
        return "已办结，群众和代表都能看到结果。", reverse("stations:issue", args=[pk])

    return asked(
        request,
        form,
        act,
        template="ask.html",
        field="result",
        desk=False,
        title=f"办结：{row.title}",
        verb_label="办结",
        back=reverse("stations:issue", args=[pk]),
        refusal=reasons.why_not_settle_issue(request.actor, row),
    )
