"""年度评价 on the office's desk: each running review with its next act."""

from datetime import date

from django.urls import reverse

from congress.home.queries.queue import Queue
from congress.shared import clock
from congress.shared.actors import Actor
from scoring.models import ReviewCycle
from scoring.queries.opinions import Turn, turns
from scoring.queries.timetables import spans_of
from scoring.queries.turning import next_act
from scoring.states import CycleState


def review_queues(by: Actor, today: date) -> list[Queue]:
    """What waits for the director is the director's; what is given in a stead, the stand-in's."""
    running = ReviewCycle.objects.exclude(state=CycleState.SEALED).order_by("year", "pk")
    found = [_running(cycle, by, today) for cycle in running.prefetch_related("stages")]
    found += [_in_stead(turn, today) for turn in turns(by, today) if turn.left]
    page = reverse("admin:scoring_reviewcycle_changelist")
    return found or [Queue("年度评价", 0, "没有启动的", "off", page)]


def _running(cycle: ReviewCycle, by: Actor, today: date) -> Queue:
    act = next_act(cycle, spans_of(cycle), today, now=clock.now())
    kind = "open"
    if act.is_due and by.directs_office:
        kind = "late" if act.due_on and today > act.due_on else "must"
    title = f"{cycle.year} 年度评价{cycle.get_state_display()}"
    return Queue(title, 1, act.words, kind, reverse("scoring:cycle", args=[cycle.pk]))


def _in_stead(turn: Turn, today: date) -> Queue:
    page = f"{reverse('scoring:appraise')}?cycle={turn.cycle.pk}&step={turn.step}"
    last = turn.span.closes_on
    kind = "late" if turn.is_late(today) else "must"
    words = f"{last.month} 月 {last.day} 日截止"
    return Queue(f"代提交{turn.step.label}", turn.left, words, kind, page)
