"""联系记录: a holder's own page on the phone; the desk reads, and writes for them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from deputies.actions import liaison as verbs
from deputies.forms.liaison import ContactForm
from deputies.models import ContactRecord, Liaison
from deputies.permissions import liaison as reasons
from deputies.queries import liaison as queries
from deputies.states import ContactWay, LiaisonKind

BOTH = ("GET", "HEAD", "POST")


@require_safe
def contacts(request: Request) -> HttpResponse:
    """我联系的: whom, when last; longest ago first."""
    today = clock.today()
    context = {
        "kept": queries.own_contacts(request.actor, today),
        "records": queries.records(request.actor),
        "quarter": queries.quarter_of(today)[1],
    }
    return render(request, "deputies/contacts.html", context)


def _one(request: Request, pk: int) -> Liaison:
    rows = Liaison.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("holder", "deputy", "area", "group"), pk=pk)


@require_safe
@at_the_desk
def liaison(request: Request, pk: int) -> HttpResponse:
    """一项联系 with all its records, at the desk."""
    row, by = _one(request, pk), request.actor
    context = {
        "title": str(row),
        "row": row,
        "records": row.contacts.select_related("made_by"),
        "no_record": reasons.why_not_record_contact(by, row, today=clock.today()),
        "no_end": reasons.why_not_end_liaison(by, row, today=clock.today()),
        "is_staff": by.is_staff,
    }
    return framed(request, "deputies/liaison.html", context)


@require_http_methods(BOTH)
def record_contact(request: Request, pk: int) -> HttpResponse:
    """登记联系: by the holder, or at the desk for them."""
    row, today, by = _one(request, pk), clock.today(), request.actor
    guess = ContactWay.GUIDE if row.kind == LiaisonKind.DIRECTOR else ContactWay.VISIT
    form = ContactForm(request.POST or None, initial={"done_on": today, "way": guess})
    own = reverse("deputies:contacts")
    back = reverse("deputies:liaison", args=[pk]) if by.at_the_desk else own

    def act() -> tuple[str, str]:
        said = form.cleaned_data | {"way": ContactWay(form.cleaned_data["way"])}
        verbs.record_contact(row, **said, by=by, today=today)
        return f"登记好了：{row.target}。", back

    return asked(
        request,
        form,
        act,
        template="deputies/liaison_form.html" if by.at_the_desk else "ask.html",
        field="done_on",
        desk=by.at_the_desk,
        title=f"登记联系：{row.target}",
        verb_label="登记",
        back=back,
        refusal=reasons.why_not_record_contact(by, row, today=today),
    )


@require_POST
def withdraw_contact(request: Request, pk: int) -> HttpResponse:
    """撤回登记: a slip of the pen."""
    rows = ContactRecord.objects.visible_to(request.actor).select_related("liaison__holder")
    row = get_object_or_404(rows, pk=pk)
    verbs.withdraw_contact(row, by=request.actor, today=clock.today())
    messages.success(request, "已撤回这次登记。")
    if request.actor.at_the_desk:
        return redirect("deputies:liaison", row.liaison_id)
    return redirect("deputies:contacts")
