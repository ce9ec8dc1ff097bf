"""待审查: its list, the table of it, and many accepted at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.desk import framed, in_an_office
from congress.shared.errors import Refused
from congress.shared.http import Request, as_download, row_number
from congress.shared.workbook import workbook
from proposals.actions import review as reviewing
from proposals.models import Proposal
from proposals.queries import reviewing as waiting
from proposals.views import queue


@require_safe
@in_an_office
def to_review(request: Request) -> HttpResponse:
    """待审查: the first of the list is open, or the one asked for."""
    return queue.page(request, request.GET)


@require_safe
@in_an_office
def to_review_export(request: Request) -> HttpResponse:
    """The list as it is filtered and sorted, every page of it."""
    by, today = request.actor, clock.today()
    wanted = queue.asked(request, request.GET).wanted()
    rows = waiting.waiting(wanted, by).prefetch_related("cosignatures")
    book = workbook("待审查建议", waiting.HEAD, waiting.sheet(list(rows), by, today))
    return as_download(book, f"待审查建议 {today:%Y-%m-%d}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@in_an_office
def accept_chosen(request: Request) -> HttpResponse:
    """批量受理: first what it would touch; then each by itself, and what was not taken is said."""
    sent = request.POST if request.method == "POST" else request.GET
    numbers = {row_number(each) for each in sent.getlist("chosen")}
    chosen = waiting.chosen(numbers, request.actor, clock.today())
    if request.method != "POST":
        context = {"title": "批量受理", "chosen": chosen, "asked": len(numbers)}
        return framed(request, "proposals/accept_chosen.html", context)
    done = [row for row in chosen.able if _accepted(request, row)]
    if done:
        messages.success(request, f"已受理 {len(done)} 件。")
    for row, reason in chosen.left:
        messages.warning(request, f"没有受理“{row.title}”：{reason}")
    if gone := len(numbers) - len(chosen.able) - len(chosen.left):
        messages.warning(request, f"{gone} 件已经不在待审查，没有再动。")
    return redirect(reverse("proposals:to_review"))


def _accepted(request: Request, row: Proposal) -> bool:
    """Taken in by itself: what goes wrong with one stops no other."""
    try:
        digest = request.POST.get(f"digest_{row.pk}", "")
        reviewing.accept(row, by=request.actor, today=clock.today(), digest=digest)
    except Refused as refusal:
        messages.warning(request, f"没有受理“{row.title}”：{refusal}")
        return False
    return True
