"""A review of last year, decided or sealed, with stars: rows as the yearly run leaves them."""

from congress.shared import clock
from scoring.models import Grade, Grading, ReviewCycle, Star, StarLight
from scoring.states import CycleState
from tests import make

WHY_UNLIT = "有一次未经批准缺席"


def review(state=CycleState.SEALED, year=2025):
    decided = (
        {}
        if state == CycleState.OPEN
        else {
            "minute": "县人大〔2026〕1 号",
            "decided_by": make.director().user,
            "decided_at": clock.now(),
        }
    )
    return ReviewCycle.objects.create(
        assembly=make.assembly(),
        year=year,
        state=state,
        seed="s",
        opened_at=clock.now(),
        **decided,
    )


def graded(cycle, deputy, lit=10):
    grading = Grading.objects.create(
        cycle=cycle, deputy=deputy, grade=Grade.objects.order_by("position")[0]
    )
    StarLight.objects.bulk_create(
        StarLight(grading=grading, star=star, lit=n < lit, reason=WHY_UNLIT)
        for n, star in enumerate(Star.objects.order_by("position"))
    )
    return grading
