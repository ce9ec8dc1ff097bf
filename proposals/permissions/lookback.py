"""回头看: who opens one, who reports, who settles it."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.calendar import add_months
from congress.shared.names import says_something
from proposals.follow_states import Cause, LookBackState, PromiseState
from proposals.models import LookBack, Reply
from proposals.permissions.office import why_not_office
from proposals.permissions.promises import why_not_of_unit, why_over
from proposals.permissions.rehandling import why_not_yet
from proposals.rules import LOOK_MONTHS

SETTLES = (LookBackState.KEPT, LookBackState.HANDED)
"""What the office may settle by a word; the other ends follow from what is confirmed."""


def why_not_open_look_back(by: Actor, reply: Reply, reason: str | None = None) -> str | None:
    """The congress's own office, one at a time for an answer, and never without a reason."""
    session = reply.assignment.proposal.session
    if refusal := why_not_office(by, session, "提出回头看"):
        return refusal
    if refusal := why_over(reply):
        return refusal
    if any(each.is_open for each in reply.look_backs.all()):
        return "这份答复正在回头看，了结以后才能再提。"
    if reason is not None and not says_something(reason):
        return "请写明为什么回头看，单位会看到。"
    return None


def why_not_report_look_back(
    by: Actor, look_back: LookBack, report: str | None = None
) -> str | None:
    """The unit, once, how it stands and when it will be done."""
    if refusal := why_not_of_unit(by, look_back.assignment, "报告落实情况"):
        return refusal
    if refusal := why_over(look_back.reply):
        return refusal
    if look_back.state != LookBackState.OPEN:
        return f"这次回头看{look_back.get_state_display()}，不用再报告。"
    if report is not None and not says_something(report):
        return "请写明现在办到哪一步、什么时候办成。"
    return None


def why_not_settle_look_back(
    by: Actor,
    look_back: LookBack,
    today: date,
    ending: str | None = None,
    next_on: date | None = None,
    words: str | None = None,
) -> str | None:
    """The office: a new day with its reason, or over to re-handling; reported or silent.

    Over to re-handling only once that may be ordered.
    """
    session = look_back.assignment.proposal.session
    if refusal := why_not_office(by, session, "了结回头看"):
        return refusal
    if not look_back.is_open:
        return f"这次回头看{look_back.get_state_display()}，已经了结。"
    if refusal := why_over(look_back.reply):
        return refusal
    promise = look_back.promise
    if promise and promise.state == PromiseState.REPORTED:
        return "单位已经报告这一步兑现，请先核实或者退回。"
    if ending is not None and ending not in SETTLES:
        return "请选继续落实，或者转重新办理。"
    if words is not None and not says_something(words):
        return "请写明理由，单位和代表会看到。"
    if ending == LookBackState.HANDED:
        return why_not_yet(look_back.reply, today) or _why_not_released(look_back)
    return _why_not_kept(today, next_on) if ending == LookBackState.KEPT else None


def _why_not_released(look_back: LookBack) -> str | None:
    """What the office itself has asked for waits for the release, as any order does."""
    if look_back.cause != Cause.BY_HAND or hasattr(look_back.reply, "released_in"):
        return None
    return "这份答复的满意度还没有公布，公布以后才能转重新办理。"


def _why_not_kept(today: date, next_on: date | None) -> str | None:
    """After today, and no later than the rule has everything looked at again."""
    if next_on is None or next_on <= today:
        return "继续落实的，请填今天以后的新日期。"
    last = add_months(today, LOOK_MONTHS.on(today))
    if next_on > last:
        return f"新日期最晚到 {last.year} 年 {last.month} 月 {last.day} 日，到时再看一次。"
    return None
