"""等您办的: one thing that waits, the one act that does it, and how urgent it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from congress.shared.actors import Actor
from congress.shared.calendar import working_days_until
from congress.shared.models import Workday
from deputies.rules import NEAR_DAYS
from proposals.queries.clocks import Clock, Light
from scoring.models import ReviewCycle
from scoring.queries.review import left_to_appraise
from scoring.states import Step

MOST_OF_A_KIND = 3


@dataclass(frozen=True)
class Task:
    """One thing that waits; `light` and `age` are filled in when the list is put in order."""

    title: str
    words: str
    verb: str
    url: str
    due_on: date | None = None
    since: date | None = None
    light: Light | None = None
    age: str = ""
    in_confidence: bool = False
    """The words are another person's, written to this one: they are not kept on a phone."""


def clock_of(today: date) -> Clock:
    """The lights of a desk; a matter of a few days turns amber only near its end."""
    return Clock(today, Workday.objects.works(), NEAR_DAYS.on(today))


def in_order(tasks: Iterable[Task], clock: Clock) -> list[Task]:
    """By due date; what has none comes after it, what waits longest first."""
    rows = sorted(tasks, key=lambda task: (task.due_on or date.max, task.since or date.max))
    return [
        replace(
            task,
            light=clock.light(task.due_on) if task.due_on else None,
            age=_age(task.since, clock) if task.since and not task.due_on else "",
        )
        for task in rows
    ]


def _age(since: date, clock: Clock) -> str:
    days = working_days_until(since, clock.today, clock.works)
    return f"等了 {days} 个工作日" if days > 0 else "今天到的"


def few(tasks: Sequence[Task], whole: Task) -> list[Task]:
    """Up to three of a kind stand by themselves; more become one, as urgent as the first."""
    if len(tasks) <= MOST_OF_A_KIND:
        return list(tasks)
    dues = [task.due_on for task in tasks if task.due_on]
    begun = [task.since for task in tasks if task.since]
    return [replace(whole, due_on=min(dues, default=None), since=min(begun, default=None))]


def days_left(days: int) -> str:
    """就是今天, 就是明天, 还有 3 天."""
    return {0: "就是今天", 1: "就是明天"}.get(days, f"还有 {days} 天")


def to_be_appraised(step: Step, actor: Actor, today: date) -> list[tuple[ReviewCycle, int]]:
    """Open reviews in which this party still owes an opinion, and of how many deputies."""
    cycles = ReviewCycle.objects.gathering()
    owed = [(cycle, left_to_appraise(cycle, step, actor, today)) for cycle in cycles]
    return [(cycle, left) for cycle, left in owed if left]
