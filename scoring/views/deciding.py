"""评定: everybody on one page, a page that says what will happen, and the lists for the meeting."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.desk import framed, refused
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, PDF, UNPROCESSABLE, Request, as_download
from congress.shared.roles import Role
from congress.shared.workflow import refuse_if
from scoring import decision_sheet as sheets
from scoring.actions import review
from scoring.forms.deciding import ONLY, DecideForm
from scoring.models import ReviewCycle
from scoring.permissions import why_not_decide
from scoring.permissions.publicity import publicity_until
from scoring.queries import deciding as queries
from scoring.queries.gathering import opinions_left
from scoring.queries.review import grade_counts, opinions_of, unverified
from scoring.rules import TOP_SHARE


def _one(request: Request, pk: int) -> ReviewCycle:
    rows = ReviewCycle.objects.visible_to(request.actor).select_related("assembly", "decided_by")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, pk: int) -> HttpResponse:
    """评定: the suggested grade preselected; checked, shown once more, then entered.

    A filter, an export and 再改一改 send the whole form, too: nothing chosen or typed is lost.
    """
    cycle, today = _one(request, pk), clock.today()
    refusal, rule = why_not_decide(request.actor, cycle, today), queries.Yardstick(today)
    if request.method != "POST":
        refuse_if(refusal)
    rows = queries.decision_rows(cycle, today, rule)
    asked = {name for name in ("check", "confirm", "export") if name in request.POST}
    bound, given = bool(asked & {"check", "confirm"}), request.POST or request.GET
    form = DecideForm(rows, rule, given, today=today, bound=bound)
    if refusal:
        back = reverse("scoring:cycle", args=[cycle.pk])
        return refused(request, refusal, words=form.words(), back=back)
    if "export" in asked:
        return _export(cycle, form, request.POST["export"])
    seen = queries.fingerprint(rows)
    if not form.is_valid():
        return _form(request, cycle, form, rows)
    if "confirm" not in asked:
        return _check(request, cycle, form, seen)
    if request.POST["confirm"] != seen:
        return _form(request, cycle, form, rows, changed=review.CHANGED)
    try:
        cycle = review.decide(
            cycle,
            minute=form.minute,
            met_on=form.day or today,  # a form without the day is not valid
            grades=form.decisions(),
            by=request.actor,
            seen=seen,
        )
    except Refused as no:
        return _form(request, cycle, form, rows, changed=no.reason)
    until = publicity_until(cycle)
    messages.success(
        request, f"已录入 {len(rows)} 人的评定，公示到 {until.month} 月 {until.day} 日。"
    )
    if warning := form.quota(TOP_SHARE.on(today)).words:
        messages.warning(request, warning)
    return redirect("scoring:cycle", cycle.pk)


def _form(
    request: Request,
    cycle: ReviewCycle,
    form: DecideForm,
    rows: list[queries.DecisionRow],
    changed: str = "",
) -> HttpResponse:
    today = clock.today()
    context = {
        "title": f"{cycle} · 常委会评定",
        "cycle": cycle,
        "form": form,
        "only": ONLY,
        "changed": changed,
        "quota": form.quota(TOP_SHARE.on(today)),
        "missing": opinions_left(cycle, today),
        "unverified": unverified(cycle),
        "delegations": queries.delegations_of(rows),
    }
    status = CONFLICT if changed else UNPROCESSABLE if form.wrong else 200
    return framed(request, "scoring/decide.html", context, status=status)


def _check(request: Request, cycle: ReviewCycle, form: DecideForm, seen: str) -> HttpResponse:
    today = clock.today()
    context = {
        "title": f"{cycle} · 请再看一遍",
        "cycle": cycle,
        "form": form,
        "seen": seen,
        "quota": form.quota(TOP_SHARE.on(today)),
        "until": publicity_until(cycle, today),
        "told": sum(line.row.deputy.user_id is not None for line in form.lines),
        "moved": form.moved_lines(),
        "barred": form.barred_lines(),
    }
    return framed(request, "scoring/decide_check.html", context)


def _export(cycle: ReviewCycle, form: DecideForm, kind: str) -> HttpResponse:
    shown = [line for line in form.lines if line.shown]
    counts = [(grade.name, sum(line.grade == grade for line in shown)) for grade in form.grades]
    return _file(cycle, sheets.before(shown), kind, f"{cycle.year} 年度评定表（会前）", counts)


@require_safe
def decision_sheet(request: Request, pk: int) -> HttpResponse:
    """评定表: what was decided, as a table or on paper, for the office and the committee."""
    if not (request.actor.at_deputy_office or request.actor.is_a(Role.LEADER)):
        raise PermissionDenied
    cycle = _one(request, pk)
    if cycle.decided_at is None:
        raise Http404
    rows = cycle.gradings.with_standing_grade().select_related("deputy", "suggested")
    gradings = list(rows.prefetch_related("vetoes__kind").order_by("deputy__stroke_key", "pk"))
    lines = sheets.after(gradings, opinions_of(cycle), queries.places_of(cycle, gradings))
    kind = request.GET.get("as", "pdf")
    return _file(cycle, lines, kind, f"{cycle.year} 年度评定表", grade_counts(cycle))


def _file(
    cycle: ReviewCycle,
    lines: list[sheets.SheetLine],
    kind: str,
    title: str,
    counts: list[tuple[str, int]],
) -> HttpResponse:
    if kind == "xlsx":
        return as_download(sheets.decision_xlsx(cycle, lines, title=title), f"{title}.xlsx")
    pdf = sheets.decision_pdf(cycle, lines, title=title, counts=counts, made_at=clock.now())
    return as_download(pdf, f"{title}.pdf", PDF)
