"""催办: what beat writes of the last days that come near or are past."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.models import Notice
from congress.shared.workflow import in_turn
from proposals.models import Reminder
from proposals.queries.reminding import Due, Seat, digest, due_reminders


@transaction.atomic
def remind_due(today: date) -> int:
    """One digest for each person and day, of every distance reached and not yet told of.

    How many people were reminded; a second run of the day reminds nobody.
    """
    in_turn("proposals.remind_due")
    key = f"proposal.due:{today}"
    had = set(Notice.objects.filter(key=key).values_list("person", flat=True))
    found = [dues for who, dues in due_reminders(today).items() if who not in had]
    for dues in found:
        notices.write([dues[0].person], key=key, text=digest(dues), link=_place(dues))
    Reminder.objects.bulk_create(
        Reminder(
            assignment=due.part,
            person=due.person,
            distance=due.distance,
            due_on=due.due_on,
            told_on=today,
        )
        for dues in found
        for due in dues
    )
    return len(found)


def _place(dues: list[Due]) -> str:
    """A single one leads to its page, more to the list of those that wait."""
    if len(dues) == 1:
        page = "proposals:case" if dues[0].of_unit else "proposals:dossier"
        return reverse(page, args=[dues[0].part.proposal_id])
    if dues[0].of_unit:
        return reverse("proposals:unit_desk")
    if dues[0].seat == Seat.TOWNSHIP:
        return f"{reverse('proposals:in_hand')}?light=late"
    return f"{reverse('admin:proposals_proposal_changelist')}?timing=late"
