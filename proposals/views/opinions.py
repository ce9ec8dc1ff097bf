"""会办、协办意见."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, Request
from proposals.actions import opinions
from proposals.handling_forms import OpinionForm
from proposals.models import Assignment
from proposals.permissions import why_not_send_opinion
from proposals.views.units import case_page, own_part


@require_POST
def send_opinion(request: Request, pk: int) -> HttpResponse:
    """报送意见 after the version that the page showed; a conflict gives the own text back."""
    part = own_part(request, pk)
    form = OpinionForm(request.POST, part=part)
    if not form.is_valid():
        return case_page(request, part, opinion=form)
    said, before = dict(form.cleaned_data), part.opinions.count()
    said["follows"] = said["follows"] or 0
    try:
        sent = opinions.send_opinion(part, by=request.actor, today=clock.today(), **said)
    except Refused as refusal:
        if why_not_send_opinion(request.actor, part):
            raise
        return _after_the_newest(request, part, refusal)
    new = sent.version > before
    words = "意见已送主办单位，代表和公众看不到。" if new else "这份意见已经报送，没有再报一版。"
    messages.success(request, words)
    return redirect("proposals:case", pk)


def _after_the_newest(request: Request, part: Assignment, refusal: Refused) -> HttpResponse:
    """What was typed, knowing of the newest version now, which the page shows."""
    typed = request.POST.copy()
    typed["follows"] = str(part.opinions.count())
    form = OpinionForm(typed, part=part)
    form.add_error(None, refusal.reason)
    return case_page(request, part, opinion=form, status=CONFLICT)
