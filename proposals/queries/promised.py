"""承诺 step by step: how each stands, and what this reader may do about it."""

from typing import NamedTuple

from congress.shared.actors import Actor
from congress.shared.personal_numbers import masked
from proposals.follow_states import PromiseState
from proposals.models import Promise, Reply
from proposals.permissions import why_not_confirm_step, why_not_report_step
from proposals.queries.clocks import Clock, Light, day


class StepLine(NamedTuple):
    """One step: its day, what is done by then, how it stands; and what this reader may do."""

    promise: Promise
    when: str
    words: str
    moved: str
    light: Light | None
    badge: str
    colour: str
    report: str
    returned: str
    picture: int | None
    no_report: str | None
    no_confirm: str | None


def step_line(
    promise: Promise, reply: Reply, actor: Actor | None, clock: Clock, first: bool
) -> StepLine:
    """One step as this reader has it; `first` counts down."""
    promise.reply = reply
    report = promise.last_report
    state = state_to(actor, promise)
    light, badge, colour = standing_of(promise, state, clock, counts=first)
    moved = promise.due_on != promise.signed_due_on
    seen = report if report and (actor or promise.state == PromiseState.CONFIRMED) else None
    said = f"{seen.words}（{day(seen.reported_on, clock.today)}）" if seen else ""
    plain = (lambda words: words) if actor else masked
    return StepLine(
        promise,
        f"{day(promise.due_on, clock.today)}前",
        plain(promise.words),
        f"签发时承诺 {day(promise.signed_due_on, clock.today)}前" if moved else "",
        light,
        badge,
        colour,
        plain(said),
        report.return_words if report and actor and promise.is_open else "",
        report.pk if report and report.file and actor else None,
        why_not_report_step(actor, promise) if actor else "",
        why_not_confirm_step(actor, promise) if actor else "",
    )


def state_to(actor: Actor | None, promise: Promise) -> PromiseState:
    """What a further answer has replaced is for the public as it was until they may read that."""
    if actor or promise.state != PromiseState.REPLACED:
        return PromiseState(promise.state)
    report = promise.last_report
    return PromiseState.REPORTED if report and not report.decided_on else PromiseState.DUE


def standing_of(
    promise: Promise, state: PromiseState, clock: Clock, *, counts: bool
) -> tuple[Light | None, str, str]:
    """A light while its day counts down or is past, else a word; only the next one counts down."""
    if state == PromiseState.CONFIRMED:
        return None, f"{day(promise.done_on, clock.today)}兑现", "green"
    if state == PromiseState.REPORTED:
        return None, state.label, "blue"
    if state == PromiseState.REPLACED:
        return None, state.label, ""
    late = promise.due_on < clock.today
    if counts or late:
        return clock.light(promise.due_on), "", ""
    return None, "未到期", ""
