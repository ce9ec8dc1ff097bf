"""一个人: who they are, what they hold, what happened and when."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from congress.shared.names import display_name
from deputies.models import Deputy
from deputies.permissions import seats as reasons
from deputies.permissions.groups import why_not_move_member
from deputies.permissions.roster import why_not_open_account
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
