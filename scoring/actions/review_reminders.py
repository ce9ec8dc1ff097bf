"""评价提醒: at a stage's beginning, before its last day and after it; daily to who decides."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from congress.shared import clock, notices
from congress.shared.calendar import Works, add_working_days
from congress.shared.models import Workday
from scoring import review_keys as keys
from scoring.models import ReviewCycle, ReviewStage
from scoring.permissions.involved import directors
from scoring.queries.gathering import Gathered, gathered, opinions_left
from scoring.queries.timetables import spans_of
from scoring.queries.turning import NextAct, next_act
from scoring.rules import REMIND_BEFORE
from scoring.states import CycleState, Stage, Step
from scoring.timetable import said


def remind(today: date) -> int:
    """Whoever has still to give an opinion is told once of each turn; how many letters that were.

    A day that was missed loses nothing: what is due today is looked for, not what begins today.
    """
    works, told = Workday.objects.works(), 0
    for cycle in ReviewCycle.objects.gathering().prefetch_related("stages"):
        rows = {row.stage: row for row in cycle.stages.all()}
        for part in gathered(cycle, today):
            told += _remind_party(cycle, rows[part.step], part, today, works)
    return told


def _remind_party(
    cycle: ReviewCycle, stage: ReviewStage, part: Gathered, today: date, works: Works
) -> int:
    if today < stage.opens_on or not part.missing:
        return 0
    key, words = _turn(stage, today, works)
    opened_on = timezone.localdate(cycle.opened_at)
    if key == keys.opens(stage.pk) and stage.step == Step.SELF and stage.opens_on <= opened_on:
        return 0  # told when the cycle was opened
    people = {user.pk: user for each in part.missing for user in each.people}
    notices.write(
        people.values(),
        key=key,
        text=f"{cycle.year} 年度{stage.get_step_display()}{words}",
        link=_page(stage.stage),
    )
    return len(people)


def _turn(stage: ReviewStage, today: date, works: Works) -> tuple[str, str]:
    last = stage.closes_on
    if today > last:
        return keys.late(stage.pk, last), f"{said(last)}已经截止，您还没有提交，请尽快补上。"
    if add_working_days(today, REMIND_BEFORE.on(today), works) >= last:
        return keys.soon(stage.pk, last), f"到 {said(last)}截止，您还没有提交。"
    return keys.opens(stage.pk), f"开始了，请在 {said(last)}以前提交。"


def _page(stage: Stage) -> str:
    return reverse("scoring:self_review" if stage == Stage.SELF else "scoring:appraise")


def tell_director(today: date) -> int:
    """每日待办: what of a running review waits for the director, on working days; of how many."""
    if not Workday.objects.works()(today):
        return 0
    running = ReviewCycle.objects.exclude(state__in=(CycleState.FINAL, CycleState.SEALED))
    waiting = [
        (cycle, act)
        for cycle in running.prefetch_related("stages")
        if (act := _act(cycle, today)).is_due
    ]
    for cycle, act in waiting:
        today_alone = keys.waits(cycle.pk, today)
        notices.settle_earlier(keys.waits_of(cycle.pk), than=today_alone, at=clock.now())
        notices.write(
            directors(today),
            key=today_alone,
            text=f"{cycle.year} 年度评价：{act.words}",
            link=reverse("scoring:cycle", args=[cycle.pk]),
        )
    return len(waiting)


def _act(cycle: ReviewCycle, today: date) -> NextAct:
    left = opinions_left(cycle, today) if cycle.state == CycleState.OPEN else None
    return next_act(cycle, spans_of(cycle), today, left, now=clock.now())
