"""办理动态: what happened to the proposals that are one's own, and one proposal's whole course."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import framed
from congress.shared.http import Request, as_download
from proposals import documents
from proposals.models import Proposal
from proposals.queries import became, timeline

PAGE = 30


@require_safe
def news(request: Request) -> HttpResponse:
    """办理动态, the newest first: a deputy's own, a unit's own, all for the office."""
    page = Paginator(timeline.news(request.actor), PAGE).get_page(request.GET.get("page"))
    lines = timeline.lines(page.object_list, request.actor, clock.today())
    opens = timeline.opened_from(lines, request.actor)
    opens |= became.told_of(request.actor, timeline.named_in(lines) - opens)
    context = {"title": "办理动态", "page": page, "lines": lines, "opens": opens}
    if request.actor.at_the_desk:
        return framed(request, "proposals/news_desk.html", context)
    return render(request, "proposals/news.html", context)


@require_safe
def events_export(request: Request, pk: int) -> HttpResponse:
    """办理经过导出: the very lines that this reader's page shows."""
    rows = Proposal.objects.visible_to(request.actor) | Proposal.objects.asking(request.actor)
    proposal, today = get_object_or_404(rows.distinct(), pk=pk), clock.today()
    lines = timeline.timeline(proposal, request.actor, today)
    name = f"{proposal.number or proposal.pk}办理经过.xlsx"
    return as_download(documents.events_sheet(proposal.title, lines), name)
