"""小组 at the committee's desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import Request
from deputies.actions import groups
from deputies.forms.groups import ConvenorForm
from deputies.models import DeputyGroup
from deputies.permissions.groups import why_not_name_convenor


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def name_convenor(request: Request, pk: int) -> HttpResponse:
    """指定召集人: one of the group's deputies."""
    rows = DeputyGroup.objects.visible_to(request.actor).select_related("convenor")
    group = get_object_or_404(rows, pk=pk)
    today = clock.today()
    form = ConvenorForm(request.POST or None, group=group, today=today)
    if form.is_valid():
        deputy = form.cleaned_data["deputy"]
        try:
            groups.name_convenor(group, deputy=deputy, by=request.actor, today=today)
            messages.success(request, f"{deputy.name}是{group.name}的召集人了。")
            return redirect("admin:deputies_deputygroup_change", pk)
        except Refused as no:
            form.add_error("deputy", no.reason)
    refusal = why_not_name_convenor(request.actor, group, today=today)
    context = {"title": "指定召集人", "group": group, "form": form, "refusal": refusal}
    status = 400 if form.errors else 200
    return framed(request, "deputies/name_convenor.html", context, status=status)
