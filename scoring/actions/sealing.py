"""没有做成的档案: the reason is kept, and the file is made again by itself or when asked for."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from congress.shared import clock, notices
from congress.shared.actors import SYSTEM, Actor
from congress.shared.workflow import lock, record, record_all, refuse_if
from scoring.models import Grading, ReviewCycle, SealFailure, SealStart
from scoring.permissions.involved import directors
from scoring.permissions.sealing import why_not_retry_file, why_not_retry_file_all
from scoring.seal_reasons import died

REST = timedelta(hours=1)
"""A file that could not be made is tried again by itself after so long."""
MOST_DEATHS = 20
"""A file at which the run died so often is named and rests. Others come first all the while, and
so many restarts of a server never hit one file by chance."""
FAILED, RETRIED = "seal_failed", "seal_retried"


@transaction.atomic
def begin_file(grading: Grading) -> bool:
    """开始制作: counted before the work, whoever has claimed the grading; False when it rests now.

    It is for the caller to commit this before the work: a worker that dies can write nothing.
    """
    start = SealStart.objects.filter(grading=grading).first()
    if start is None:
        SealStart.objects.create(grading=grading, begun_at=clock.now())
        return True
    if start.tries >= MOST_DEATHS:
        keep_failure(grading, reason=died(start.tries), by=SYSTEM)
        return False
    start.tries, start.begun_at = start.tries + 1, clock.now()
    start.save(update_fields=["tries", "begun_at"])
    return True


@transaction.atomic
def keep_failure(grading: Grading, *, reason: str, by: Actor) -> SealFailure:
    """没有做成: the reason stands until the file is sealed, and the office is told once a day.

    The run goes on with the others, and comes back to this one after a rest.
    """
    grading = lock(grading)
    now, cycle = clock.now(), grading.cycle
    former = SealFailure.objects.filter(grading=grading).first()
    facts = {"reason": reason[:200], "failed_at": now, "again_at": now + REST}
    if former is None:
        failure = SealFailure.objects.create(grading=grading, **facts)
    else:
        failure = former
        for name, value in {**facts, "tries": former.tries + 1}.items():
            setattr(failure, name, value)
        failure.save(update_fields=["tries", *facts])
    SealStart.objects.filter(grading=grading).delete()
    record(grading, FAILED, by=by, note=failure.reason)
    notices.write(
        directors(timezone.localdate(now)),
        key=f"scoring.seal_failed:{cycle.pk}:{timezone.localdate(now)}",
        text=f"{cycle.year} 年度有履职档案没有做成，请看是谁、什么原因，改好以后重试。",
        link=reverse("scoring:cycle", args=[cycle.pk]),
    )
    return failure


@transaction.atomic
def retry_file(grading: Grading, *, by: Actor) -> SealFailure:
    """重试: this one file is made again at the run's next turn, some seconds from now."""
    grading = lock(grading)  # a run that is at this very file is waited for
    failure = SealFailure.objects.filter(grading=grading).first()
    refuse_if(why_not_retry_file(by, grading, failure))
    assert failure is not None  # noqa: S101 - or there would have been a reason
    failure.again_at = failure.failed_at
    failure.save(update_fields=["again_at"])
    record(grading, RETRIED, by=by)
    return failure


@transaction.atomic
def retry_file_all(cycle: ReviewCycle, *, by: Actor) -> int:
    """全部重试: every file of the year that was not made is tried again; how many."""
    cycle = lock(cycle)
    resting = SealFailure.objects.of(cycle).resting(clock.now())
    failures = list(resting.select_for_update(of=("self",), no_key=True))
    refuse_if(why_not_retry_file_all(by, cycle, len(failures)))
    for failure in failures:
        failure.again_at = failure.failed_at
    SealFailure.objects.bulk_update(failures, ["again_at"], batch_size=1000)
    record_all([failure.grading for failure in failures], RETRIED, by=by)
    return len(failures)
