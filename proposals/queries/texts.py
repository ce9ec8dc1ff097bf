"""正文: what the lead may still do with the text, and how the reader's own signature stands."""

from datetime import date

from congress.shared.actors import Actor
from proposals.comparing import Compared, compare
from proposals.models import Cosignature, FormerText, Lineage, Proposal
from proposals.models.proposal_rows import OPEN_TO_SIGNERS
from proposals.permissions import why_not_hand_in, why_not_withdraw, why_not_withdraw_signature
from proposals.permissions.submission import signers_of_bill, why_not_enough_signers
from proposals.queries.clocks import day
from proposals.states import IN_REVIEW, Kind, Signature, State

WORDS = {"title": "标题", "facts": "事实和问题", "request": "请求办什么"}


def since_signed(proposal: Proposal, own: Cosignature) -> list[Compared] | None:
    """What became of the text that this signature was bound to, field by field.

    Nothing when it reads as it did then; None when nothing is to be compared.
    """
    if own.state != Signature.OUTDATED or own.digest == proposal.digest:
        return [] if own.state == Signature.OUTDATED else None
    then = FormerText.objects.filter(proposal=proposal, digest=own.digest).first()
    if then is None:
        return None
    return [
        Compared(label, compare(getattr(then, name), getattr(proposal, name)))
        for name, label in WORDS.items()
    ]


def _to_reread(proposal: Proposal) -> list[str]:
    """Who signed another text and has not said yet whether they stand behind this one."""
    if proposal.state not in OPEN_TO_SIGNERS:
        return []
    left = proposal.cosignatures.left_behind(proposal)
    return list(dict.fromkeys(left.values_list("deputy__name", flat=True)))


def of_the_text(proposal: Proposal, actor: Actor, today: date) -> dict[str, object]:
    """For the page of one proposal, as deputies read it."""
    leads = actor.same_person(proposal.lead.user_id)
    signing = proposal.state == State.SIGNING
    own = proposal.cosignatures.filter(deputy__user=actor.user).select_related("deputy").last()
    bill = proposal.kind == Kind.BILL
    waits = leads and proposal.state in IN_REVIEW
    return {
        "signing": signing,
        "sign_until": day(proposal.sign_until, today),
        "needed": signers_of_bill(proposal.session, today) if bill and signing else 0,
        "no_hand_in": why_not_hand_in(actor, proposal, today) if leads and signing else None,
        "too_few": why_not_enough_signers(proposal, today) if waits else None,
        "may_withdraw": leads and not why_not_withdraw(actor, proposal, today),
        "own_signature": own if own and not why_not_withdraw_signature(actor, own) else None,
        "to_reread": _to_reread(proposal),
        "anew": bool(own and own.state == Signature.OUTDATED),
        "compared": since_signed(proposal, own) if own else None,
        "continues": Lineage.objects.filter(proposal=proposal).select_related("earlier").first(),
    }
