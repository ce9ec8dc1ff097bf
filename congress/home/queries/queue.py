"""One line of the workbench: how many wait, how old the oldest is, and where it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from congress.shared.calendar import Works, working_days_until

NONE = "没有等着的"
KINDS = ("late", "must", "soon", "ok", "open", "off")
"""Beyond its limit; to be mended now; near the limit; within it; without one; nothing there."""


@dataclass(frozen=True)
class Queue:
    """One kind of waiting work: how many, how old, and where it is done."""

    title: str
    count: int
    words: str
    kind: str
    url: str


def most_urgent_first(queues: Iterable[Queue]) -> list[Queue]:
    return sorted(queues, key=lambda queue: KINDS.index(queue.kind))


def waiting(
    title: str, count: int, oldest: date | None, url: str, today: date, works: Works
) -> Queue:
    """A queue without a limit of days: its age alone."""
    if oldest is None:
        return Queue(title, 0, NONE, "off", url)
    days = max(working_days_until(oldest, today, works), 0)
    return Queue(title, count, f"最久 {days} 个工作日", "open", url)


def aged(title: str, rows: QuerySet[Any], since: str, url: str, today: date, works: Works) -> Queue:
    """The same of rows of which each has waited since the day, or the instant, in that field."""
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min(since))
    oldest = found["oldest"]
    if isinstance(oldest, datetime):
        oldest = timezone.localdate(oldest)
    return waiting(title, found["count"], oldest, url, today, works)
