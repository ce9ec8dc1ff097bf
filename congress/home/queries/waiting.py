"""等您办的: one thing that waits, the one act that does it, and how urgent it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from congress.shared.actors import Actor
from congress.shared.calendar import working_days_until
from congress.shared.models import Workday
from deputies.rules import NEAR_DAYS
from proposals.queries.clocks import Clock, Light
from scoring.queries.opinions import Turn, turns
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


def review_tasks(actor: Actor, today: date) -> list[Task]:
    """年度评价: each opinion that this person still owes, by its last day."""
    return [_review_task(turn, today) for turn in turns(actor, today) if turn.left]


def _review_task(turn: Turn, today: date) -> Task:
    own = turn.step == Step.SELF
    page = reverse("scoring:self_review" if own else "scoring:appraise")
    late = "已过截止日，还可以补交，会注明逾期。" if turn.is_late(today) else ""
    words = (
        "写几句今年做了什么，给自己打个分。"
        if own
        else f"还有 {turn.left} 位代表没有评：打个分、写一句意见，别的方面看不到。"
    )
    return Task(
        f"{turn.cycle.year} 年{'自评' if own else turn.step.label}",
        late + words,
        "写自评" if own else "去评价",
        f"{page}?cycle={turn.cycle.pk}&step={turn.step}",
        due_on=turn.span.closes_on,
    )
