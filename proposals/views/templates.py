"""答复常用语."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from congress.shared.http import UNPROCESSABLE, Request
from congress.shared.roles import UNIT
from proposals.actions import templates
from proposals.handling_forms import TemplateForm
from proposals.queries import units


@require_http_methods(["GET", "HEAD", "POST"])
def save_template(request: Request) -> HttpResponse:
    """常用语: the unit's own, and a form for one more."""
    if request.actor.role not in UNIT:
        raise Http404
    form = TemplateForm(request.POST or None)
    if form.is_valid():
        template = templates.save_template(by=request.actor, **form.cleaned_data)
        messages.success(request, f"已存为常用语“{template.name}”。")
        return redirect("proposals:save_template")
    context = {"form": form, "templates": units.templates(request.actor)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "proposals/reply_templates.html", context, status=status)


@require_POST
def delete_template(request: Request, pk: int) -> HttpResponse:
    """删除常用语."""
    template = get_object_or_404(units.templates(request.actor), pk=pk)
    templates.delete_template(template, by=request.actor)
    messages.success(request, f"已删除常用语“{template.name}”。")
    return redirect("proposals:save_template")
