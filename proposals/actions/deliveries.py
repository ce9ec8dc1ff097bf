"""送达: who of a unit looked first, and a reminder to the units of which nobody has looked."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.models import Organisation, User
from congress.shared.workflow import record, refuse_if
from proposals.actions.locking import parts_locked
from proposals.models import Assignment, Opening
from proposals.permissions.deliveries import sending_of, why_not_remind
from proposals.queries.people import of_units
from proposals.states import Sending
from proposals.titles import named, short

NAMED = 3
"""How many proposals one reminder names."""


def note_openings(parts: Iterable[Assignment], person: User | None) -> None:
    """首次打开: this person of the unit has now seen these; the first one counts.

    A part of two pages and no verb: it is written when they are read, decides nothing, and the
    receipt is its own trail (docs/decisions/0025-a-receipt-is-its-own-trail.md).
    """
    rows = [
        Opening(assignment=part, sending=sending, opened_by=person)
        for part in parts
        if person and (sending := sending_of(part))
    ]
    known = set(
        Opening.objects.filter(assignment__in=[row.assignment for row in rows]).values_list(
            "assignment", "sending"
        )
    )
    new = [row for row in rows if (row.assignment.pk, row.sending) not in known]
    if new:
        Opening.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def remind(parts: Iterable[Assignment], *, by: Actor, today: date) -> int:
    """催看: the people of each unit are told once today of what none of them has opened."""
    reason: str | None = None
    due: dict[tuple[Organisation, Sending], list[Assignment]] = defaultdict(list)
    for found in parts_locked(parts):
        refusal, sending = why_not_remind(by, found, today), sending_of(found)
        reason = refusal or reason
        if sending and not refusal:
            due[found.unit, sending].append(found)
    refuse_if(None if due else reason or "请至少选一份。")
    for (unit, sending), own in due.items():
        notices.write(
            of_units([unit], today),
            key=f"proposal.unopened:{today}:{own[0].pk}",
            text=_words(own, sending),
            link=_place(own, sending),
        )
        for part in own:
            part.reminded_on = today
            part.save(update_fields=["reminded_on"])
            record(part, "unit_reminded", by=by, note=f"催{unit.name}打开{sending.label}。")
    return sum(len(own) for own in due.values())


def _words(parts: list[Assignment], sending: Sending) -> str:
    names = [f"{part.proposal.number}“{short(part.proposal.title)}”" for part in parts]
    head = f"代工委提醒：{sending.label}给本单位的 {len(parts)} 件还没有人打开："
    return named(head, names, most=NAMED, between="、")


def _place(parts: list[Assignment], sending: Sending) -> str:
    if sending == Sending.REHEARSAL:
        return reverse("proposals:planned")
    if len(parts) == 1:
        return reverse("proposals:case", args=[parts[0].proposal_id])
    return reverse("proposals:unit_desk")
