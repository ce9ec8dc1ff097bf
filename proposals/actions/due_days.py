"""答复期限: the one place where a running part's day, and its proposal's, are set anew.

Nothing here is a verb: pauses, extensions, objections and the calendar come here.
"""

from datetime import date

from proposals.models import Assignment, Proposal
from proposals.queries.terms import DueDays
from proposals.states import RUNNING


def renew(part: Assignment, due_days: DueDays | None = None) -> tuple[date | None, date]:
    """The locked part has the day that its rows give; answers with the day before and after."""
    was, now = part.due_on, (due_days or DueDays()).of(part)
    if was != now:
        part.due_on = now
        part.save(update_fields=["due_on"])
    settle(part.proposal_id)
    return was, now


def settle(proposal_pk: int) -> None:
    """The locked proposal is due with the earliest of those that still have to answer."""
    rows = Assignment.objects.answering().filter(proposal=proposal_pk, state__in=RUNNING)
    first = rows.order_by("due_on").values_list("due_on", flat=True).exclude(due_on=None).first()
    if first:
        Proposal.objects.filter(pk=proposal_pk).update(due_on=first)
