"""确认导入: the roster goes in with its homes, stations and postings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from congress.shared import clock
from congress.shared.desk import at_the_desk
from congress.shared.http import Request
from deputies.models import RosterImport
from stations.actions import places


@require_POST
@at_the_desk
def apply_roster(request: Request, pk: int) -> HttpResponse:
    """确认导入: back on the preview page, which now says who imported it and when."""
    batch = get_object_or_404(RosterImport.objects.visible_to(request.actor), pk=pk)
    places.apply_roster(batch, by=request.actor, today=clock.today())
    messages.success(request, f"“{batch.file_name}”已导入。")
    return redirect("deputies:preview", pk)
