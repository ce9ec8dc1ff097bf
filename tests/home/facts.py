"""A review of last year, decided or sealed, with stars: rows as the yearly run leaves them."""

from datetime import date

from congress.shared import clock
from scoring.models import Archive, Grade, Grading, ReviewCycle, ReviewStage, Star, StarLight
from scoring.states import TOLD, UNDECIDED, CycleState, Stage
from tests import make

WHY_UNLIT = "有一次未经批准缺席"


def review(state=CycleState.SEALED, year=2025):
    by, at, facts = make.director().user, clock.now(), {}
    if state != CycleState.OPEN:
        facts |= {"gathered_at": at}
    if state not in UNDECIDED:
        facts |= {"minute": "县人大〔2026〕1 号", "decided_by": by, "decided_at": at}
        facts |= {"met_on": date(2026, 1, 5)}
    if state in TOLD:
        facts |= {"final_by": by, "final_at": at}
    cycle = ReviewCycle.objects.create(
        assembly=make.assembly(),
        year=year,
        state=state,
        seed="s",
        opened_at=clock.now(),
        cut_off_on=date(year, 12, 9),
        **facts,
    )
    days = {"opens_on": date(year, 12, 20), "closes_on": date(year, 12, 26)}
    ReviewStage.objects.create(cycle=cycle, step=Stage.PUBLICITY, **days)
    return cycle


def graded(cycle, deputy, lit=10, grade="优秀"):
    grading = Grading.objects.create(
        cycle=cycle, deputy=deputy, grade=Grade.objects.get(name=grade), stars=lit
    )
    StarLight.objects.bulk_create(
        StarLight(grading=grading, star=star, name=star.name, lit=n < lit, reason=WHY_UNLIT)
        for n, star in enumerate(Star.objects.order_by("position"))
    )
    return grading


def archived(grading):
    """Its file as far as rows say: no page of it is made."""
    said = {"number": f"{grading.pk}", "code": f"{grading.pk}", "sha256": "0"}
    file = f"{grading.pk}.pdf"
    return Archive.objects.create(
        grading=grading, file=file, pages=1, sealed_at=clock.now(), **said
    )
