"""履职清单 at the desk: another wording of its categories, with what it moves said before."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import UNPROCESSABLE, Request
from deputies.actions import catalogue
from deputies.forms.catalogue import WordingForm
from deputies.permissions import why_not_change_wording
from deputies.queries import catalogue as queries


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def change_wording(request: Request) -> HttpResponse:
    """换分类口径: GET shows what would move, POST moves it."""
    today, by = clock.today(), request.actor
    start = {"from_on": date(today.year + 1, 1, 1)}
    form = WordingForm(request.POST or request.GET or None, initial=start)
    context: dict[str, object] = {"title": "换分类口径", "form": form}
    context["refusal"] = why_not_change_wording(by)
    if form.is_valid():
        chosen = form.cleaned_data
        if request.method == "POST":
            count = catalogue.change_wording(**chosen, by=by, today=today)
            messages.success(request, f"清单从 {chosen['from_on']} 起换分类，动了 {count} 个条目。")
            return redirect("admin:deputies_dutyitem_changelist")
        context |= {"moves": queries.moves(**chosen), "planned": queries.planned(**chosen).count()}
        context["refusal"] = why_not_change_wording(by, from_on=chosen["from_on"], today=today)
    status = UNPROCESSABLE if form.errors else 200
    return framed(request, "deputies/change_wording.html", context, status=status)
