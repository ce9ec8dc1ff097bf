"""提 and 审 in the machine: raise, sign, change, review, merge, take back."""

from collections.abc import Callable
from datetime import date, timedelta

from proposals.actions import review, signing, submission
from proposals.models import Cosignature, Proposal
from proposals.states import Kind
from tests.campaigns.cases import OPEN_TO_SIGNERS, Case
from tests.campaigns.rounds import Rounds

BILL_NEEDS, TOWN_BILL_NEEDS, SIGN_DAYS, SIGNED_DAYS = 10, 5, 15, 30
IN_A_TOWNSHIP = 0.15
"""How often a proposal is put to the township's congress."""
STRANGER = 0.1
"""How often somebody of either congress is asked whether they may sign."""
IN_SESSION_UNTIL = date(2026, 1, 30)
"""Thirty days after the close."""


def words(rounds: Rounds) -> dict[str, str]:
    rounds.texts += 1
    serial = rounds.texts
    return {"title": f"关于修第 {serial} 座桥的建议", "facts": "桥坏了。", "request": "修好它。"}


def row(rounds: Rounds, case: Case) -> Proposal:
    return rounds.page(Proposal, case.pk)


def submits(rounds: Rounds, _: Case | None) -> None:
    """直接提出: a bill never at once."""
    _raises(rounds, submission.submit, "submitted")


def calls(rounds: Rounds, _: Case | None) -> None:
    """征集附议 first."""
    _raises(rounds, submission.call_for_signatures, "signing")


def signers_needed(case: Case) -> int:
    return TOWN_BILL_NEEDS if case.town else BILL_NEEDS


def in_time(rounds: Rounds, kind: str) -> bool:
    """Each kind has its days."""
    return kind not in {Kind.SESSION, Kind.BILL} or rounds.today <= IN_SESSION_UNTIL


def _raises(rounds: Rounds, verb: Callable[..., Proposal], state: str) -> None:
    town = rounds.dice.random() < IN_A_TOWNSHIP
    lead = rounds.dice.choice(rounds.townspeople if town else rounds.deputies)
    session = rounds.there if town else rounds.session
    kind = rounds.dice.choices(list(Kind), [6, 1, 2, 2])[0]
    by = rounds.somebody(rounds.as_deputy[lead.pk])
    fits = in_time(rounds, kind) and (state == "signing" or kind != Kind.BILL)
    said = words(rounds)
    done = rounds.play(
        f"submission.{verb.__name__}",
        by == rounds.as_deputy[lead.pk] and fits,
        lambda: verb(lead=lead, kind=kind, session=session, by=by, today=rounds.today, **said),
    )
    if done:
        case = Case(done.pk, lead.pk, kind, state, town)
        case.sign_until = rounds.today + timedelta(days=SIGN_DAYS) if state == "signing" else None
        rounds.cases.append(case)


def cosigns(rounds: Rounds, case: Case) -> None:
    known = {case.lead, *case.in_force(rounds.today)}
    people = [*rounds.deputies, *rounds.townspeople]
    seated = {each.pk for each in rounds.seated(case)}
    deputy = rounds.lean(
        people if rounds.dice.random() < STRANGER else rounds.seated(case),
        lambda deputy: deputy.pk in seated - known,
    )
    if deputy is None:
        return
    by = rounds.somebody(rounds.as_deputy[deputy.pk])
    late = case.state == "signing" and case.sign_until and rounds.today > case.sign_until
    allowed = (
        by == rounds.as_deputy[deputy.pk]
        and deputy.pk in seated - known
        and case.state in OPEN_TO_SIGNERS
        and not late
    )
    done = rounds.play(
        "signing.cosign",
        allowed,
        lambda: signing.cosign(row(rounds, case), deputy=deputy, by=by, today=rounds.today),
    )
    if done:
        last = rounds.today + timedelta(days=SIGNED_DAYS)
        case.signers[deputy.pk] = (done.pk, last)
        case.asked.pop(deputy.pk, None)


def steps_back(rounds: Rounds, _: Case) -> None:
    given = [(case, deputy) for case in rounds.cases for deputy in sorted(case.signers)]
    found = rounds.lean(given, lambda each: each[0].state in {*OPEN_TO_SIGNERS, "returned"})
    if found is None:
        return
    case, deputy = found
    by = rounds.somebody(rounds.as_deputy[deputy])
    own = by == rounds.as_deputy[deputy]
    allowed = own and case.state in {*OPEN_TO_SIGNERS, "returned"}
    signature = rounds.page(Cosignature, case.signers[deputy][0])
    if rounds.play(
        "signing.withdraw_signature", allowed, lambda: signing.withdraw_signature(signature, by=by)
    ):
        del case.signers[deputy]


def rewords(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.as_deputy[case.lead])
    allowed = rounds.leads(by, case) and case.state == "signing"
    said = words(rounds)
    if rounds.play(
        "submission.reword",
        allowed,
        lambda: submission.reword(row(rounds, case), by=by, today=rounds.today, **said),
    ):
        case.signers.clear()
        case.sign_until = rounds.today + timedelta(days=SIGN_DAYS)


def hands_in(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.as_deputy[case.lead])
    seated = {each.pk for each in rounds.seated(case)} - rounds.gone
    standing = {pk: own for pk, own in case.in_force(rounds.today).items() if pk in seated}
    enough = case.kind != Kind.BILL or len(standing) + 1 >= signers_needed(case)
    fits = enough and in_time(rounds, case.kind)
    allowed = rounds.leads(by, case) and case.state == "signing" and fits
    if rounds.play(
        "submission.hand_in",
        allowed,
        lambda: submission.hand_in(row(rounds, case), by=by, today=rounds.today),
    ):
        case.state, case.signers = "submitted", standing


def _under_review(rounds: Rounds, case: Case) -> bool:
    """Handed in; or sent back to a lead who has left since, and cannot mend it."""
    return case.state == "submitted" or (case.state == "returned" and case.lead in rounds.gone)


def accepts(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office_of(case))
    enough = case.kind != Kind.BILL or len(case.signers) + 1 >= signers_needed(case)
    allowed = rounds.decides(by, case) and _under_review(rounds, case) and enough
    done = rounds.play(
        "review.accept",
        allowed,
        lambda: review.accept(row(rounds, case), by=by, today=rounds.today),
    )
    if done:
        case.state, case.number = "accepted", done.number
        case.ends_asking()
        case.asks = [each.pk for each in done.asks.all()]


def splits(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office_of(case))
    asks = ["加固护栏。", "装上路灯。", "修好桥面。"][: rounds.dice.randint(0, 3)]
    allowed = rounds.decides(by, case) and case.state == "accepted" and asks
    done = rounds.play(
        "review.split", allowed, lambda: review.split(row(rounds, case), asks=asks, by=by)
    )
    if done:
        case.asks = [each.pk for each in done.asks.all()]


def sends_back(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office_of(case))
    allowed = rounds.decides(by, case) and case.state == "submitted"
    allowed = allowed and case.lead not in rounds.gone
    if rounds.play(
        "review.send_back",
        allowed,
        lambda: review.send_back(row(rounds, case), reason="写清地点", by=by),
    ):
        case.state = "returned"


def resubmits(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.as_deputy[case.lead])
    allowed = rounds.leads(by, case) and case.state == "returned"
    said = words(rounds)
    if rounds.play(
        "submission.resubmit",
        allowed,
        lambda: submission.resubmit(row(rounds, case), by=by, today=rounds.today, **said),
    ):
        case.state = "submitted"
        case.signers.clear()


def refuses(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office_of(case))
    allowed = rounds.decides(by, case) and _under_review(rounds, case)
    if rounds.play(
        "review.refuse",
        allowed,
        lambda: review.refuse(row(rounds, case), ground=rounds.ground, words="个人的事", by=by),
    ):
        case.state = "refused"
        rounds.closes(case)


def becomes_letter(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office_of(case))
    allowed = rounds.decides(by, case) and _under_review(rounds, case)
    if rounds.play(
        "review.treat_as_letter",
        allowed,
        lambda: review.treat_as_letter(row(rounds, case), words="转信访", by=by),
    ):
        case.state = "letter"
        rounds.closes(case)


def merges(rounds: Rounds, case: Case) -> None:
    into = rounds.lean(rounds.cases, lambda each: each.state in {"accepted", "rehearsed"}) or case
    by = rounds.somebody(rounds.office_of(case))
    allowed = (
        rounds.decides(by, case)
        and into is not case
        and into.town == case.town
        and case.state == "accepted"
        and into.state in {"accepted", "rehearsed"}
        and not any(each.state == "merged" for each in case.takes)
    )
    if rounds.play(
        "review.merge",
        allowed,
        lambda: review.merge(row(rounds, case), into=row(rounds, into), by=by),
    ):
        case.state, case.into = "merged", into
        into.takes.append(case)


def parts_again(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office_of(case))
    allowed = rounds.decides(by, case) and case.state == "merged" and not case.answered_along
    if rounds.play("review.unmerge", allowed, lambda: review.unmerge(row(rounds, case), by=by)):
        assert case.into
        case.into.lets_go(case)
        case.state, case.into = "accepted", None


def withdraws(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.as_deputy[case.lead])
    may = case.state not in {"answered", "published", "refused", "letter", "withdrawn"}
    merged = any(each.state == "merged" for each in case.takes)
    answered = case.answered_along or any(part.replies for part in case.parts)
    may = may and not merged and not answered
    allowed = rounds.leads(by, case) and may
    if rounds.play(
        "submission.withdraw",
        allowed,
        lambda: submission.withdraw(
            row(rounds, case), reason="已经解决", by=by, today=rounds.today
        ),
    ):
        if case.into:
            case.into.lets_go(case)
        case.state, case.into = "withdrawn", None
        rounds.closes(case)
