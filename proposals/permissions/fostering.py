"""接续代表: who decides on the one who speaks where the lead sits no more."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.names import says_something
from deputies.models import Deputy
from proposals.models import Foster, Proposal
from proposals.permissions.office import why_not_office
from proposals.states import NUMBERED


def why_not_appoint_foster(
    by: Actor,
    proposal: Proposal,
    today: date,
    deputy: Deputy | None = None,
    reason: str | None = None,
) -> str | None:
    """The congress's own office, of what is accepted and nobody speaks for; somebody who sits."""
    if refusal := why_not_office(by, proposal.session, "确定接续代表"):
        return refusal
    if refusal := why_not_foster(proposal, deputy, today):
        return refusal
    if reason is not None and not says_something(reason):
        return "请写明为什么由这位代表接续，代表和单位会看到。"
    return None


def why_not_foster(proposal: Proposal, deputy: Deputy | None, today: date) -> str | None:
    """Whoever decides it."""
    if proposal.state not in NUMBERED:
        return f"建议目前是“{proposal.get_state_display()}”，不需要接续代表。"
    if proposal.speaker_pk == proposal.lead_id:
        return "领衔代表仍然在任，由领衔代表本人办，不需要接续代表。"
    if proposal.speaker_pk is not None:
        return "这件建议已经有接续代表，要换人请先结束原来的。"
    return _why_not_this(proposal, deputy, today) if deputy is not None else None


def _why_not_this(proposal: Proposal, deputy: Deputy, today: date) -> str | None:
    """Anybody who acts in this congress; the lead does not, or would speak already."""
    people = Deputy.objects.serving(today).sitting_in(proposal.session.term.assembly, today)
    if people.filter(pk=deputy.pk).exists():
        return None
    return f"{deputy.name}目前不是这一级人大的代表，或者暂停执行职务，请另选一位。"


def why_not_end_foster(by: Actor, foster: Foster, words: str | None = None) -> str | None:
    """The same office, while one stands, saying why."""
    if refusal := why_not_office(by, foster.proposal.session, "结束接续"):
        return refusal
    if foster.until_on is not None:
        return "这位代表的接续已经结束。"
    if words is not None and not says_something(words):
        return "请写明为什么结束，代表和单位会看到。"
    return None
