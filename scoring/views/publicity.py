"""公示、我的评定、通报: what everybody sees, what is one's own, and what a group is told."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.desk import framed
from congress.shared.http import Request, open_page, row_number
from congress.shared.texts import one_line
from scoring.actions import publicity as actions
from scoring.models import ReviewCycle
from scoring.permissions import why_not_finalise
from scoring.permissions.publicity import late_words, publicity_until
from scoring.queries import publicity as queries
from scoring.queries import results
from scoring.queries.review import grade_counts

LONGEST_NAME = 40


@open_page
def publicity(request: Request) -> HttpResponse:
    """评定公示: name, delegation, grade and stars of those who have a grade; open to everybody."""
    cycles = queries.running(clock.today())
    chosen = row_number(request.GET.get("cycle", ""))
    cycle = next((each for each in cycles if each.pk == chosen), cycles[0] if cycles else None)
    name = one_line(request.GET.get("q", ""))[:LONGEST_NAME]
    context: dict[str, object] = {"cycles": cycles, "cycle": cycle, "name": name}
    if cycle:
        context["publicity"] = queries.publicity(cycle, name)
    return render(request, "scoring/publicity.html", context)


@require_safe
def my_grading(request: Request) -> HttpResponse:
    """我的评定: the whole decision explained to whom it is about."""
    rows = results.own_gradings(request.actor)
    chosen = row_number(request.GET.get("grading", ""))
    grading = next((row for row in rows if row.pk == chosen), rows[0] if rows else None)
    context: dict[str, object] = {"rows": rows, "grading": grading}
    if grading:
        context["seen"] = results.explained(grading, request.actor, clock.today())
    return render(request, "scoring/my_grading.html", context)


@require_safe
def told(request: Request) -> HttpResponse:
    """通报: the results of the people of one's group, township or electing unit."""
    if not results.is_told(request.actor):
        raise PermissionDenied
    rows = results.told_to(request.actor, clock.today())
    return render(request, "scoring/told.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def finalise(request: Request, pk: int) -> HttpResponse:
    """结束公示、通报结果, after a page that says who is told what."""
    rows = ReviewCycle.objects.visible_to(request.actor).select_related("assembly", "decided_by")
    cycle, today = get_object_or_404(rows, pk=pk), clock.today()
    if cycle.decided_at is None:
        raise Http404
    if request.method == "POST":
        cycle = actions.finalise(cycle, by=request.actor, today=today)
        messages.success(request, f"{cycle}的结果已经通报，正在归档。")
        return redirect("scoring:cycle", cycle.pk)
    context = {
        "title": f"{cycle} · 结束公示、通报结果",
        "cycle": cycle,
        "until": publicity_until(cycle),
        "grades": grade_counts(cycle),
        "late": late_words(cycle, today),
        "refusal": why_not_finalise(request.actor, cycle, today),
    }
    return framed(request, "scoring/finalise.html", context)
