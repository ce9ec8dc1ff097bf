"""送达情况: the office sees which unit has not looked yet, and reminds it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request, as_download, row_number
from proposals import documents
from proposals.actions import deliveries
from proposals.models import Sheet
from proposals.permissions import why_not_remind
from proposals.queries import deliveries as queries

ON_A_PAGE = 50


def _asked(request: Request) -> tuple[str, int]:
    """Which ones and of which sheet; anything unknown asks for those not opened, of all."""
    only, sheet = request.GET.get("only", ""), row_number(request.GET.get("sheet", ""))
    return (only if only in dict(queries.ONLY) else "unopened"), sheet or 0


@require_safe
@at_the_desk
def delivery_list(request: Request) -> HttpResponse:
    """送达情况."""
    only, sheet = _asked(request)
    seen = queries.deliveries(clock.today(), only=only, sheet=sheet)
    page = Paginator(seen.shown, ON_A_PAGE).get_page(request.GET.get("page"))
    left = any(each.may_remind for each in page.object_list)
    context: dict[str, Any] = {
        "title": "送达情况",
        "seen": seen,
        "page": page,
        "no_more": "" if left else "这一页的今天都催过了，明天可以再催。",
        "only": only,
        "sheet": Sheet.objects.filter(pk=sheet).first(),
        "choices": [(key, word, seen.counts[key]) for key, word in queries.ONLY],
        "refusal": why_not_remind(request.actor),
    }
    return framed(request, "proposals/deliveries.html", context)


@require_safe
@at_the_desk
def delivery_export(request: Request) -> HttpResponse:
    """导出: what the list shows."""
    only, sheet = _asked(request)
    today = clock.today()
    seen = queries.deliveries(today, only=only, sheet=sheet)
    return as_download(documents.delivery_sheet(seen.shown), f"送达情况-{today}.xlsx")


@require_POST
@at_the_desk
def remind(request: Request) -> HttpResponse:
    """催看: those that were ticked."""
    numbers = [row_number(each) for each in request.POST.getlist("part")]
    chosen = queries.sent().filter(pk__in=[each for each in numbers if each])
    told = deliveries.remind(chosen, by=request.actor, today=clock.today())
    missed = len(chosen) - told
    more = f"，另有 {missed} 份刚刚打开或者今天催过" if missed else ""
    messages.success(request, f"已催 {told} 份，各单位会收到通知{more}。")
    return redirect(reverse("proposals:delivery_list"))
