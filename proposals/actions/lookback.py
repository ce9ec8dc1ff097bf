"""回头看: opened by itself or by the office, reported by the unit, settled by the office."""

import logging
from collections.abc import Callable
from datetime import date
from functools import partial

from django.db import transaction

from congress.shared.actors import SYSTEM, Actor
from congress.shared.calendar import add_working_days
from congress.shared.models import Workday
from congress.shared.workflow import in_turn, lock, move, record, refuse_if
from proposals.actions.due_days import in_full
from proposals.actions.locking import part_locked
from proposals.actions.promises import missed_already, of_part_locked, tell_both
from proposals.actions.telling import tell_office
from proposals.follow_states import Cause, LookBackState, PromiseState
from proposals.models import LookBack, Promise, Rehandling, Reply
from proposals.permissions.lookback import (
    why_not_open_look_back,
    why_not_report_look_back,
    why_not_settle_look_back,
)
from proposals.queries.followup import due_again, due_back, has_later
from proposals.rules import LOOK_REPORT_DAYS

logger = logging.getLogger("congress.proposals")


@transaction.atomic
def open_due(today: date) -> int:
    """自动回头看: each missed step, each day that was set or is yearly, once; how many were opened.

    A second run opens none, a missed day loses none: what is past and unopened is looked for. One
    that fails stops no other. What was handed over to be ordered and was not is open again.
    """
    in_turn("proposals.open_due")
    until = _report_by(today)
    missed = [
        _by_itself(each, partial(_miss, each, until, today))
        for each in Promise.objects.missed_by(today).order_by("pk")
    ]
    back = [_by_itself(each, partial(_bring_back, each, today)) for each in due_back(today)]
    again = [
        _by_itself(reply, partial(_look_again, reply, day, until, today))
        for reply, day in due_again(today)
    ]
    return sum(missed) + sum(back) + sum(again)


def _by_itself(row: Promise | LookBack | Reply, opens: Callable[[], bool]) -> bool:
    """Whether one was opened; a fault takes back what was done for this row alone."""
    try:
        with transaction.atomic():
            return opens()
    except Exception:
        logger.exception("No look-back of %s %s", row._meta.label, row.pk)
        return False


def _report_by(today: date) -> date:
    return add_working_days(today, LOOK_REPORT_DAYS.on(today), Workday.objects.works())


def _miss(promise: Promise, until: date, today: date) -> bool:
    """Under the lock it may have been reported or answered anew meanwhile, or looked at before."""
    found = of_part_locked(promise)
    if found.state != PromiseState.DUE:
        return False
    words = f"第 {found.position} 步“{found.words}”到期没有兑现"
    move(found, PromiseState.MISSED, by=SYSTEM, note=f"{found.assignment.unit.name}{words}。")
    if missed_already(found):
        return False
    look_back = LookBack(
        reply=found.reply,
        promise=found,
        cause=Cause.MISSED,
        for_on=found.due_on,
        opened_on=today,
        report_by=until,
    )
    _open(look_back, f"承诺{words}", SYSTEM, today)
    return True


def _look_again(reply: Reply, day: date, until: date, today: date) -> bool:
    part_locked(reply.assignment)
    found = LookBack(reply=reply, for_on=day, opened_on=today, report_by=until)
    if has_later(reply):
        found.cause, words = Cause.YEARLY, "受条件限制的，到了回头看的日子"
    else:
        last = reply.look_backs.filter(promise=None, next_on=day).latest("pk")
        found.cause, found.opened_by = Cause.BY_HAND, last.decided_by
        found.reason = words = f"上次回头看了结时定的，到{in_full(day)}再看"
    _open(found, words, SYSTEM, today)
    return True


def _bring_back(look_back: LookBack, today: date) -> bool:
    """转重新办理 that was not ordered in its days: the office is to settle it again."""
    look_back = of_its_part_locked(look_back)
    ordered = Rehandling.objects.standing().filter(reply=look_back.reply_id).exists()
    if look_back.state != LookBackState.HANDED or ordered:
        return False
    part = look_back.assignment
    note = f"{part.unit.name}的回头看转重新办理以后没有要求，回到待了结。"
    undecided = {"words": "", "decided_by": None, "decided_on": None}
    move(look_back, LookBackState.REPORTED, by=SYSTEM, note=note, **undecided)
    text, step = f"“{part.proposal.title}”：{note}", f"look_back_returns.{look_back.pk}.{today}"
    tell_office(part.proposal, step, text, "look_backs", today=today)
    return True


def _open(found: LookBack, words: str, by: Actor, today: date) -> None:
    found.save(force_insert=True)
    _announce(found, words, by, today)


def _announce(found: LookBack, words: str, by: Actor, today: date) -> None:
    part = found.assignment
    note = f"回头看：{words}，请{part.unit.name}在{in_full(found.report_by)}前报告。"
    record(found, "look_back_opened", by=by, note=note)
    tell_both(part, f"look_back.{found.pk}", note, today)
    if by == SYSTEM:
        text = f"“{part.proposal.title}”：{note}"
        step = f"look_back_office.{found.pk}"
        tell_office(part.proposal, step, text, "look_backs", today=today)


@transaction.atomic
def open_look_back(reply: Reply, *, reason: str, by: Actor, today: date) -> LookBack:
    """提出回头看: by hand, with a reason that the unit reads."""
    part = part_locked(reply.assignment)
    reply = lock(reply)
    reply.assignment = part
    refuse_if(why_not_open_look_back(by, reply, reason))
    found = LookBack(
        reply=reply,
        cause=Cause.BY_HAND,
        for_on=today,
        reason=reason.strip(),
        opened_by=by.user,
        opened_on=today,
        report_by=_report_by(today),
    )
    _open(found, found.reason, by, today)
    return found


@transaction.atomic
def report_look_back(look_back: LookBack, *, report: str, by: Actor, today: date) -> LookBack:
    """报告落实情况: the office reads how it stands, and settles it."""
    look_back = of_its_part_locked(look_back)
    refuse_if(why_not_report_look_back(by, look_back, report))
    part = look_back.assignment
    note = f"{part.unit.name}报告了落实情况。"
    facts = {"report": report.strip(), "reported_by": by.user, "reported_on": today}
    move(look_back, LookBackState.REPORTED, by=by, note=note, **facts)
    text = f"“{part.proposal.title}”回头看：{note}"
    step = f"look_back_reported.{look_back.pk}"
    tell_office(part.proposal, step, text, "look_backs", today=today)
    return look_back


@transaction.atomic
def settle_look_back(
    look_back: LookBack,
    *,
    ending: str,
    words: str,
    by: Actor,
    today: date,
    next_on: date | None = None,
) -> LookBack:
    """了结回头看: kept on with a new day and its reason, or over to re-handling.

    The letter goes on saying its own day; the promise has the new one, and counts down to it.
    """
    look_back = of_its_part_locked(look_back)
    refuse_if(why_not_settle_look_back(by, look_back, today, ending, next_on, words))
    kept = ending == LookBackState.KEPT
    part = look_back.assignment
    after = f"继续落实，新的日期是{in_full(next_on)}" if next_on and kept else "转重新办理"
    note = f"{part.unit.name}的回头看了结：{after}。"
    facts = {"words": words.strip(), "decided_by": by.user, "decided_on": today}
    if kept:
        facts["next_on"] = next_on
    move(look_back, LookBackState(ending), by=by, note=note, **facts)
    promise = look_back.promise
    if kept and next_on and promise and promise.state == PromiseState.MISSED:
        moved = f"{part.unit.name}第 {promise.position} 步改到{in_full(next_on)}。"
        move(lock(promise), PromiseState.DUE, by=by, note=moved, due_on=next_on)
    step = f"look_back_settled.{look_back.pk}.{today}"
    tell_both(part, step, f"{note}{look_back.words}", today)
    return look_back


def of_its_part_locked(look_back: LookBack) -> LookBack:
    """Its proposal and its part first, as every verb of a part."""
    part = part_locked(look_back.reply.assignment)
    look_back = lock(look_back)
    look_back.reply.assignment = part
    return look_back
