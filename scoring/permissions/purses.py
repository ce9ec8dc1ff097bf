"""兑换额度: when it is opened, and when it follows a grade that was put right."""

from datetime import date, timedelta

from congress.shared.actors import Actor
from congress.shared.calendar import add_months
from scoring.models import Purse, ReviewCycle
from scoring.rules import PURSE_MONTH
from scoring.states import TOLD

GRADES_STAND = TOLD
"""The grades are final: publicity is over and no objection is open."""


def last_day(year: int, day: date) -> date:
    """The day on which purses of that year run out, by the county's rules of `day`."""
    return add_months(date(year, 1, 1), PURSE_MONTH.on(day)) - timedelta(days=1)


def why_not_open_purses(by: Actor, cycle: ReviewCycle, today: date) -> str | None:
    """开立: by the office's director or by the clock, when the grades are final."""
    if no := _why_not_director(by, "开立"):
        return no
    if cycle.state not in GRADES_STAND:
        return f"{cycle.year} 年的评价还没有定下来，定了以后再开立兑换额度。"
    last = last_day(cycle.year + 1, today)
    if today > last:
        until = f"{last.year} 年 {last.month} 月 {last.day} 日"
        return f"{cycle.year} 年的等次兑换到 {until}为止，现在已经过了。"
    return None


def why_not_adjust_purse(by: Actor, purse: Purse, today: date) -> str | None:
    """按更正后的等次调整: while the year runs."""
    if no := _why_not_director(by, "调整"):
        return no
    if today > purse.good_until:
        return f"{purse.year} 年的兑换额度已经过期，不再调整。"
    return None


def _why_not_director(by: Actor, act: str) -> str | None:
    if by.user is None or by.directs_office:
        return None
    return f"兑换额度由代工委主任{act}。"
