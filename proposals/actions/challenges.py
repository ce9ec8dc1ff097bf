"""又被提出: found or named by the office, confirmed by people, explained by the unit, settled."""

from datetime import date

from django.db import transaction

from congress.shared.actors import SYSTEM, Actor
from congress.shared.calendar import add_working_days
from congress.shared.models import Workday
from congress.shared.workflow import in_turn, lock, move, record, refuse_if
from proposals.actions.due_days import in_full
from proposals.actions.locking import part_locked
from proposals.actions.telling import tell_lead, tell_office, tell_unit
from proposals.follow_states import ChallengeState
from proposals.models import Challenge, Comparison, Proposal
from proposals.models.proposal import KEPT_BACK
from proposals.permissions.challenges import (
    why_not_confirm_challenge,
    why_not_dismiss_challenge,
    why_not_explain_challenge,
    why_not_open_challenge,
    why_not_settle_challenge,
)
from proposals.queries.challenges import by_hand, to_challenge
from proposals.rules import EXPLAIN_DAYS


@transaction.atomic
def open_challenges(today: date) -> int:
    """又被提出: whatever was accepted since the last look beside what was called solved before.

    Similarity only proposes. A second run finds none; how many were found.
    """
    in_turn("proposals.open_challenges")
    found, compared = to_challenge()
    Challenge.objects.bulk_create(found)
    for each in found:
        note = (
            f"{each.proposal.number}“{each.proposal.title}”和 {each.earlier.number} 可能是同一件。"
        )
        record(each, "challenge_found", by=SYSTEM, note=note)
        step = f"challenge.{each.pk}"
        tell_office(each.earlier, step, f"{note}请认定。", "challenge", each.pk, today=today)
    Comparison.objects.bulk_create(
        [Comparison(proposal=each) for each in compared], ignore_conflicts=True
    )
    return len(found)


@transaction.atomic
def open_challenge(
    proposal: Proposal, *, earlier: Proposal, by: Actor, today: date
) -> list[Challenge]:
    """提请对照: put beside each answer that called the named earlier one solved; found by people.

    Whether it is the same matter is said afterwards, on the page with both, as of any other.
    """
    proposal = lock(proposal)
    refuse_if(why_not_open_challenge(by, proposal, earlier))
    found, refusal = by_hand(proposal, earlier)
    refuse_if(refusal)
    for each in found:
        each.save(force_insert=True)
        note = f"{proposal.number}“{proposal.title}”和 {each.earlier.number} 请一并对照。"
        record(each, "challenge_found", by=by, note=note)
        step = f"challenge.{each.pk}"
        tell_office(each.earlier, step, f"{note}请认定。", "challenge", each.pk, today=today)
    return found


@transaction.atomic
def confirm_challenge(challenge: Challenge, *, by: Actor, today: date) -> Challenge:
    """认定同一件: the earlier one is publicly marked, and the unit explains by a day."""
    challenge = _locked(challenge)
    refuse_if(why_not_confirm_challenge(by, challenge))
    until = add_working_days(today, EXPLAIN_DAYS.on(today), Workday.objects.works())
    unit = challenge.assignment.unit.name
    note = f"{_called(challenge.proposal)}又提出同一件事，请{unit}在{in_full(until)}前说明。"
    facts = {"confirmed_by": by.user, "confirmed_on": today, "explain_by": until}
    move(challenge, ChallengeState.CONFIRMED, by=by, note=note, **facts)
    step = f"challenged.{challenge.pk}"
    text = f"{challenge.earlier.number}“{challenge.earlier.title}”：{note}"
    tell_unit(challenge.assignment, step, text, today)
    tell_lead(challenge.earlier, step, text)
    again = f"和{_called(challenge.earlier)}是同一件事，那一件答复过已解决。"
    record(challenge.proposal, "raises_again", by=by, note=again)
    tell_lead(challenge.proposal, step, f"“{challenge.proposal.title}”：经认定，{again}")
    return challenge


@transaction.atomic
def dismiss_challenge(challenge: Challenge, *, words: str, by: Actor, today: date) -> Challenge:
    """不是同一件: nobody else hears of it, and it is not put forward again."""
    challenge = _locked(challenge)
    refuse_if(why_not_dismiss_challenge(by, challenge, words))
    note = f"{challenge.proposal.number} 和 {challenge.earlier.number} 不是同一件。"
    facts = {"words": words.strip(), "decided_by": by.user, "decided_on": today}
    return move(challenge, ChallengeState.DISMISSED, by=by, note=note, **facts)


@transaction.atomic
def explain_challenge(
    challenge: Challenge, *, explanation: str, by: Actor, today: date
) -> Challenge:
    """作说明: the office reads it beside both, and settles it."""
    challenge = _locked(challenge)
    refuse_if(why_not_explain_challenge(by, challenge, explanation))
    note = f"{challenge.assignment.unit.name}作了说明。"
    facts = {"explanation": explanation.strip(), "explained_by": by.user, "explained_on": today}
    move(challenge, ChallengeState.EXPLAINED, by=by, note=note, **facts)
    text = f"{challenge.earlier.number}“{challenge.earlier.title}”又被提出：{note}"
    step = f"challenge_explained.{challenge.pk}"
    tell_office(challenge.earlier, step, text, "challenge", challenge.pk, today=today)
    return challenge


@transaction.atomic
def settle_challenge(
    challenge: Challenge,
    *,
    stands: bool,
    words: str,
    by: Actor,
    today: date,
    explanation_shown: bool = False,
) -> Challenge:
    """了结: the class stands or is revoked; that it was raised again stays marked either way.

    The unit's explanation is public from then on when the office, having read it, says so.
    """
    challenge = _locked(challenge)
    refuse_if(why_not_settle_challenge(by, challenge, today, words))
    code = challenge.reply.result.code
    note = f"又被提出，{code} 类{'仍然成立' if stands else '撤销'}。"
    shown = bool(explanation_shown and challenge.explanation)
    facts = {"words": words.strip(), "decided_by": by.user, "decided_on": today}
    ending = ChallengeState.STANDS if stands else ChallengeState.REVOKED
    move(challenge, ending, by=by, note=note, explanation_shown=shown, **facts)
    text = f"{challenge.earlier.number}“{challenge.earlier.title}”：{note}{challenge.words}"
    step = f"challenge_settled.{challenge.pk}"
    tell_unit(challenge.assignment, step, text, today)
    tell_lead(challenge.earlier, step, text)
    return challenge


def _called(other: Proposal) -> str:
    """By its number, to whoever is no party to it."""
    return KEPT_BACK if other.withheld_reason else f" {other.number} "


def _locked(challenge: Challenge) -> Challenge:
    """The earlier proposal and its part first, as every verb of a part."""
    part = part_locked(challenge.reply.assignment)
    challenge = lock(challenge)
    challenge.reply.assignment = part
    return challenge
