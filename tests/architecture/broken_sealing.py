"""Rows that break a constraint of what could not be sealed: a good one, what to change in it."""

from datetime import UTC, datetime

from congress.shared.actors import SYSTEM
from scoring.actions.sealing import keep_failure
from scoring.models import SealStart
from tests.scoring import year


def seal_failure():
    grading = year.final(year.party(1)).gradings.get()
    return keep_failure(grading, reason="存放档案的磁盘满了。", by=SYSTEM)


def seal_start():
    grading = year.final(year.party(1)).gradings.get()
    return SealStart.objects.create(grading=grading, begun_at=year.NOW)


SEALING = {
    "seal_start_is_counted_from_one": (seal_start, {"tries": 0}),
    "seal_failure_has_a_reason": (seal_failure, {"reason": ""}),
    "seal_failure_is_tried_again_later": (
        seal_failure,
        {"again_at": datetime(2020, 1, 1, tzinfo=UTC)},
    ),
}
