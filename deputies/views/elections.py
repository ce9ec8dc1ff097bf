"""补选 at the desk: somebody new, or a person the register knows, into a vacant seat."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from congress.shared import clock
from congress.shared.asking import refused_in, status_of
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import Request
from congress.shared.models import Term
from deputies.actions import seats
from deputies.forms.elections import ByElectForm
from deputies.permissions import seats as reasons
from deputies.queries import seats as queries


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def by_elect(request: Request, pk: int) -> HttpResponse:
    """补选: into a vacancy of this term (选举法第五十七条)."""
    terms = Term.objects.select_related("assembly__level")
    term, today, by = get_object_or_404(terms, pk=pk), clock.today(), request.actor
    asked = str(request.GET.get("q", ""))
    known = queries.may_be_elected(asked, str(request.POST.get("name", "")))
    start = {"decided_on": today, "effective_on": today}
    form = ByElectForm(request.POST or None, term=term, known=known, initial=start)
    if form.is_valid():
        try:
            change = seats.by_elect(
                form.person, seat=form.seat, decision=form.decision, by=by, today=today
            )
            name = change.mandate.deputy.name
            messages.success(request, f"已登记，{name}补选为{term}代表。接着可以制作公告、开户。")
            return redirect("deputies:person", change.mandate.deputy_id)
        except Refused as no:
            refused_in(form, None, no)
    context = {
        "title": f"补选：{term}",
        "term": term,
        "form": form,
        "asked": asked,
        "known": known,
        "refusal": reasons.why_not_by_elect(by, term, today=today),
    }
    return framed(request, "deputies/by_elect.html", context, status=status_of(form))
