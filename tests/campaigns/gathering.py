"""附议 by name in the machine: ask, say no, take the question back."""

from datetime import date

from proposals.actions import invitations
from proposals.models import Invitation, Proposal
from tests.campaigns.cases import OPEN_TO_SIGNERS, Case
from tests.campaigns.rounds import Rounds


def may_be_signed(case: Case, today: date) -> bool:
    """Until its last day while signatures are gathered, and under review."""
    late = case.state == "signing" and case.sign_until and today > case.sign_until
    return case.state in OPEN_TO_SIGNERS and not late


def invites(rounds: Rounds, case: Case) -> None:
    """Nobody who leads, has signed, is asked already or has said no."""
    deputy = rounds.dice.choice(rounds.deputies)
    by = rounds.somebody(rounds.as_deputy[case.lead])
    known = {case.lead, *case.in_force(rounds.today), *case.asked}
    open_now = may_be_signed(case, rounds.today)
    done = rounds.play(
        "invitations.invite",
        rounds.leads(by, case) and open_now and deputy.pk not in known,
        lambda: invitations.invite(
            rounds.page(Proposal, case.pk), deputies=[deputy], by=by, today=rounds.today
        ),
    )
    if done:
        case.asked[deputy.pk] = (done[0].pk, "asked")


def declines(rounds: Rounds, case: Case) -> None:
    if not case.asked:
        return
    deputy = rounds.dice.choice(sorted(case.asked))
    pk, state = case.asked[deputy]
    by = rounds.somebody(rounds.as_deputy[deputy])
    waits = state == "asked" and case.state in OPEN_TO_SIGNERS
    if rounds.play(
        "invitations.decline",
        by == rounds.as_deputy[deputy] and waits,
        lambda: invitations.decline(rounds.page(Invitation, pk), by=by),
    ):
        case.asked[deputy] = (pk, "declined")


def uninvites(rounds: Rounds, case: Case) -> None:
    if not case.asked:
        return
    deputy = rounds.dice.choice(sorted(case.asked))
    pk, state = case.asked[deputy]
    by = rounds.somebody(rounds.as_deputy[case.lead])
    waits = state == "asked" and case.state in OPEN_TO_SIGNERS
    if rounds.play(
        "invitations.withdraw_invitation",
        rounds.leads(by, case) and waits,
        lambda: invitations.withdraw_invitation(rounds.page(Invitation, pk), by=by),
    ):
        del case.asked[deputy]
