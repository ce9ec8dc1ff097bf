"""时限: who may stop a clock, start it again, ask for more months and grant them."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.roles import UNIT
from proposals.models import Assignment, Extension
from proposals.permissions.consent import LeadsWord
from proposals.permissions.meetings import why_not_running
from proposals.permissions.speaking import speaks
from proposals.rules import EXTRA_MONTHS, HARD_MONTHS
from proposals.states import ExtensionState


def why_not_pause(
    by: Actor,
    part: Assignment,
    today: date,
    from_on: date | None = None,
    reason: str | None = None,
    agreed_with: str | None = None,
) -> str | None:
    """The office, while the clock runs; from a day between 交办 and today, with who agreed."""
    if not by.is_staff:
        return "只有代工委可以登记暂停。"
    if refusal := why_not_running(part, "暂停"):
        return refusal
    if since := part.stands_still_since:
        return f"{since.month} 月 {since.day} 日起已经暂停，恢复后才能再停。"
    if from_on is not None and (refusal := _why_not_from(part, from_on, today)):
        return refusal
    if reason is not None and not says_something(reason):
        return "请写明为什么暂停，例如：等上级批复规划。"
    if agreed_with is not None and not says_something(agreed_with):
        return "请写明经谁同意，例如：领衔代表某某、分管副主任。"
    return None


def _why_not_from(part: Assignment, from_on: date, today: date) -> str | None:
    if from_on > today:
        return "暂停从哪一天起，不能晚于今天。"
    if part.assigned_on and from_on < part.assigned_on:
        return f"暂停不能早于交办日期 {part.assigned_on.month} 月 {part.assigned_on.day} 日。"
    ends = (each.until_on for each in part.pauses.all() if each.until_on and each.stood)
    ended = max(ends, default=from_on)
    if from_on < ended:
        return f"上一次暂停到 {ended.month} 月 {ended.day} 日，新的不能和它重叠。"
    return None


def why_not_resume(
    by: Actor, part: Assignment, today: date, until_on: date | None = None
) -> str | None:
    """The office, a paused part, from a day not before its pause began and not after today."""
    if not by.is_staff:
        return "只有代工委可以恢复计时。"
    if refusal := why_not_running(part, "恢复计时"):
        return refusal
    since = part.stands_still_since
    if since is None:
        return "这一部分没有暂停。"
    last = until_on or today
    if last > today:
        return "恢复的日期不能晚于今天。"
    if last < since:
        return f"恢复的日期不能早于暂停开始的 {since.month} 月 {since.day} 日。"
    return None


def why_not_ask_extension(
    by: Actor,
    part: Assignment,
    today: date,
    months: int | None = None,
    reason: str | None = None,
) -> str | None:
    """The unit that answers, until one is granted, before its last day, six months in all."""
    if by.role not in UNIT or by.organisation_id != part.unit_id:
        return "延期由承办单位自己申请。"
    if not part.answers:
        return f"本单位是{part.get_role_display()}，延期由主办、分办单位申请。"
    if refusal := why_not_running(part, "申请延期"):
        return refusal
    states = {each.state for each in part.extensions.all()}
    if ExtensionState.ASKED in states:
        return "已经申请延期，等代工委批复。"
    if ExtensionState.GRANTED in states:
        return "已经批准过一次延期，一件建议只延一次。"
    if part.due_on and today > part.due_on and part.stands_still_since is None:
        return "已经超期，不能再申请延期，请抓紧答复。"
    most = most_months(part)
    if most <= 0:
        return f"已经定了 {part.months} 个月，法律规定最长 {_in_all(part)} 个月，不能再延。"
    if months is not None and not 0 < months <= most:
        return f"最多延 {most} 个月，从交办之日起一共不超过 {_in_all(part)} 个月。"
    if reason is not None and not says_something(reason):
        return "请写明为什么办不完、打算什么时候办完。"
    return None


def most_months(part: Assignment) -> int:
    """How many months may be added: 代表法第五十一条, six in all from 交办."""
    day = part.assigned_on
    return min(EXTRA_MONTHS.on(day), _in_all(part) - part.months) if day else 0


def _in_all(part: Assignment) -> int:
    assert part.assigned_on is not None  # noqa: S101  # its clock runs
    return HARD_MONTHS.on(part.assigned_on)


def why_not_consent_extension(by: Actor, extension: Extension) -> str | None:
    """The lead deputy in person, once, while the office has not decided."""
    return _why_no_word(by, extension)


def why_not_decline_extension(by: Actor, extension: Extension) -> str | None:
    """The same deputy, as long as they might consent; no reason is asked for."""
    return _why_no_word(by, extension)


def _why_no_word(by: Actor, extension: Extension) -> str | None:
    if not speaks(by, extension.assignment.proposal):
        return "同不同意延期，由领衔代表本人答复。"
    if by.same_person(extension.asked_by_id):
        return "这次延期是您自己代单位申请的，不能再由您答复同意不同意，由代工委决定。"
    if reason := _why_decided(extension):
        return reason
    if extension.declined_at:
        return "您已经答复不同意，等代工委批复。"
    return "您已经同意过。" if extension.consented_at else None


def why_not_grant_extension(by: Actor, extension: Extension, today: date) -> str | None:
    """The office, with the lead deputy's consent where the county asks for it and can have it."""
    return _why_not_decide(by, extension) or LeadsWord(today, [extension]).why_not(extension)


def why_not_refuse_extension(
    by: Actor, extension: Extension, words: str | None = None
) -> str | None:
    """The office, and never without saying why."""
    if reason := _why_not_decide(by, extension):
        return reason
    if words is not None and not says_something(words):
        return "请写明为什么不同意，单位会看到这句话。"
    return None


def _why_not_decide(by: Actor, extension: Extension) -> str | None:
    if not by.is_staff:
        return "延期由代工委批复。"
    if by.same_person(extension.asked_by_id):
        return "这次延期是您自己代单位申请的，请代工委别的同志批复。"
    return _why_decided(extension)


def _why_decided(extension: Extension) -> str | None:
    if extension.state != ExtensionState.ASKED:
        return f"这次延期{extension.get_state_display()}，不用再批。"
    return why_not_running(extension.assignment, "延期")


def why_not_recompute(by: Actor, changes: int) -> str | None:
    """The office, while any day differs from what calendar and rules now say."""
    if not by.is_staff:
        return "只有代工委可以调整期限。"
    return None if changes else "所有期限都和工作日历、本地规则一致，不用调整。"
