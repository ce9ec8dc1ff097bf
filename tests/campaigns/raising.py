"""提 and 审 in the machine: raise, sign, change, review, merge, take back."""

from datetime import timedelta

from proposals.actions import review, signing, submission
from proposals.models import Cosignature, Proposal, RefusalGround
from proposals.states import Kind
from tests.campaigns.cases import OPEN_TO_SIGNERS, Case
from tests.campaigns.rounds import Rounds

BILL_NEEDS, SIGN_DAYS, SIGNED_DAYS = 10, 15, 30


def words(rounds: Rounds) -> dict[str, str]:
    serial = rounds.tried
    return {"title": f"关于修第 {serial} 座桥的建议", "facts": "桥坏了。", "request": "修好它。"}


def row(case: Case) -> Proposal:
    return Proposal.objects.get(pk=case.pk)


def raises(rounds: Rounds) -> None:
    """直接提出, or 征集附议 first; a bill never at once."""
    lead = rounds.dice.choice(rounds.deputies)
    kind = rounds.dice.choices(list(Kind), [6, 1, 2, 2])[0]
    first = rounds.dice.random() < 0.5
    by = rounds.somebody(rounds.as_deputy[lead.pk])
    own = by == rounds.as_deputy[lead.pk]
    allowed = own and (first or kind != Kind.BILL)
    verb = submission.call_for_signatures if first else submission.submit
    said = words(rounds)
    done = rounds.play(
        "call_for_signatures" if first else "submit",
        allowed,
        lambda: verb(
            lead=lead, kind=kind, session=rounds.session, by=by, today=rounds.today, **said
        ),
    )
    if done:
        case = Case(done.pk, lead.pk, kind, "signing" if first else "submitted")
        case.sign_until = rounds.today + timedelta(days=SIGN_DAYS) if first else None
        rounds.cases.append(case)


def cosigns(rounds: Rounds, case: Case) -> None:
    deputy = rounds.dice.choice(rounds.deputies)
    by = rounds.somebody(rounds.as_deputy[deputy.pk])
    late = case.state == "signing" and case.sign_until and rounds.today > case.sign_until
    allowed = (
        by == rounds.as_deputy[deputy.pk]
        and deputy.pk != case.lead
        and deputy.pk not in case.signers
        and case.state in OPEN_TO_SIGNERS
        and not late
    )
    done = rounds.play(
        "cosign",
        allowed,
        lambda: signing.cosign(row(case), deputy=deputy, by=by, today=rounds.today),
    )
    if done:
        last = rounds.today + timedelta(days=SIGNED_DAYS)
        case.signers[deputy.pk] = (done.pk, last)


def steps_back(rounds: Rounds, case: Case) -> None:
    if not case.signers:
        return
    deputy = rounds.dice.choice(sorted(case.signers))
    by = rounds.somebody(rounds.as_deputy[deputy])
    own = by == rounds.as_deputy[deputy]
    allowed = own and case.state in {*OPEN_TO_SIGNERS, "returned"}
    signature = Cosignature.objects.get(pk=case.signers[deputy][0])
    if rounds.play(
        "withdraw_signature", allowed, lambda: signing.withdraw_signature(signature, by=by)
    ):
        del case.signers[deputy]


def rewords(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.as_deputy[case.lead])
    allowed = by == rounds.as_deputy[case.lead] and case.state == "signing"
    said = words(rounds)
    if rounds.play(
        "reword",
        allowed,
        lambda: submission.reword(row(case), by=by, today=rounds.today, **said),
    ):
        case.signers.clear()
        case.sign_until = rounds.today + timedelta(days=SIGN_DAYS)


def hands_in(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.as_deputy[case.lead])
    standing = {pk: own for pk, own in case.signers.items() if own[1] >= rounds.today}
    enough = case.kind != Kind.BILL or len(standing) + 1 >= BILL_NEEDS
    allowed = by == rounds.as_deputy[case.lead] and case.state == "signing" and enough
    if rounds.play(
        "hand_in", allowed, lambda: submission.hand_in(row(case), by=by, today=rounds.today)
    ):
        case.state, case.signers = "submitted", standing


def accepts(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office[0])
    enough = case.kind != Kind.BILL or len(case.signers) + 1 >= BILL_NEEDS
    allowed = rounds.is_office(by) and case.state == "submitted" and enough
    done = rounds.play(
        "accept", allowed, lambda: review.accept(row(case), by=by, today=rounds.today)
    )
    if done:
        case.state, case.number = "accepted", done.number


def sends_back(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office[0])
    allowed = rounds.is_office(by) and case.state == "submitted"
    if rounds.play(
        "send_back", allowed, lambda: review.send_back(row(case), reason="写清地点", by=by)
    ):
        case.state = "returned"


def resubmits(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.as_deputy[case.lead])
    allowed = by == rounds.as_deputy[case.lead] and case.state == "returned"
    said = words(rounds)
    if rounds.play(
        "resubmit",
        allowed,
        lambda: submission.resubmit(row(case), by=by, today=rounds.today, **said),
    ):
        case.state = "submitted"
        case.signers.clear()


def refuses(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office[0])
    allowed = rounds.is_office(by) and case.state == "submitted"
    ground = RefusalGround.objects.first()
    if rounds.play(
        "refuse", allowed, lambda: review.refuse(row(case), ground=ground, words="个人的事", by=by)
    ):
        case.state = "refused"
        rounds.closes(case)


def becomes_letter(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office[0])
    allowed = rounds.is_office(by) and case.state == "submitted"
    if rounds.play(
        "treat_as_letter", allowed, lambda: review.treat_as_letter(row(case), words="转信访", by=by)
    ):
        case.state = "letter"
        rounds.closes(case)


def merges(rounds: Rounds, case: Case) -> None:
    into = rounds.dice.choice(rounds.cases)
    by = rounds.somebody(rounds.office[0])
    allowed = (
        rounds.is_office(by)
        and into is not case
        and case.state == into.state == "accepted"
        and not case.takes
    )
    if rounds.play("merge", allowed, lambda: review.merge(row(case), into=row(into), by=by)):
        case.state, case.into = "merged", into
        into.takes.append(case)


def parts_again(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office[0])
    allowed = rounds.is_office(by) and case.state == "merged" and not case.answered_along
    if rounds.play("unmerge", allowed, lambda: review.unmerge(row(case), by=by)):
        assert case.into
        case.into.lets_go(case)
        case.state, case.into = "accepted", None


def withdraws(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.as_deputy[case.lead])
    may = case.state not in {"answered", "published", "refused", "letter", "withdrawn"}
    merged = any(each.state == "merged" for each in case.takes)
    may = may and not merged and not case.answered_along
    allowed = by == rounds.as_deputy[case.lead] and may
    if rounds.play(
        "withdraw",
        allowed,
        lambda: submission.withdraw(row(case), reason="已经解决", by=by, today=rounds.today),
    ):
        if case.into:
            case.into.lets_go(case)
        case.state, case.into = "withdrawn", None
        rounds.closes(case)
