"""公布满意度: the office's page, and the page that everybody reads."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import framed, in_an_office
from congress.shared.http import Request, open_page, row_number
from congress.shared.models import Assembly
from proposals.actions import releasing
from proposals.permissions.releases import why_not_release_ratings
from proposals.queries import releases
from proposals.queries.congresses import congress_of
from proposals.views.filtering import none_yet, typed_year, year_of


@require_safe
@in_an_office
def releases_page(request: Request) -> HttpResponse:
    """满意度公布: what waits, why not yet, and what has been released."""
    today = clock.today()
    assembly = congress_of(request.actor)
    known = releases.years(assembly)
    year = year_of(request, today, bare=known[0] if known else None)
    waiting = releases.replies_of(assembly, year) if assembly else []
    refusal, held_up = None, releases.held_up(waiting)
    if assembly:
        refusal = why_not_release_ratings(request.actor, assembly) or releases.still_open(
            waiting, today
        )
        refusal = refusal or held_up or (None if waiting else f"{year} 年没有等着公布的评价。")
    context: dict[str, object] = {
        "title": "满意度公布",
        "assembly": assembly,
        "year": year,
        "years": sorted({today.year, *known}, reverse=True),
        "none_yet": none_yet(request, year, today),
        "held_up": held_up,
        "waiting": waiting,
        "waiting_withheld": sum(map(releases.is_withheld, waiting)),
        "refusal": refusal,
        "limits": releases.limits_on(today),
        "tables": releases.released(year, assembly) if assembly else [],
    }
    return framed(request, "proposals/releases.html", context)


@require_POST
@in_an_office
def release_ratings(request: Request) -> HttpResponse:
    """公布满意度."""
    assembly = get_object_or_404(Assembly, pk=row_number(request.POST.get("assembly", "")))
    year = typed_year(request, "满意度公布", "公布")
    release = releasing.release_ratings(assembly, year=year, by=request.actor, today=clock.today())
    said = f"已公布{release}，以后不再重新计算。"
    if not release.round:
        said = "已办。这些答复都是整件不公开的建议的，没有可以公布的数；积分、重新办理照常。"
    messages.success(request, said)
    return redirect(f"{reverse('proposals:releases')}?year={year}")


@open_page
def satisfaction(request: Request) -> HttpResponse:
    """满意度: released figures alone, with how many forms came back."""
    return render(request, "proposals/satisfaction.html", {"tables": releases.released()})
