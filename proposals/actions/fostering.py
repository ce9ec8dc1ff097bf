"""接续代表: named by the office where the lead sits no more, and ended again."""

from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import lock, record, refuse_if
from deputies.models import Deputy
from proposals.actions.convening import ask_to_come
from proposals.actions.telling import tell_people, tell_unit
from proposals.models import Foster, Proposal
from proposals.permissions.fostering import (
    why_not_appoint_foster,
    why_not_end_foster,
    why_not_foster,
)
from proposals.states import SHOWN_TO_UNIT

GONE = "不再担任这一级人大的代表"


@transaction.atomic
def appoint_foster(
    proposal: Proposal, *, deputy: Deputy, reason: str, by: Actor, today: date
) -> Foster:
    """确定接续代表 (上海规定第十九条: handling goes on after a change of term).

    From that day the deputy meets, consents and rates for the proposal and is told of it, while
    the lead does not sit; the reply still addresses whoever raised it. One before who sits no more
    is ended with it. A 当面协商 that is still to come asks for this deputy.
    """
    proposal = lock(proposal)
    refuse_if(why_not_appoint_foster(by, proposal, today, deputy, reason))
    return foster(proposal, deputy=deputy, reason=reason, by=by, today=today)


def foster(proposal: Proposal, *, deputy: Deputy, reason: str, by: Actor, today: date) -> Foster:
    """The same on a locked proposal that nobody speaks for, by the office or the server."""
    refuse_if(why_not_foster(proposal, deputy, today))
    for former in proposal.fosters.standing():
        _end(lock(former), GONE, by, today)
    new = Foster(
        proposal=proposal,
        deputy=deputy,
        since_on=today,
        reason=reason.strip(),
        appointed_by=by.user,
    )
    new.save(force_insert=True)
    record(new, "fostered", by=by)
    step, title = f"fostered.{new.pk}", f"{proposal.number}“{proposal.title}”"
    why = new.reason.rstrip("。")
    text = f"请您接续{proposal.lead.name}代表提出的{title}：见面、评价由您来，{why}。"
    tell_people([deputy.user] if deputy.user else [], proposal, step, text, "detail", proposal.pk)
    _tell_units(new, step, f"领衔代表不在任，由{deputy.name}代表接续，见面请联系这位代表", today)
    ask_to_come(proposal, deputy, today)
    return new


@transaction.atomic
def end_foster(foster: Foster, *, words: str, by: Actor, today: date) -> Foster:
    """结束接续: the deputy speaks for it no more; both sides read why."""
    proposal = lock(foster.proposal)
    foster = lock(foster)
    foster.proposal = proposal
    refuse_if(why_not_end_foster(by, foster, words))
    _end(foster, words.strip(), by, today)
    _tell_units(foster, f"foster_ended.{foster.pk}", f"{foster.deputy.name}代表不再接续", today)
    return foster


def _end(foster: Foster, words: str, by: Actor, today: date) -> None:
    foster.until_on, foster.ended_by, foster.ending_words = today, by.user, words
    foster.save(update_fields=["until_on", "ended_by", "ending_words"])
    record(foster, "foster_ended", by=by)


def _tell_units(foster: Foster, step: str, text: str, today: date) -> None:
    """主办、分办 that have it before them."""
    rows = foster.proposal.assignments.answering().filter(state__in=SHOWN_TO_UNIT)
    for part in rows.select_related("unit").order_by("pk"):
        part.proposal = foster.proposal
        words = f"{foster.proposal.number}“{foster.proposal.title}”：{text}。"
        tell_unit(part, step, words, today)
