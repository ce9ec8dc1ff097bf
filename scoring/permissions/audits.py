"""积分月报: who may make it, and of which month."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from scoring.models import LedgerAnchor


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
