"""会办、协办意见: to the lead unit, never to the deputy, never to the public."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.workflow import move, record, refuse_if
from proposals.actions.due_days import answer_paused
from proposals.actions.locking import part_locked
from proposals.models import Assignment, Opinion
from proposals.permissions.opinions import why_not_send_opinion
from proposals.queries.people import of_unit_part
from proposals.states import Part


@transaction.atomic
def send_opinion(
    assignment: Assignment,
    *,
    text: str,
    file_number: str,
    signer: str,
    by: Actor,
    today: date,
    follows: int | None = None,
) -> Opinion:
    """报送意见: the lead unit has it, this unit's part is done; a later version stands beside it.

    A clock that stood has stood until today.
    The trail says that it came, not what it says: a trail has more readers than an opinion.
    `follows` is the version that its writer has seen; the newest one sent again word for word is
    that one, and nobody is told anew.
    """
    assignment = part_locked(assignment)
    refuse_if(why_not_send_opinion(by, assignment, text, file_number, signer))
    said = {"text": text.strip(), "file_number": file_number.strip(), "signer": signer.strip()}
    newest = assignment.opinions.order_by("version").last()
    if newest and all(getattr(newest, name) == words for name, words in said.items()):
        return newest
    refuse_if(why_not_send_opinion(by, assignment, follows=follows))
    opinion = Opinion(
        assignment=assignment,
        version=newest.version + 1 if newest else 1,
        sent_by=by.user,
        sent_on=today,
        **said,
    )
    opinion.save(force_insert=True)
    note = f"{assignment.unit.name}报送第 {opinion.version} 版意见。"
    record(opinion, "opined", by=by, note=note)
    if assignment.state != Part.DONE:
        answer_paused(assignment, "意见已经送到。", by=by, today=today)
        move(assignment, Part.DONE, by=by, done_on=today)
    proposal = assignment.proposal
    if lead := proposal.assignments.leading().first():
        kind = assignment.get_role_display()
        notices.write(
            of_unit_part(lead, today),
            key=f"proposal.opinion:{opinion.pk}",
            text=f"{assignment.unit.name}送来“{proposal.title}”的{kind}意见。"[:300],
            link=reverse("proposals:case", args=[proposal.pk]),
        )
    return opinion
