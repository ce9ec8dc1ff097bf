"""积分: a deputy's own year with every line, the rule books, and a line reversed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import refused_in, status_of
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import UNPROCESSABLE, Request
from deputies.models import Deputy
from scoring.actions import posting, rules
from scoring.forms.board import DayForm
from scoring.forms.points import AdoptForm, ReverseForm, YearForm
from scoring.models import Entry
from scoring.permissions import why_not_adopt_default, why_not_reverse
from scoring.queries import board as ranking
from scoring.queries import statement


@require_safe
def points(request: Request) -> HttpResponse:
    """我的积分: total, rank, and why of every line."""
    deputy = get_object_or_404(Deputy.objects.of_user(request.user))
    found = _year(request, deputy) | {"mine": True}
    return render(request, "scoring/points.html", found, status=400 if found["slip"] else 200)


@require_safe
@at_the_desk
def points_of(request: Request, pk: int) -> HttpResponse:
    """某位代表的积分, for the desk: the same page that the deputy sees."""
    deputy = get_object_or_404(Deputy.objects.visible_to(request.actor, clock.today()), pk=pk)
    found = _year(request, deputy)
    status = 400 if found["slip"] else 200
    return framed(request, "scoring/points_of.html", found, status=status)


def _year(request: Request, deputy: Deputy) -> dict[str, object]:
    today, places = clock.today(), statement.assemblies(deputy)
    years = ranking.years(today)
    day = DayForm(request.GET, today=today)
    on = day.past()
    form = YearForm(request.GET, years=years, assemblies=places)
    assembly, year, _ = form.choice(on or today)
    only = request.GET.get("only", "")
    found = None
    if assembly:
        found = statement.statement(deputy, assembly, year, today, only=only, on=on)
    return {
        "title": f"{deputy.name}的积分",
        "deputy": deputy,
        "places": places,
        "assembly": assembly,
        "years": years,
        "year": year,
        "on": on,
        "slip": day.slip,
        "statement": found,
        "only": only,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def reverse(request: Request, pk: int) -> HttpResponse:
    """冲销一笔."""
    people = ("deputy__user", "record__item", "assembly", "rule__book")
    rows = Entry.objects.visible_to(request.actor).select_related(*people)
    entry = get_object_or_404(rows, pk=pk)
    form = ReverseForm(request.POST or None)
    if form.is_valid():
        posting.reverse(entry, by=request.actor, **form.cleaned_data)
        messages.success(request, f"已冲销 {entry.points} 分，总分和名次已更新。")
        return redirect("scoring:points_of", entry.deputy_id)
    refusal = why_not_reverse(request.actor, entry)
    context: dict[str, object] = {"title": "冲销一笔", "entry": entry, "form": form}
    context |= {"refusal": refusal}
    status = UNPROCESSABLE if form.errors else 200
    return framed(request, "scoring/reverse.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def adopt_default(request: Request) -> HttpResponse:
    """启用默认积分表."""
    form = AdoptForm(request.POST or None)
    if form.is_valid():
        try:
            book = rules.adopt_default(by=request.actor, **form.cleaned_data)
            messages.success(request, f"{book}已启用，{book.from_on} 起的履职按它记分。")
            return redirect("admin:scoring_rulebook_change", book.pk)
        except Refused as no:
            refused_in(form, None, no)
    context: dict[str, object] = {"title": "启用默认积分表", "form": form}
    context |= {"refusal": why_not_adopt_default(request.actor)}
    status = status_of(form)
    return framed(request, "scoring/adopt_default.html", context, status=status)
