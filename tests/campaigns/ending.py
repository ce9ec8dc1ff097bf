"""评 and 公开 in the machine: rate, keep back, publish."""

from proposals.actions import publication
from proposals.models import Proposal, Reply
from proposals.rating_states import Satisfaction
from tests.campaigns.cases import NUMBERED, Case
from tests.campaigns.rounds import Rounds
from tests.proposals import walk


def rates(rounds: Rounds, _: Case) -> None:
    found = rounds.part(
        lambda case, part: part.reply and part.rate_until and rounds.today <= part.rate_until,
        answers=True,
    )
    if found is None or not found[1].reply:
        return
    case, part = found
    by = rounds.somebody(rounds.as_deputy[case.lead])
    allowed = rounds.leads(by, case) and part.rate_until and rounds.today <= part.rate_until
    said = dict.fromkeys(("process", "result"), Satisfaction.FAIR)
    reply = rounds.page(Reply, part.reply)
    rounds.play(
        "evaluation.rate",
        allowed,
        lambda: walk.rate(reply, by=by, today=rounds.today, **said),
    )


def publishes(rounds: Rounds, _: Case) -> None:
    """With what is merged and not withheld; that is public later, by itself, once it may be."""
    case = rounds.lean(rounds.cases, _may_be_public)
    if case is None:
        return
    by = rounds.somebody(rounds.office_of(case, 1))
    if rounds.play(
        "publication.publish",
        rounds.decides(by, case) and _may_be_public(case),
        lambda: publication.publish(rounds.page(Proposal, case.pk), by=by, today=rounds.today),
    ):
        for each in (case, *(each for each in case.takes if not each.withheld)):
            each.state = "published"
            rounds.closes(each)


def _may_be_public(case: Case) -> bool:
    waits = any(each.draft and each.drafted == "to_sign" for each in case.parts)
    first = case.into and case.into.state != "published"
    return case.state == "answered" and not (case.withheld or first or waits)


def withholds(rounds: Rounds, _: Case) -> None:
    """The whole, or the reply alone, which only what has one of its own can keep back."""
    case = rounds.lean(rounds.cases, lambda case: case.state in NUMBERED and not case.withheld)
    if case is None:
        return
    by, whole = rounds.somebody(rounds.office[1]), rounds.dice.random() < 0.5
    free = case.state in NUMBERED and not case.withheld
    if rounds.play(
        "publication.withhold",
        rounds.decides(by, case) and free and (whole or not case.into),
        lambda: publication.withhold(
            rounds.page(Proposal, case.pk), reason="涉及隐私。", whole=whole, by=by
        ),
    ):
        case.withheld = True


def lifts(rounds: Rounds, _: Case) -> None:
    case = rounds.lean(rounds.cases, lambda case: case.withheld and case.state in NUMBERED)
    if case is None:
        return
    by = rounds.somebody(rounds.office_of(case, 1))
    if rounds.play(
        "publication.lift_withholding",
        rounds.decides(by, case) and case.withheld and case.state in NUMBERED,
        lambda: publication.lift_withholding(
            rounds.page(Proposal, case.pk), reason="已经无妨。", by=by
        ),
    ):
        case.withheld = False
