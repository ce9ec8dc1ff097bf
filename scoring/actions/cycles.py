"""年度评价的进程: opened with its days, closed for opinions."""

import secrets
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.workflow import lock, move, record, refuse_if
from scoring.models import ReviewCycle, ReviewStage
from scoring.permissions.cycle import why_not_close_opinions, why_not_open_cycle
from scoring.queries.gathering import opinions_left
from scoring.queries.parties import reviewed
from scoring.queries.timetables import proposal
from scoring.review_keys import waits_of
from scoring.states import CycleState, Stage
from scoring.timetable import Timetable, said, why_not_timetable


@transaction.atomic
def open_cycle(
    assembly: Assembly, *, year: int, by: Actor, today: date, table: Timetable | None = None
) -> ReviewCycle:
    """启动年度评价: the cut-off and the stages' days stand, and every deputy is told of them.

    Without a timetable the proposed one.
    """
    assembly = lock(assembly)  # a second click waits here, and then finds the first one's cycle
    refuse_if(why_not_open_cycle(by, assembly, year, today))
    table = table or proposal(year, today)
    refuse_if(why_not_timetable(year, table, today))
    cycle = ReviewCycle.objects.create(
        assembly=assembly,
        year=year,
        cut_off_on=table.cut_off_on,
        seed=secrets.token_hex(32),
        opened_at=clock.now(),
    )
    ReviewStage.objects.bulk_create(
        ReviewStage(cycle=cycle, step=stage, opens_on=span.opens_on, closes_on=span.closes_on)
        for stage, span in table.spans.items()
    )
    record(cycle, CycleState.OPEN, by=by, note=f"履职截止 {table.cut_off_on}")
    people = reviewed(cycle).filter(user__isnull=False).select_related("user")
    own = table.spans[Stage.SELF]
    notices.write(
        [deputy.user for deputy in people],
        key=f"scoring.self_review:{cycle.pk}",
        text=f"{year} 年度履职评价开始了，请在 {said(own.opens_on)}至 {said(own.closes_on)}"
        "写本人自评：打一个分，说几句话。",
        link=reverse("scoring:self_review"),
    )
    return cycle


@transaction.atomic
def close_opinions(cycle: ReviewCycle, *, by: Actor, today: date) -> ReviewCycle:
    """截止征集: no more opinions; what is missing stays missing, and the committee may decide."""
    cycle = lock(cycle)  # opinions under way are waited for
    left = opinions_left(cycle, today)
    refuse_if(why_not_close_opinions(by, cycle, today, left))
    notices.settle_under(waits_of(cycle.pk), at=clock.now())
    note = f"未提交 {left} 份" if left else "意见齐全"
    return move(cycle, CycleState.GATHERED, by=by, note=note, gathered_at=clock.now())
