"""履职记录的内容: what a duty record says of a proposal to whoever may read the record alone."""

from deputies.actions import duties
from proposals.models import Cosignature, Proposal, Reply


def note_of(proposal: Proposal) -> str:
    """Number and title; of what is withheld as a whole the number alone.

    Townships and the office read records of duties: not all of them may read the proposal.
    """
    return proposal.number if proposal.withheld_reason else f"{proposal.number} {proposal.title}"


def led(proposal: Proposal) -> str:
    """The source of the duty of whoever leads it."""
    return f"proposals.lead:{proposal.pk}"


def cosigned(pk: int) -> str:
    return f"proposals.cosignature:{pk}"


def rated(pk: int) -> str:
    return f"proposals.rating:{pk}"


def key_led(pk: int) -> str:
    """The sources of what the year's list of key proposals is worth, by the row of the decision."""
    return f"proposals.key:{pk}"


def key_signed(pk: int, cosignature: int) -> str:
    return f"proposals.key:{pk}.{cosignature}"


def note_anew(proposal: Proposal) -> None:
    """Withheld or opened again, the locked proposal's duties say what may now be read."""
    signed = Cosignature.objects.filter(proposal=proposal).values_list("pk", flat=True)
    replies = Reply.objects.filter(assignment__proposal=proposal).values_list("pk", flat=True)
    sources = [led(proposal), *map(cosigned, signed), *map(rated, replies)]
    for pk in proposal.supervisions.values_list("pk", flat=True):
        sources += [key_led(pk), *(key_signed(pk, each) for each in signed)]
    duties.reword_facts(sources, note_of(proposal))
