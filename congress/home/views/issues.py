"""据民情写建议: from a matter at a station to a draft among proposals."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from congress.home.proposing import begin_proposal, begin_proposal_of_finding
from congress.shared.http import Request
from stations.models import Finding, Issue


@require_POST
def propose_issue(request: Request, pk: int) -> HttpResponse:
    """The draft opens with what was heard; the deputy goes on writing."""
    issue = get_object_or_404(Issue.objects.visible_to(request.actor), pk=pk)
    return redirect(begin_proposal(issue, by=request.actor))


@require_POST
def propose_finding(request: Request, pk: int) -> HttpResponse:
    """The same of what a deputy found."""
    finding = get_object_or_404(Finding.objects.visible_to(request.actor), pk=pk)
    return redirect(begin_proposal_of_finding(finding, by=request.actor))
