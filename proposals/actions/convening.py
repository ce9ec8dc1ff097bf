"""当面协商: after a further answer that still does not do, both sides sit down with the office."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.actions.locking import part_locked
from proposals.models import Convening, Rehandling
from proposals.permissions.rehandling import why_not_convene, why_not_record_convening
from proposals.queries.people import heads_of, of_unit_part
from proposals.queries.speaking import hearers
from proposals.rating_states import ConveningState


@transaction.atomic
def convene(
    rehandling: Rehandling, *, meets_on: date, place: str, by: Actor, today: date
) -> Convening:
    """召集双方: the lead deputy, the unit's clerk and its head know day and place."""
    part_locked(rehandling.assignment)
    rehandling = lock(rehandling)
    refuse_if(why_not_convene(by, rehandling, today))
    refuse_if("协商的日子不能早于今天。" if meets_on < today else None)
    refuse_if(None if place.strip() else "请写在哪里协商。")
    assert by.user  # noqa: S101  # why_not_convene asks for a post
    row = Convening.objects.create(
        rehandling=rehandling,
        assignment=rehandling.assignment,
        meets_on=meets_on,
        place=place.strip(),
        called_by=by.user,
    )
    record(row, "convened", by=by)
    part = rehandling.assignment
    people = [*of_unit_part(part, today), *heads_of([part.unit], today)]
    day = f"{meets_on.month} 月 {meets_on.day} 日"
    text = f"“{part.proposal.title}”{day}在{row.place}当面协商，请到场。"[:300]
    key = f"proposal.convening:{row.pk}"
    notices.write(
        {user.pk: user for user in people}.values(),
        key=key,
        text=text,
        link=reverse("proposals:case", args=[part.proposal_id]),
    )
    notices.write(
        hearers(part.proposal),
        key=key,
        text=text,
        link=reverse("proposals:detail", args=[part.proposal_id]),
    )
    return row


@transaction.atomic
def record_convening(
    convening: Convening, *, people: str, agreed: str, by: Actor, today: date
) -> Convening:
    """记录协商结果: who came and what both sides agreed, once."""
    convening = lock(convening)
    refuse_if(why_not_record_convening(by, convening, today))
    refuse_if(None if people.strip() and agreed.strip() else "请写谁到了场、商定了什么。")
    return move(
        convening,
        ConveningState.HELD,
        by=by,
        people=people.strip(),
        agreed=agreed.strip(),
        recorded_by=by.user,
    )
