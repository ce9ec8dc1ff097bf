"""调整日程: a stage gets other days, with a reason that everybody concerned reads."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.workflow import lock, record, refuse_if
from scoring.models import ReviewStage
from scoring.permissions.cycle import why_not_new_days, why_not_reschedule_stage
from scoring.permissions.publicity import publicity_until
from scoring.queries.gathering import gathered
from scoring.queries.timetables import spans_of
from scoring.review_keys import moved
from scoring.states import OPINIONS, CycleState, Stage
from scoring.timetable import Span, Timetable, said, why_not_timetable

SAY_WHY = "请写明为什么改期，各方会看到这句话。"


@transaction.atomic
def reschedule_stage(
    stage: ReviewStage, *, opens_on: date, closes_on: date, reason: str, by: Actor, today: date
) -> ReviewStage:
    """改期: the stage has the new days, and whoever has still to give an opinion is told."""
    cycle = lock(stage.cycle)  # the days of all stages hang together
    stage = lock(stage)
    stage.cycle = cycle
    refuse_if(why_not_reschedule_stage(by, stage, today))
    refuse_if(None if says_something(reason) else SAY_WHY)
    refuse_if(why_not_new_days(stage, opens_on, closes_on, today))
    spans = spans_of(cycle) | {stage.stage: Span(opens_on, closes_on)}
    refuse_if(why_not_timetable(cycle.year, Timetable(cycle.cut_off_on, spans), today))
    was = f"{stage.opens_on}至{stage.closes_on}"
    stage.opens_on, stage.closes_on = opens_on, closes_on
    stage.save(update_fields=["opens_on", "closes_on"])
    note = f"{stage.get_step_display()}原定{was}，改为{opens_on}至{closes_on}：{reason.strip()}"
    record(cycle, "rescheduled", by=by, note=note[:300])
    if stage.stage in OPINIONS:
        _tell(stage, reason.strip(), today)
    elif stage.stage == Stage.PUBLICITY and cycle.state == CycleState.DECIDED:
        _tell_graded(stage, reason.strip())
    return stage


def _tell_graded(stage: ReviewStage, reason: str) -> None:
    """Whoever was told until when to object is told of the new day."""
    cycle = stage.cycle
    notices.write(
        [row.deputy.user for row in cycle.gradings.select_related("deputy__user")],
        key=moved(stage.pk, stage.closes_on),
        text=f"{cycle.year} 年度评定结果的公示改到 {said(publicity_until(cycle))}为止：{reason}"[
            :300
        ],
        link=reverse("scoring:my_grading"),
    )


def _tell(stage: ReviewStage, reason: str, today: date) -> None:
    part = next(each for each in gathered(stage.cycle, today) if each.step == stage.stage)
    notices.write(
        {user.pk: user for each in part.missing for user in each.people}.values(),
        key=moved(stage.pk, stage.closes_on),
        text=f"{stage.cycle.year} 年度{stage.get_step_display()}改为 {said(stage.opens_on)}至"
        f" {said(stage.closes_on)}：{reason}"[:300],
        link=reverse("scoring:self_review" if stage.step == OPINIONS[0] else "scoring:appraise"),
    )
