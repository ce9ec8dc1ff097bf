"""提醒召集人: by the office, once a quarter for each group that has somebody to ask about."""

from collections.abc import Sequence
from datetime import date

from congress.shared.actors import Actor
from deputies.models import DeputyGroup


def why_not_remind(
    by: Actor,
    group: DeputyGroup | None = None,
    quiet: Sequence[str] = (),
    reminded_on: date | None = None,
) -> str | None:
    """Without a group: whether this post may at all."""
    if not by.is_staff:
        return "只有代工委可以提醒召集人。"
    if group is None:
        return None
    if reminded_on:
        return f"本季度已在 {reminded_on.month} 月 {reminded_on.day} 日提醒过这个小组。"
    if group.convenor_id is None:
        return f"{group}还没有召集人，请先指定。"
    if not quiet:
        return f"{group}的代表本季度都有履职记录，不用提醒。"
    return None
