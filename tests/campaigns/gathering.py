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
    known = {case.lead, *case.in_force(rounds.today), *case.asked}
    seated = {each.pk for each in rounds.seated(case)}
    deputy = rounds.lean(
        [*rounds.deputies, *rounds.townspeople], lambda deputy: deputy.pk in seated - known
    )
    if deputy is None:
        return
    by = rounds.somebody(rounds.as_deputy[case.lead])
    open_now = may_be_signed(case, rounds.today)
    done = rounds.play(
        "invitations.invite",
        rounds.leads(by, case) and open_now and deputy.pk in seated - known,
        lambda: invitations.invite(
            rounds.page(Proposal, case.pk), deputies=[deputy], by=by, today=rounds.today
        ),
    )
    if done:
        case.asked[deputy.pk] = (done[0].pk, "asked")


def _invited(rounds: Rounds) -> tuple[Case, int] | None:
    """Any who was asked, leaning to those who have not answered."""
    asked = [(case, deputy) for case in rounds.cases for deputy in sorted(case.asked)]
    return rounds.lean(
        asked,
        lambda each: each[0].asked[each[1]][1] == "asked" and each[0].state in OPEN_TO_SIGNERS,
    )


def declines(rounds: Rounds, _: Case) -> None:
    found = _invited(rounds)
    if found is None:
        return
    case, deputy = found
    pk, state = case.asked[deputy]
    by = rounds.somebody(rounds.as_deputy[deputy])
    waits = state == "asked" and case.state in OPEN_TO_SIGNERS
    if rounds.play(
        "invitations.decline",
        by == rounds.as_deputy[deputy] and waits,
        lambda: invitations.decline(rounds.page(Invitation, pk), by=by),
    ):
        case.asked[deputy] = (pk, "declined")


def uninvites(rounds: Rounds, _: Case) -> None:
    found = _invited(rounds)
    if found is None:
        return
    case, deputy = found
    pk, state = case.asked[deputy]
    by = rounds.somebody(rounds.as_deputy[case.lead])
    waits = state == "asked" and case.state in OPEN_TO_SIGNERS
    if rounds.play(
        "invitations.withdraw_invitation",
        rounds.leads(by, case) and waits,
        lambda: invitations.withdraw_invitation(rounds.page(Invitation, pk), by=by),
    ):
        del case.asked[deputy]
