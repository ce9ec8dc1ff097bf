"""查账, 积分月报: who may ask for a run, who may make a sheet, and of which month."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.roles import Role
from scoring.models import LedgerAnchor, LedgerAudit


def why_not_ask_audit(by: Actor) -> str | None:
    """现在查一次: the office's director or an auditor, one run at a time."""
    if not by.is_a(Role.STAFF_DIRECTOR, Role.AUDITOR):
        return "代工委主任或者审计员可以现在查一次；每天夜里也会自动查。"
    if LedgerAudit.objects.asked():
        return "正在核对，查完以后才能再查一次。"
    return None


def why_not_anchor_month(
    by: Actor,
    assembly: Assembly | None = None,
    month: date | None = None,
    today: date | None = None,
) -> str | None:
    """制作月报: by the office, once for each congress and month, when the month is over."""
    if not by.is_staff:
        return "只有代工委可以制作积分月报。"
    if month and today and month >= today.replace(day=1):
        return f"{month.year} 年 {month.month} 月还没有结束，下月 1 日查账以后才能做。"
    if month and LedgerAnchor.objects.filter(assembly=assembly, month=month).exists():
        return f"{month.year} 年 {month.month} 月的月报已经做过，打印的内容不会再变。"
    return None
