"""归档进度: the bar that asks for itself, and the retry of what could not be made."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from congress.shared import clock
from congress.shared.http import Request
from scoring.actions import sealing
from scoring.models import ReviewCycle
from scoring.permissions import why_not_retry_file
from scoring.queries import sealing as queries
from scoring.states import CycleState


def sealing_of(request: Request, cycle: ReviewCycle) -> dict[str, object]:
    """What the bar and the list below it show."""
    now = clock.now()
    return {
        "progress": queries.progress(cycle, now),
        "failures": queries.failures(cycle, now),
        "why_not_retry": why_not_retry_file(request.actor),
    }


def progress_part(request: Request, cycle: ReviewCycle) -> HttpResponse:
    """The bar alone; the whole page comes anew when the last file is made."""
    context = {"cycle": cycle, **sealing_of(request, cycle)}
    part = render(request, "scoring/_sealing.html", context)
    if cycle.state == CycleState.SEALED:
        part["HX-Refresh"] = "true"
    return part


@require_POST
def retry_file(request: Request, pk: int) -> HttpResponse:
    """重试 one, or all that could not be made."""
    cycle = get_object_or_404(ReviewCycle.objects.visible_to(request.actor), pk=pk)
    chosen = request.POST.get("grading", "")
    if chosen:
        rows = cycle.gradings.select_related("deputy")
        grading = get_object_or_404(rows, pk=chosen if chosen.isdecimal() else 0)
        sealing.retry_file(grading, by=request.actor)
        messages.success(request, f"{grading.deputy.name}的档案马上重做，几秒钟后看结果。")
    else:
        count = sealing.retry_file_all(cycle, by=request.actor)
        messages.success(request, f"没有做成的 {count} 份档案马上重做。")
    return redirect("scoring:cycle", cycle.pk)
