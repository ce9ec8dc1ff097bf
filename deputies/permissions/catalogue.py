"""履职清单: who may change how it is divided into categories, and from which day."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.roles import Role


def why_not_change_wording(
    by: Actor, *, from_on: date | None = None, today: date | None = None
) -> str | None:
    """换分类口径: by the director; a year that is over keeps the division of its own time."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以换清单的分类口径。"
    if from_on and today and from_on < date(today.year, 1, 1):
        return f"往年照当时的分类看，起用日期不能早于 {today.year} 年 1 月 1 日。"
    return None
