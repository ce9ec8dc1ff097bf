"""又被提出: which accepted proposals raise again what was called solved before."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.personal_numbers import masked
from proposals.follow_states import ChallengeState, UpgradeState
from proposals.models import Challenge, Lineage, Proposal, Recurrence, Reply
from proposals.models.challenges import Ground
from proposals.models.proposal import KEPT_BACK
from proposals.models.reference import Meaning
from proposals.models.upgrades import whole_class_of
from proposals.queries.clocks import Clock, Light, day
from proposals.queries.likeness import alike_keys
from proposals.queries.naming import unnamed_to
from proposals.queries.papers import answers_of
from proposals.recurring import ONE_MATTER, Likeness
from proposals.states import ANSWERED, NUMBERED

AT_ONCE = 200
"""So many proposals are compared in one look; the rest in the next."""


def to_challenge() -> tuple[list[Challenge], list[Proposal]]:
    """What to put side by side, not yet saved; and every proposal that was compared for it.

    By lineage also what was compared before its line was drawn; by likeness each once.
    """
    rows = Proposal.objects.filter(state__in=NUMBERED).order_by("pk")
    new = list(rows.filter(comparison=None)[:AT_ONCE])
    pairs = {(row.proposal_id, row.earlier_id): Ground.LINEAGE for row in _lines()}
    judged = list(Recurrence.objects.filter(later__state__in=NUMBERED))
    apart = {(row.later_id, row.earlier_id) for row in judged if row.kind == Likeness.APART}
    for row in judged:
        if row.kind in ONE_MATTER:
            pairs.setdefault((row.later_id, row.earlier_id), Ground.KNOWN)
    for proposal in new:
        for earlier in alike_keys(proposal):
            pairs.setdefault((proposal.pk, earlier), Ground.ALIKE)
    known = set(Challenge.objects.values_list("proposal", "reply"))
    later = Proposal.objects.in_bulk({proposal for proposal, _ in pairs})
    solved = _solved({earlier for _, earlier in pairs})
    found = [
        Challenge(proposal=later[proposal], reply=reply, ground=ground)
        for (proposal, earlier), ground in sorted(pairs.items())
        for reply in solved.get(earlier, ())
        if (proposal, reply.pk) not in known
        and (proposal, earlier) not in apart
        and _raised_after(later[proposal], reply)
    ]
    return found, new


def by_hand(proposal: Proposal, earlier: Proposal) -> tuple[list[Challenge], str | None]:
    """What the office puts side by side, not yet saved; or why there is nothing to put."""
    solved = _solved({earlier.pk}).get(earlier.pk, [])
    if not solved:
        return [], f"{earlier.number} 没有“已经解决”的答复，不用对照。"
    after = [each for each in solved if _raised_after(proposal, each)]
    if not after:
        return [], f"本件是在 {earlier.number} 答复以前提出的，不算又被提出。"
    known = set(Challenge.objects.filter(proposal=proposal).values_list("reply", flat=True))
    new = [each for each in after if each.pk not in known]
    if not new:
        return [], f"本件和 {earlier.number} 已经对照过，请看“已解决又被提出”。"
    return [Challenge(proposal=proposal, reply=each, ground=Ground.NAMED) for each in new], None


def _lines() -> list[Lineage]:
    rows = Lineage.objects.filter(proposal__state__in=NUMBERED, earlier__state__in=ANSWERED)
    return list(rows.filter(proposal__challenges=None).order_by("pk"))


def _solved(numbers: set[int]) -> dict[int, list[Reply]]:
    """By proposal, its standing answers that count as solved; of 并案 those of the other one."""
    proposals = Proposal.objects.filter(pk__in=numbers, state__in=ANSWERED)
    handled = {row.pk: row.merged_into_id or row.pk for row in proposals}
    rows = (
        Reply.objects.standing()
        .of_standing()
        .filter(assignment__proposal__in=set(handled.values()))
        .select_related("outcome", "assignment__unit", "assignment__proposal__lead__user")
        .select_related("assignment__proposal__session__term__assembly__level")
        .prefetch_related("answers__outcome", "upgrades__becomes")
    )
    by_proposal: dict[int, list[Reply]] = {}
    for reply in rows.order_by("pk"):
        if whole_class_of(reply).meaning == Meaning.SOLVED:
            by_proposal.setdefault(reply.assignment.proposal_id, []).append(reply)
    return {pk: by_proposal.get(other, []) for pk, other in handled.items()}


def _raised_after(later: Proposal, reply: Reply) -> bool:
    """What was raised before it was called solved does not raise it again."""
    return bool(later.submitted_on and later.submitted_on > _solved_on(reply))


def _solved_on(reply: Reply) -> date:
    """The day of the letter, or of the last upgrade: those are to 已解决 alone."""
    confirmed = [each for each in reply.upgrades.all() if each.state == UpgradeState.CONFIRMED]
    return max([reply.replied_on, *(each.decided_on for each in confirmed if each.decided_on)])


class Row(NamedTuple):
    """One pair on the office's list."""

    challenge: Challenge
    light: Light | None


def listed(actor: Actor, *, settled: bool) -> "QuerySet[Challenge]":
    """Those that wait for somebody, or those settled; the newest first."""
    rows = Challenge.objects.visible_to(actor).with_case()
    waiting = Challenge.objects.open().values("pk")
    return rows.exclude(pk__in=waiting) if settled else rows.filter(pk__in=waiting)


def rows(found: Iterable[Challenge], clock: Clock) -> list[Row]:
    """Each with how long its unit still has to explain."""
    return [Row(each, _light(each, clock)) for each in found]


def _light(found: Challenge, clock: Clock) -> Light | None:
    waits = found.state == ChallengeState.CONFIRMED and found.explain_by
    return clock.light(found.explain_by) if waits and found.explain_by else None


def to_explain(found: Challenge, actor: Actor, today: date) -> dict[str, object]:
    """What the unit answered then, and what is raised now as far as it may read of it."""
    later, reply = found.proposal, found.reply
    named = later.pk not in unnamed_to(actor, [later])
    shown = named and Proposal.objects.open_to_public().filter(pk=later.pk).exists()
    return {
        "earlier": found.earlier,
        "reply": reply,
        "answered": day(reply.replied_on, today),
        "later": f"{later.number} {later.public_title}" if named else KEPT_BACK,
        "number": later.number if shown else "",
        "texts": [masked(later.facts), masked(later.request)] if shown else [],
        "until": day(found.explain_by, today),
    }


def side_by_side(found: Challenge) -> dict[str, object]:
    """Old asks, answer and evidence; new facts and asks."""
    return {
        "earlier": found.earlier,
        "answers": answers_of(found.reply),
        "later": found.proposal,
        "later_asks": list(found.proposal.asks.all()),
    }
