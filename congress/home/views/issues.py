"""据民情写建议: from a matter at a station to a draft among proposals."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from congress.home.forms import ProposedForm
from congress.home.proposing import begin_proposal, begin_proposal_of_finding
from congress.home.proposing import settle_proposed as settle_by
from congress.home.queries.proposing import proposals_for
from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.http import Request
from stations.models import Finding, Issue
from stations.permissions.issues import why_not_settle_issue


@require_POST
def propose_issue(request: Request, pk: int) -> HttpResponse:
    """The draft opens with what was heard; the deputy goes on writing."""
    issue = get_object_or_404(Issue.objects.visible_to(request.actor), pk=pk)
    return redirect(begin_proposal(issue, by=request.actor))


@require_http_methods(["GET", "HEAD", "POST"])
def settle_proposed(request: Request, pk: int) -> HttpResponse:
    """已提出建议，办结: which proposal it is, chosen of the township's."""
    by, today = request.actor, clock.today()
    issue = get_object_or_404(Issue.objects.visible_to(by).select_related("station"), pk=pk)
    rows = proposals_for(issue, by, today)
    form, back = ProposedForm(request.POST or None, rows=rows), issue_page(issue)

    def act() -> tuple[str, str]:
        done = settle_by(issue, **form.cleaned_data, by=by, today=today)
        return f"已办结：{done.taken_up}。", back

    return asked(
        request,
        form,
        act,
        template="stations/sheet_ask.html",
        field="proposal",
        desk=by.at_the_desk,
        title=f"已提出建议，办结：{issue.title}",
        verb_label="办结",
        lead="群众会读到是哪一件建议，可以在公开页面上看办理进度。",
        back=back,
        refusal=why_not_settle_issue(by, issue),
        **({} if by.at_the_desk else {"frame": "stations/frame.html"}),
    )


def issue_page(issue: Issue) -> str:
    return reverse("stations:issue", args=[issue.pk])


@require_POST
def propose_finding(request: Request, pk: int) -> HttpResponse:
    """The same of what a deputy found."""
    finding = get_object_or_404(Finding.objects.visible_to(request.actor), pk=pk)
    return redirect(begin_proposal_of_finding(finding, by=request.actor))
