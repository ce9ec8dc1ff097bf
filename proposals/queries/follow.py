"""承诺、回头看、转类、又被提出 of the answers on one page, ready to print. Never a rating."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db.models import Prefetch, prefetch_related_objects

from congress.shared.actors import Actor
from congress.shared.personal_numbers import masked
from proposals.follow_states import (
    OPEN_STEPS,
    RAISED_AGAIN,
    ChallengeState,
    PromiseState,
    UpgradeState,
)
from proposals.models import Challenge, LookBack, Promise, Proposal, Reply, StepReport, Upgrade
from proposals.models.proposal import KEPT_BACK
from proposals.models.reference import Result
from proposals.models.upgrades import result_now
from proposals.permissions import (
    why_not_ask_upgrade,
    why_not_confirm_upgrade,
    why_not_explain_challenge,
    why_not_open_look_back,
    why_not_rate_fulfilment,
    why_not_report_look_back,
    why_not_settle_look_back,
)
from proposals.queries.clocks import Clock, Light, day
from proposals.queries.counting import TAKEN_BACK, since
from proposals.queries.followup import has_later, next_look
from proposals.queries.naming import unnamed_to
from proposals.queries.progress import named
from proposals.queries.promised import StepLine, state_to, step_line
from proposals.queries.ratings import fulfilment_rated_on


class LookLine(NamedTuple):
    """One 回头看: why, until when, what was said of it."""

    look_back: LookBack
    cause: str
    light: Light | None
    state: str
    words: tuple[str, ...]
    no_report: str | None
    no_settle: str | None


class UpgradeLine(NamedTuple):
    """One 转类: B → A，11 月 3 日核实."""

    upgrade: Upgrade
    words: str
    no_confirm: str | None


class ChallengeLine(NamedTuple):
    """又被提出: by which, and what came of it."""

    challenge: Challenge
    number: str
    title: str
    words: str
    no_explain: str | None


class Follow(NamedTuple):
    """What became of one answer since it was signed."""

    reply: Reply
    unit: str
    now: Result
    kept: int
    steps: tuple[StepLine, ...]
    look_backs: tuple[LookLine, ...]
    upgrades: tuple[UpgradeLine, ...]
    challenges: tuple[ChallengeLine, ...]
    looks_on: str
    next_step: str
    """哪天前 the next of the open steps is to be kept; empty when none is open."""
    revoked: bool
    no_upgrade: str | None
    no_look_back: str | None
    no_rating: str | None
    rated_on: str

    @property
    def says_anything(self) -> bool:
        found = self.steps or self.look_backs or self.upgrades or self.challenges
        return bool(found or self.looks_on)

    @property
    def again(self) -> bool:
        """又被提出, as people have confirmed it; marked whatever comes of it (0039)."""
        return any(each.challenge.state in RAISED_AGAIN for each in self.challenges)

    @property
    def upgraded(self) -> bool:
        """The whole counts as another class than the letter says."""
        return self.now != self.reply.result


def _loaded() -> tuple[Any, ...]:
    reports = StepReport.objects.select_related("reported_by")
    promises = Promise.objects.select_related("ask").prefetch_related(Prefetch("reports", reports))
    return (
        "answers__outcome",
        Prefetch("promises", promises),
        Prefetch("look_backs", LookBack.objects.select_related("promise")),
        Prefetch("upgrades", Upgrade.objects.select_related("was", "becomes", "ask")),
        Prefetch("challenges", Challenge.objects.select_related("proposal__lead")),
    )


def follow(replies: Sequence[Reply], actor: Actor | None, clock: Clock) -> list[Follow]:
    """Of each answer; for the public nothing that is still between the unit and the office."""
    prefetch_related_objects(list(replies), *_loaded())
    again = (each.proposal for reply in replies for each in reply.challenges.all())
    kept = unnamed_to(actor, again)
    return [_follow(each, actor, clock, kept) for each in replies]


def _follow(reply: Reply, actor: Actor | None, clock: Clock, kept: Collection[int]) -> Follow:
    steps = sorted(reply.promises.all(), key=lambda each: each.position)
    open_ones = [each for each in steps if state_to(actor, each) in OPEN_STEPS]
    first = min(open_ones, key=lambda each: each.due_on, default=None)
    looks, later = next_look(reply), has_later(reply)
    why = "受条件限制的" if later else "上次回头看了结时定的"
    challenges = [each for each in reply.challenges.all() if _shown(each, actor)]
    no_rating = why_not_rate_fulfilment(actor, reply) if actor else ""
    return Follow(
        reply=reply,
        unit=reply.assignment.unit.name,
        now=result_now(reply),
        kept=sum(each.state == PromiseState.CONFIRMED for each in steps),
        steps=tuple(step_line(each, reply, actor, clock, each is first) for each in steps),
        look_backs=tuple(_look(each, reply, actor, clock) for each in reply.look_backs.all())
        if actor
        else (),
        upgrades=tuple(
            _upgrade(each, reply, actor, clock)
            for each in reply.upgrades.all()
            if actor or each.state == UpgradeState.CONFIRMED
        ),
        challenges=tuple(_challenge(each, reply, actor, clock, kept) for each in challenges),
        looks_on=f"{why}，{day(looks, clock.today)}" if looks and (actor or later) else "",
        next_step=f"{day(first.due_on, clock.today)}前" if first else "",
        revoked=is_revoked(reply),
        no_upgrade=why_not_ask_upgrade(actor, reply) if actor else "",
        no_look_back=why_not_open_look_back(actor, reply) if actor else "",
        no_rating=no_rating,
        rated_on=fulfilment_rated_on(reply, actor, clock.today)
        if actor and no_rating is None
        else "",
    )


def is_revoked(reply: Reply) -> bool:
    """已解决 was taken back after it was raised again."""
    return any(each.state == ChallengeState.REVOKED for each in reply.challenges.all())


def counts_now(reply: Reply) -> Result:
    """`queries.counting.counted`, of a row: signed, upgraded since, or 已解决 revoked."""
    return TAKEN_BACK if is_revoked(reply) else result_now(reply)


def became(reply: Reply) -> str:
    """What the letter says and what has come of it; nothing where the letter's class counts."""
    return since(reply.result, counts_now(reply))


def _shown(challenge: Challenge, actor: Actor | None) -> bool:
    """Once people have confirmed it; to an office what waits for its word as well."""
    if challenge.state in RAISED_AGAIN:
        return True
    return bool(actor and actor.in_an_office and challenge.state == ChallengeState.FOUND)


def _look(found: LookBack, reply: Reply, actor: Actor | None, clock: Clock) -> LookLine:
    found.reply = reply
    if found.promise:
        found.promise.reply = reply
    cause = found.reason or (
        f"第 {found.promise.position} 步到期没有兑现"
        if found.promise
        else "受条件限制的，到了回头看的日子"
    )
    words = [
        f"单位报告：{found.report}（{day(found.reported_on, clock.today)}）"
        if found.report
        else "",
        f"新的日期 {day(found.next_on, clock.today)}" if found.next_on else "",
        f"{day(found.decided_on, clock.today)}了结：{found.words}" if found.words else "",
    ]
    waits = clock.light(found.report_by) if found.state == "open" else None
    return LookLine(
        found,
        cause,
        waits,
        found.get_state_display(),
        tuple(each for each in words if each),
        why_not_report_look_back(actor, found) if actor else "",
        why_not_settle_look_back(actor, found, clock.today) if actor else "",
    )


def _upgrade(found: Upgrade, reply: Reply, actor: Actor | None, clock: Clock) -> UpgradeLine:
    found.reply = reply
    which = f"第 {found.ask.position} 条 " if found.ask else ""
    change = f"{which}{found.was.code} → {found.becomes.code}"
    if found.decided_on:
        words = f"{change}，{day(found.decided_on, clock.today)}{found.get_state_display()}"
    else:
        words = f"{change}，{found.get_state_display()}"
    return UpgradeLine(found, words, why_not_confirm_upgrade(actor, found) if actor else "")


def _challenge(
    found: Challenge, reply: Reply, actor: Actor | None, clock: Clock, kept: Collection[int]
) -> ChallengeLine:
    found.reply = reply
    later, hidden = found.proposal, found.proposal_id in kept
    on = found.confirmed_on
    words = f"{day(on, clock.today)}认定又被提出" if on else found.get_state_display()
    if found.decided_on:
        settled = day(found.decided_on, clock.today)
        said = found.words if actor else masked(found.words)
        words = f"{words}；{settled}{found.get_state_display()}：{said}"
    return ChallengeLine(
        found,
        "" if hidden else later.number,
        KEPT_BACK if hidden else later.public_title,
        words,
        why_not_explain_challenge(actor, found) if actor else "",
    )


def raises_again(proposal: Proposal, actor: Actor) -> list[str]:
    """再次提出: which earlier answers this one raises again, as people have said.

    The office and the lead were told of it; whoever else reads, once that answer is public.
    """
    rows = Challenge.objects.raised_again()
    led = actor.user is not None and proposal.lead.user_id == actor.user.pk
    if not (led or actor.in_an_office):
        rows = rows.answered_openly()
    found = list(rows.filter(proposal=proposal).with_case().order_by("pk"))
    kept = unnamed_to(actor, (each.earlier for each in found))
    return [
        f"{named(each.earlier, kept).strip()}{each.reply.replied_on.year} 年"
        f"答复 {each.reply.result.code} 类"
        for each in found
    ]
