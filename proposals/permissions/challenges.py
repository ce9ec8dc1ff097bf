"""又被提出: people say whether it is the same matter, the unit explains, the office settles."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.names import says_something
from proposals.follow_states import ChallengeState
from proposals.models import Challenge, Proposal
from proposals.permissions.office import why_not_office
from proposals.permissions.promises import why_not_of_unit
from proposals.states import NUMBERED, State


def why_not_open_challenge(
    by: Actor, proposal: Proposal, earlier: Proposal | None = None
) -> str | None:
    """The office of the earlier one's congress, of what has been accepted after that was solved.

    Without the earlier one: whether the office may name any.
    """
    session = earlier.session if earlier else proposal.session
    if refusal := why_not_office(by, session, "提请认定又被提出"):
        return refusal
    if proposal.state not in NUMBERED:
        return "受理以后的建议才能和以前的对照。"
    if earlier and earlier.pk == proposal.pk:
        return "请写以前那一件的编号，不是本件的。"
    return None


def why_not_confirm_challenge(by: Actor, challenge: Challenge) -> str | None:
    """The office of the earlier one's congress, while the later one stands."""
    return _why_not_tell(by, challenge)


def why_not_dismiss_challenge(
    by: Actor, challenge: Challenge, words: str | None = None
) -> str | None:
    """The same office, and never without saying in what they differ."""
    if refusal := _why_not_tell(by, challenge):
        return refusal
    if words is not None and not says_something(words):
        return "请写明两件哪里不一样。"
    return None


def why_not_explain_challenge(
    by: Actor, challenge: Challenge, explanation: str | None = None
) -> str | None:
    """The unit that called it solved, once, while the office has not settled it."""
    if refusal := why_not_of_unit(by, challenge.assignment, "作出说明"):
        return refusal
    if challenge.state != ChallengeState.CONFIRMED:
        return f"这一件{challenge.get_state_display()}，不用作说明。"
    if refusal := _why_over(challenge):
        return refusal
    if explanation is not None and not says_something(explanation):
        return "请客观写明当时办到哪一步、为什么又被提出。"
    return None


def why_not_settle_challenge(
    by: Actor, challenge: Challenge, today: date, words: str | None = None
) -> str | None:
    """The office, once the unit has explained itself or has let its day go by."""
    if refusal := why_not_office(by, challenge.earlier.session, "了结又被提出"):
        return refusal
    if challenge.state not in (ChallengeState.CONFIRMED, ChallengeState.EXPLAINED):
        return f"这一件{challenge.get_state_display()}，现在不用了结。"
    until = challenge.explain_by
    if challenge.state == ChallengeState.CONFIRMED and until and today <= until:
        return (
            f"{challenge.assignment.unit.name}可以说明到 "
            f"{until.year} 年 {until.month} 月 {until.day} 日，说明了或者过了这一天再了结。"
        )
    if refusal := _why_over(challenge):
        return refusal
    if words is not None and not says_something(words):
        return "请写明凭什么这样认定，会写在公开页上。"
    return None


def _why_not_tell(by: Actor, challenge: Challenge) -> str | None:
    if refusal := why_not_office(by, challenge.earlier.session, "认定又被提出"):
        return refusal
    if challenge.state != ChallengeState.FOUND:
        return f"这一件{challenge.get_state_display()}，已经认定过。"
    return _why_over(challenge)


def _why_over(challenge: Challenge) -> str | None:
    if challenge.proposal.state == State.WITHDRAWN:
        return "后来这件已经撤回，不用再办。"
    return None
