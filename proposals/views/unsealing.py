"""评价名册、评价拆看: what there is, and for the two what it says."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from proposals.actions import unsealing
from proposals.models import Rating, RatingOpening
from proposals.permissions import why_not_refuse_opening, why_not_request_opening
from proposals.queries import rating_list as queries
from proposals.rehandling_forms import OpeningForm, RefuseOpeningForm
from proposals.rules import RATING_OPENING_DAYS
from proposals.views.filtering import year_of

ON_A_PAGE = 50


@require_safe
@at_the_desk
def rating_list(request: Request) -> HttpResponse:
    """评价名册: existence, day and commitment."""
    _only_who_may_list(request)
    today = clock.today()
    year = year_of(request, today)
    page = Paginator(queries.of_year(year), ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "title": "评价名册",
        "year": year,
        "years": queries.years(today),
        "page": page,
        "lines": queries.listed(list(page), request.actor, today),
    }
    return framed(request, "proposals/rating_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def request_opening(request: Request, pk: int) -> HttpResponse:
    """申请拆看…"""
    _only_who_may_list(request)
    rating, today = get_object_or_404(Rating, pk=pk), clock.today()
    form = OpeningForm(request.POST or None)

    def act() -> tuple[str, str]:
        reason = form.cleaned_data["reason"]
        unsealing.request_opening(rating, reason=reason, by=request.actor, today=today)
        return "已申请拆看，审计员和别的主任会收到通知。", queries.list_of(rating)

    return asked(
        request,
        form,
        act,
        template="proposals/request_opening.html",
        title="申请拆看评价",
        rating=rating,
        listed_at=queries.list_of(rating),
        days=RATING_OPENING_DAYS.on(today),
        refusal=why_not_request_opening(request.actor, rating, today),
    )


@require_POST
@at_the_desk
def approve_opening(request: Request, pk: int) -> HttpResponse:
    """同意拆看."""
    _only_who_may_list(request)
    opening = get_object_or_404(RatingOpening, pk=pk)
    unsealing.approve_opening(opening, by=request.actor, today=clock.today())
    messages.success(request, "已同意拆看，评价的代表已收到通知。")
    return redirect("proposals:opened_rating", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def refuse_opening(request: Request, pk: int) -> HttpResponse:
    """不予拆看…"""
    _only_who_may_list(request)
    opening, today = get_object_or_404(RatingOpening, pk=pk), clock.today()
    form = RefuseOpeningForm(request.POST or None)

    def act() -> tuple[str, str]:
        reason = form.cleaned_data["reason"]
        unsealing.refuse_opening(opening, reason=reason, by=request.actor, today=today)
        return "已答复不予拆看，申请的人会收到通知。", queries.list_of(opening.rating)

    return asked(
        request,
        form,
        act,
        template="proposals/refuse_opening.html",
        title="不予拆看评价",
        opening=opening,
        listed_at=queries.list_of(opening.rating),
        refusal=why_not_refuse_opening(request.actor, opening),
    )


@require_safe
@at_the_desk
def opened_rating(request: Request, pk: int) -> HttpResponse:
    """拆看: the ballot itself, for the two and for some days."""
    rows = RatingOpening.objects.select_related("asked_by", "opened_by", "rating__deputy")
    opening, today = get_object_or_404(rows, pk=pk), clock.today()
    if not opening.is_open_to(request.actor, today):
        raise PermissionDenied
    context: dict[str, object] = {
        "title": "拆看评价",
        "opening": opening,
        "rating": opening.rating,
        "said": queries.said(opening, today),
        "listed_at": queries.list_of(opening.rating),
    }
    return framed(request, "proposals/opened_rating.html", context)


def _only_who_may_list(request: Request) -> None:
    if not queries.may_list(request.actor):
        raise PermissionDenied
