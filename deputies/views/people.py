"""一个人: who they are, what they hold, what happened and when."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from congress.shared.names import display_name
from deputies.actions import people
from deputies.forms.people import CorrectForm
from deputies.models import Deputy
from deputies.permissions import seats as reasons
from deputies.permissions.groups import why_not_move_member
from deputies.permissions.roster import why_not_correct_person, why_not_open_account
from deputies.queries import history, seats
from deputies.queries.import_rows import masked


@require_safe
@at_the_desk
def person(request: Request, pk: int) -> HttpResponse:
    """代表: the head, the verbs, and the whole history as dated rows."""
    today, by = clock.today(), request.actor
    rows = Deputy.objects.visible_to(by, today).select_related("user")
    deputy = get_object_or_404(rows, pk=pk)
    context = {
        "title": deputy.name,
        "deputy": deputy,
        "name": display_name(deputy.name),
        "phone": deputy.phone if by.is_staff else masked(deputy.phone),
        "seats": seats.seat_lines(deputy, by, today),
        "group": deputy.membership_set.running(today).select_related("group__area").first(),
        "pledges": deputy.pledges.all(),
        "posts": deputy.committee_posts.running(today),
        "contacted": deputy.contacted_by.running(today).select_related("holder").first(),
        "is_staff": by.is_staff,
        "resting": deputy.suspensions.running(today).first(),
        "rows": history.rows(deputy),
        "why_not": {
            "suspend": reasons.why_not_suspend(by, deputy, today=today),
            "reinstate": reasons.why_not_reinstate(by, deputy, today=today),
            "move_member": why_not_move_member(by, deputy, today=today),
            "open_account": why_not_open_account(by, deputy),
        },
    }
    return framed(request, "deputies/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def correct_person(request: Request, pk: int) -> HttpResponse:
    """更正资料: what is wrong in the register, put right without a sheet."""
    by, back = request.actor, reverse("deputies:person", args=[pk])
    rows = Deputy.objects.visible_to(by, clock.today()).select_related("user")
    deputy = get_object_or_404(rows, pk=pk)
    form = CorrectForm(request.POST or None, deputy=deputy)

    def act() -> tuple[str, str]:
        corrected = people.correct_person(deputy, facts=form.cleaned_data, by=by)
        return f"{corrected.name}的资料已更正。", back

    return asked(
        request,
        form,
        act,
        template="deputies/liaison_form.html",
        title=f"更正资料：{deputy.name}",
        verb_label="更正",
        back=back,
        refusal=why_not_correct_person(by, deputy),
    )
