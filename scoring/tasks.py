"""What beat does for scoring."""

import logging
import time
from contextlib import suppress

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.urls import reverse as address

from congress.shared import chain, clock, notices
from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.workflow import alone
from scoring.actions import advice as advices
from scoring.actions import (
    amending,
    archive,
    audits,
    cycles,
    purses,
    redeeming,
    review_reminders,
    sealing,
    talks,
    volumes,
)
from scoring.archive_data import sealed_data
from scoring.binding import BindingFault, term_volume
from scoring.consequence_states import TalkState
from scoring.documents import duty_file_pdf
from scoring.duty_file import duty_file
from scoring.group_book import group_book
from scoring.models import (
    ArchiveAmendment,
    ArchiveVolume,
    Entry,
    Grading,
    LedgerAudit,
    Redemption,
    ResignationAdvice,
    ReviewCycle,
    Talk,
)
from scoring.permissions.involved import audited_by
from scoring.queries import since_sealing
from scoring.queries import volumes as queries
from scoring.queries.anchors import TRAIL
from scoring.queries.audit import findings
from scoring.queries.duty_file import County, county, year_of
from scoring.queries.purses import out_of_step
from scoring.seal_reasons import UNKNOWN_VOLUME, is_of_the_database, why_not_made
from scoring.states import TOLD
from scoring.time_limit import within

logger = logging.getLogger("congress.scoring")

SHIFT = 20
"""Seconds in which a run makes files before others have the worker; the next run goes on."""
LONGEST = 120
"""Seconds that one file may take; it is then said to have failed."""
LIFTED = "评定等次已经更正，依据不存在了。"
"""What whoever was told reads, and what is kept."""
RUN = "ledger-audit-run"
"""Whoever has this name looks through the ledger, and nobody else does at that time."""


@shared_task(time_limit=300)  # for what LONGEST cannot reach, a call that never comes back
def run_reviews() -> int:
    """归档: of every final year each deputy's file is made; how many this run made.

    Each file is one transaction, claimed by a row lock: a run that dies leaves whole files only,
    two runs at once share the work, and the one that finds nothing left ends the cycle.
    """
    until = time.monotonic() + SHIFT
    cycles = ReviewCycle.objects.sealing().select_related("assembly", "decided_by")
    return sum(seal_files(cycle, until=until) for cycle in cycles)


def seal_files(cycle: ReviewCycle, *, until: float) -> int:
    """The cycle's files are made one by one until that moment of the monotonic clock; how many.

    One that fails stops no other: its reason is kept, and it rests before it is tried again.
    """
    made = 0
    if cycle.gradings.to_seal(clock.now()).exists():  # else nothing is read for nothing
        shared = county(cycle)
        while time.monotonic() < until and (sealed := _seal_next(shared)) is not None:
            made += sealed
    if not cycle.gradings.unsealed().exists():
        _finish(cycle)
    return made


def _seal_next(shared: County) -> bool | None:
    """Whether one more file was made; None when no deputy is left to claim.

    That it was begun is committed before the work: a file that takes its worker down is known by
    that. A database that is gone is no fault of the file: the run ends there, the next one goes on.
    """
    with transaction.atomic():
        claimed = archive.claim(shared.cycle)
        if claimed is None:
            return None
        if not sealing.begin_file(claimed):
            return False
    with transaction.atomic():
        grading = archive.claim_begun(claimed)
        return grading is not None and _seal_or_say_why(shared, grading)


def _seal_or_say_why(shared: County, grading: Grading) -> bool:
    try:
        with transaction.atomic(), within(LONGEST):
            _seal(shared, grading)
    except SoftTimeLimitExceeded:
        raise
    except Exception as fault:
        if is_of_the_database(fault):
            raise
        logger.exception("No duty file for grading %s", grading.pk)
        sealing.keep_failure(grading, reason=why_not_made(fault), by=SYSTEM)
        return False
    return True


def _seal(shared: County, grading: Grading) -> None:
    cycle, year = shared.cycle, year_of(shared, grading)
    number = archive.archive_number(cycle, year.seat)
    code = archive.verify_code(cycle, grading.deputy_id)
    file = duty_file(year, number=number, code=code)
    at = cycle.final_at or clock.now()  # review_final_has_who_and_when
    pdf = duty_file_pdf(file, made_at=at)
    papers = {"pdf": pdf, "data": sealed_data(file)}
    archive.seal_file(grading, number=number, **papers, at=at, by=SYSTEM)


def _finish(cycle: ReviewCycle) -> None:
    with suppress(Refused):  # another worker was first
        archive.finish(cycle, by=SYSTEM)


@shared_task
def keep_reviews() -> dict[str, int]:
    """年度评价: opinions close when the committee's days begin, and what waits is reminded of."""
    today = clock.today()
    closed = 0
    for row in ReviewCycle.objects.to_close(today):
        with suppress(Refused):  # the director, or another worker, was first
            cycles.close_opinions(row, by=SYSTEM, today=today)
            closed += 1
    return {
        "closed": closed,
        "reminded": review_reminders.remind(today),
        "told": review_reminders.tell_director(today),
    }


@shared_task
def make_archive_volumes() -> int:
    """任期卷、小组年册: what was asked for is made, one after the other; how many were.

    One run at a time. A worker that dies leaves the ask standing, and the next look begins anew.
    """
    made = 0
    with alone("scoring.volumes", wait=False) as mine:
        for volume in queries.asked() if mine else ():
            if volumes.begin_volume(volume):
                made += _bind(volume)
    return made


def _bind(volume: ArchiveVolume) -> bool:
    """One that fails stops no other, and says why."""
    try:
        bound = term_volume(volume) if volume.deputy_id else group_book(volume)
        volumes.keep_volume(volume, pdf=bound.pdf, holds=bound.holds, pages=bound.pages)
    except BindingFault as fault:
        volumes.give_up_volume(volume, why=str(fault))
        return False
    except Exception as fault:
        if is_of_the_database(fault):  # asked for still, and begun anew at the next look
            raise
        logger.exception("No archive volume %s", volume.pk)
        volumes.give_up_volume(volume, why=why_not_made(fault, unknown=UNKNOWN_VOLUME))
        return False
    return True


@shared_task
def amend_archives() -> int:
    """更正: what came after a year was sealed is written beside its files; how many were amended.

    Run twice, nothing is told twice: each line of the ledger and each new grade stands in one.
    """
    made: list[ArchiveAmendment | None] = []
    for cycle in since_sealing.sealed_cycles():
        made += [amending.add_regrading(*found) for found in since_sealing.regraded(cycle)]
        made += [amending.add_late_points(found) for found in since_sealing.late(cycle)]
    return sum(row is not None for row in made)


@shared_task
def run_asked_audit() -> bool:
    """现在查一次: a run that somebody asked for is made; False when nobody did, or it is under way.

    One that fails is not begun again by itself: whoever wants it asks anew.
    """
    if LedgerAudit.objects.asked() is None:
        return False
    with alone(RUN, wait=False) as mine:
        if not mine or LedgerAudit.objects.asked() is None:  # another worker may have done it
            return False
        try:
            _audit()
        except Exception:
            audits.give_up(by=SYSTEM)
            raise
    return True


@shared_task
def audit_ledger() -> dict[str, object]:
    """查账: new lines are sealed, the whole ledger is looked through and the run kept.

    A fault is told at once. A run that is under way is waited for.
    """
    with alone(RUN, wait=True):
        return _audit()


def _audit() -> dict[str, object]:
    started = time.monotonic()
    chain.seal(TRAIL, Entry)
    found = findings()
    run = audits.keep_run(found, seconds=time.monotonic() - started)
    report: dict[str, object] = {
        "entries": found.entries,
        "drift": float(found.drift),
        "chain": found.chain or "ok",
        "seconds": float(run.seconds),
    }
    if not found.clean:
        faults = found.sentences
        logger.error("The ledger is off: %s", "; ".join(faults))
        notices.write(
            audited_by(clock.today()),
            key=f"scoring.audit:{clock.today()}",
            text=f"查账发现积分账有 {len(faults)} 处不符，第一处：{faults[0]}"[:300],
            link=address("scoring:audit", args=[run.pk]),
        )
        report["faults"] = faults
    return report


@shared_task
def lift_consequences() -> int:
    """依据没有了: talks and packs whose grade was put right since are called off; how many.

    Whoever was told of one is told so. It may run twice: what is called off waits no more.
    """
    lifted = 0
    for talk in Talk.objects.filter(state=TalkState.APPOINTED).order_by("pk"):
        with suppress(Refused):  # the ground stands, or somebody was first
            talks.cancel_talk(talk, reason=LIFTED, by=SYSTEM)
            lifted += 1
    for advice in ResignationAdvice.objects.under_way().order_by("pk"):
        with suppress(Refused):
            advices.withdraw_advice(advice, reason=LIFTED, by=SYSTEM)
            lifted += 1
    return lifted


@shared_task
def run_shop() -> dict[str, int]:
    """积分超市, each night: overdue holds end, purses are opened and follow grades put right.

    Each is a transaction of its own; whatever a run leaves undone the next one finds.
    """
    today, ended, moved = clock.today(), 0, 0
    for row in Redemption.objects.overdue(today).order_by("pk"):
        with suppress(Refused):  # handed out or cancelled at this moment
            redeeming.expire_hold(row, by=SYSTEM, today=today)
            ended += 1
    opened = 0
    for each in ReviewCycle.objects.filter(year=today.year - 1, state__in=TOLD):
        with suppress(Refused):  # purses of this year have run out
            opened += len(purses.open_purses(each, by=SYSTEM, today=today))
    for purse in out_of_step(today.year):
        with suppress(Refused):  # run out, or adjusted at this moment
            purses.adjust_purse(purse, by=SYSTEM, today=today)
            moved += 1
    return {"ended": ended, "opened": opened, "adjusted": moved}
