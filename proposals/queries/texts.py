"""正文: what the lead may still do with the text, and how the reader's own signature stands."""

from datetime import date

from congress.shared.actors import Actor
from proposals.comparing import Compared, compare
from proposals.models import Cosignature, FormerText, Lineage, Proposal, Source
from proposals.permissions import why_not_hand_in, why_not_withdraw, why_not_withdraw_signature
from proposals.permissions.submission import signers_of_bill, why_not_enough_signers
from proposals.queries.clocks import day
from proposals.states import IN_REVIEW, OPEN_TO_SIGNERS, Kind, Signature, State

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


def _left_behind(proposal: Proposal, today: date) -> dict[str, list[str]]:
    """Whose last signature ended with another text, its days or its signer's seat."""
    if proposal.state not in OPEN_TO_SIGNERS:
        return {}
    last = {each.deputy_id: each for each in proposal.cosignatures.select_related("deputy")}
    outdated = [each for each in last.values() if each.state == Signature.OUTDATED]
    lapsed = [each for each in last.values() if each.has_run_out(today)]
    gone = set(proposal.cosignatures.who_left(today).values_list("pk", flat=True))
    left = [each for each in last.values() if each.pk in gone or each.state == Signature.LEFT]
    return {
        "to_reread": [each.deputy.name for each in outdated],
        "run_out": [each.deputy.name for each in lapsed if each not in left],
        "left": [each.deputy.name for each in left],
    }


def _continues(proposal: Proposal, actor: Actor) -> Lineage | None:
    """接着哪一件, unless that one has been withheld since and is kept from the reader."""
    rows = Lineage.objects.filter(proposal=proposal).select_related("earlier")
    return rows.exclude(earlier__in=Proposal.objects.kept_from(actor)).first()


def of_the_text(proposal: Proposal, actor: Actor, today: date) -> dict[str, object]:
    """For the page of one proposal, as deputies read it."""
    leads = actor.same_person(proposal.lead.user_id)
    signing = proposal.state == State.SIGNING
    own = proposal.cosignatures.filter(deputy__user=actor.user).select_related("deputy").last()
    bill = proposal.kind == Kind.BILL
    waits = leads and proposal.state in IN_REVIEW
    lapsed = bool(own and own.has_run_out(today) and proposal.state in OPEN_TO_SIGNERS)
    back = own and not lapsed and not why_not_withdraw_signature(actor, own)
    return {
        "signing": signing,
        "sign_until": day(proposal.sign_until, today),
        "needed": signers_of_bill(proposal.session, today) if bill and signing else 0,
        "no_hand_in": why_not_hand_in(actor, proposal, today) if leads and signing else None,
        "too_few": why_not_enough_signers(proposal, today) if waits else None,
        "may_withdraw": leads and not why_not_withdraw(actor, proposal, today),
        "own_signature": own if back else None,
        **_left_behind(proposal, today),
        "lapsed": lapsed,
        "anew": bool(own and own.state == Signature.OUTDATED),
        "compared": since_signed(proposal, own) if own else None,
        "continues": _continues(proposal, actor),
        "source": Source.objects.filter(proposal=proposal).first(),
    }
