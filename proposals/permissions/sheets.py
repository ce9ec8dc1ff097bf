"""交办单: who draws it up, changes it, lets the units see it, settles and drops it."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from congress.shared.actors import Actor
from congress.shared.models import Session
from congress.shared.names import says_something, shows_something
from proposals.models import Objection, Proposal, Sheet
from proposals.permissions.assignment import why_not_assign, why_not_shares
from proposals.sharing import Share
from proposals.states import SheetState

Lines = Sequence[tuple[Proposal, Sequence[Share]]]


def why_not_draw_up_sheet(
    by: Actor, session: Session | None = None, name: str | None = None, lines: Lines = ()
) -> str | None:
    """The deputy-affairs office, with at least one proposal that waits, each shared out whole."""
    if not by.is_staff:
        return "只有代工委可以拟交办单。"
    if name is None:
        return None
    if not shows_something(name):
        return "请给交办单写个名称，例如：五次会议建议交办单。"
    if not lines:
        return "请至少选一件建议。"
    for proposal, shares in lines:
        if proposal.session_id != getattr(session, "pk", None):
            return f"{proposal.number}不是这次会议的建议，请另拟一张单。"
        if reason := why_not_assign(by, proposal, shares):
            return f"{proposal.number}：{reason}"
    return None


def parts_seen(sheet: Sheet, proposal: Proposal) -> str:
    """The parts as they are now, for a form to say of which it was made."""
    parts = sheet.lines.standing().filter(proposal=proposal).order_by("pk")
    return "-".join(str(pk) for pk in parts.values_list("pk", flat=True))


def why_not_change_share(
    by: Actor,
    sheet: Sheet,
    proposal: Proposal | None = None,
    shares: Sequence[Share] | None = None,
    seen: str | None = None,
) -> str | None:
    """The office, while no unit has seen the sheet.

    `seen` is of the parts that were read: what a colleague has changed meanwhile is read first.
    """
    if not by.is_staff:
        return "只有代工委可以改分工。"
    if sheet.state != SheetState.DRAFTED:
        return f"交办单{_now(sheet)}，分工不能再改；单位有不同意见走异议。"
    if proposal is None:
        return None
    if not sheet.lines.standing().filter(proposal=proposal).exists():
        return "这件建议不在这张交办单上。"
    if seen is not None and seen != parts_seen(sheet, proposal):
        return "同事刚刚改过这件建议的分工，请看过现在的分工再改。"
    return why_not_shares(proposal, shares) if shares is not None else None


def lines_seen(sheet: Sheet) -> str:
    """All the parts that stand on it now, for a form to say what its page showed."""
    parts = sheet.lines.standing().order_by("pk").values_list("pk", flat=True)
    return sha256("-".join(str(pk) for pk in parts).encode()).hexdigest()


def _why_not_seen(sheet: Sheet, seen: str | None, act: str) -> str | None:
    """`seen` is of the lines that were read: what has changed meanwhile is read first."""
    if seen is not None and seen != lines_seen(sheet):
        return f"交办单刚刚有改动，请看过现在的分工再{act}。"
    return None


def why_not_rehearse(by: Actor, sheet: Sheet, seen: str | None = None) -> str | None:
    """The office, once there is something on it, as it was read."""
    if not by.is_staff:
        return "只有代工委可以请单位看交办单。"
    if sheet.state != SheetState.DRAFTED:
        return f"交办单{_now(sheet)}，不用再征求意见。"
    return _why_empty(sheet) or _why_not_seen(sheet, seen, "请单位看")


def why_not_settle(by: Actor, sheet: Sheet, today: date, seen: str | None = None) -> str | None:
    """The office, once the window is over and every objection has its answer, as it was read."""
    if not by.is_staff:
        return "只有代工委可以定稿交办。"
    if sheet.state == SheetState.DRAFTED:
        return "请先征求单位意见，再定稿交办。"
    if sheet.state != SheetState.REHEARSED:
        return f"交办单{_now(sheet)}，不能再定稿。"
    waiting = Objection.objects.open().filter(assignment__sheet=sheet).count()
    if waiting:
        return f"还不能定稿：{waiting} 件异议没有答复。"
    until = sheet.object_until
    if until and today <= until:
        return f"还不能定稿：单位到 {until.month} 月 {until.day} 日前都可以提异议。"
    return _why_empty(sheet) or _why_not_seen(sheet, seen, "定稿")


def why_not_drop_sheet(
    by: Actor, sheet: Sheet, reason: str | None = None, seen: str | None = None
) -> str | None:
    """The office, before it is settled, saying why when units have seen it, as it was read."""
    if not by.is_staff:
        return "只有代工委可以收回交办单。"
    if sheet.state not in (SheetState.DRAFTED, SheetState.REHEARSED):
        return f"交办单{_now(sheet)}，不能收回。"
    if sheet.state == SheetState.REHEARSED and reason is not None and not says_something(reason):
        return "请写明为什么收回，看过的单位都会看到。"
    return _why_not_seen(sheet, seen, "收回")


def _now(sheet: Sheet) -> str:
    return f"目前是“{sheet.get_state_display()}”"


def _why_empty(sheet: Sheet) -> str | None:
    if sheet.lines.standing().exists():
        return None
    return "这张单上一件建议也没有了，请收回。"
