"""会办、协办意见."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from congress.shared import clock
from congress.shared.http import Request
from proposals.actions import opinions
from proposals.handling_forms import OpinionForm
from proposals.views.units import case_page, own_part


@require_POST
def send_opinion(request: Request, pk: int) -> HttpResponse:
    """报送意见."""
    part = own_part(request, pk)
    form = OpinionForm(request.POST, session=part.proposal.session)
    if not form.is_valid():
        return case_page(request, part, opinion=form)
    opinions.send_opinion(part, by=request.actor, today=clock.today(), **form.cleaned_data)
    messages.success(request, "意见已送主办单位，代表和公众看不到。")
    return redirect("proposals:case", pk)
