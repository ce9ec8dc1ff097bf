"""公开: the reply is for everybody to read."""

from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, refuse_if
from proposals.actions.locking import together_locked
from proposals.models import Proposal
from proposals.permissions.publication import why_not_publish
from proposals.states import State


@transaction.atomic
def publish(proposal: Proposal, *, by: Actor, today: date) -> Proposal:
    """公开答复: the public page shows the reply in full (办理情况应当向社会公开).

    并案: what is merged and not withheld has no reply of its own and becomes public with it.
    """
    proposal = together_locked(proposal)
    refuse_if(why_not_publish(by, proposal))
    facts = {"published_on": today, "published_by": by.user}
    move(proposal, State.PUBLISHED, by=by, note="答复全文公开。", **facts)
    for merged in proposal.published_along:
        note = f"答复随 {proposal.number} 全文公开。"
        move(lock(merged), State.PUBLISHED, by=by, note=note, **facts)
    return proposal
