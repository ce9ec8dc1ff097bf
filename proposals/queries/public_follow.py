"""承诺登记、转类、又被提出 on the public page: what anybody may know, field by field."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from congress.shared.personal_numbers import masked
from proposals.follow_states import ChallengeState
from proposals.models import Challenge, Proposal, Reply
from proposals.queries.clocks import Clock, Light, day
from proposals.queries.follow import Follow, follow

SETTLED = (ChallengeState.STANDS, ChallengeState.REVOKED)


class PublicStep(NamedTuple):
    """One step of 承诺登记."""

    when: str
    words: str
    moved: str
    light: Light | None
    badge: str
    colour: str
    report: str


class Again(NamedTuple):
    """又被提出: the other proposal, and what people have said. No number: it is not public."""

    number: str
    title: str
    words: str
    explained: str = ""


class PublicFollow(NamedTuple):
    """What became of one unit's published answer."""

    unit: str
    outcome: str
    outcome_name: str
    outcome_meaning: str
    upgraded: bool
    revoked: bool
    kept: int
    steps: tuple[PublicStep, ...]
    upgrades: tuple[str, ...]
    again: tuple[Again, ...]
    looks_on: str
    open_words: str
    """What of it is not done; empty when all is."""

    @property
    def promised(self) -> str:
        """4 步，已兑现 1 步."""
        return f"{len(self.steps)} 步，已兑现 {self.kept} 步"


def public_follow(replies: Sequence[Reply], clock: Clock) -> tuple[PublicFollow, ...]:
    """Of each answer that has anything to follow."""
    found = follow(replies, None, clock)
    return tuple(_public(each) for each in found if each.says_anything)


def _public(found: Follow) -> PublicFollow:
    return PublicFollow(
        unit=found.unit,
        outcome=found.now.code,
        outcome_name=found.now.name,
        outcome_meaning=found.now.meaning,
        upgraded=found.upgraded,
        revoked=found.revoked,
        kept=found.kept,
        steps=tuple(
            PublicStep(
                each.when, each.words, each.moved, each.light, each.badge, each.colour, each.report
            )
            for each in found.steps
        ),
        upgrades=tuple(each.words for each in found.upgrades),
        again=tuple(
            Again(
                each.number,
                each.title,
                each.words,
                masked(each.challenge.explanation) if each.challenge.explanation_shown else "",
            )
            for each in found.challenges
        ),
        looks_on=found.looks_on,
        open_words=_open_words(found),
    )


def _open_words(found: Follow) -> str:
    if found.revoked:
        return "“已解决”已经撤销，由又提出的建议接着办理"
    if any(each.challenge.state not in SETTLED for each in found.challenges):
        return "又被提出，还没有了结"
    if found.next_step:
        steps = f"承诺 {len(found.steps)} 步，已兑现 {found.kept} 步"
        return f"{steps}，下一步应在 {found.next_step}兑现"
    return f"{found.looks_on}回头看" if found.looks_on else ""


def raised_before(proposal: Proposal, today: date) -> tuple[Again, ...]:
    """What this one raises again, as people have confirmed; of published answers alone."""
    rows = (
        Challenge.objects.raised_again()
        .answered_openly()
        .filter(proposal=proposal)
        .select_related("reply__assignment__proposal", "reply__outcome", "reply__assignment__unit")
    )
    return tuple(
        Again(
            each.earlier.number,
            each.earlier.public_title,
            f"{each.assignment.unit.name} {day(each.reply.replied_on, today)}答复 "
            f"{each.reply.result.code} 类",
        )
        for each in rows.order_by("pk")
    )
