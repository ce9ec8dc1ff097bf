"""更正 read: what came after a year was sealed and its files do not tell of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Model, OuterRef, Subquery

from congress.shared.models import AuditEvent
from scoring.grade_states import AmendmentState
from scoring.models import Archive, Entry, GradeAmendment, Grading, ReviewCycle, YearTotal
from scoring.models.review import ARCHIVED
from scoring.points import ZERO
from scoring.states import CycleState


@dataclass(frozen=True)
class Late:
    """One deputy's lines that no amendment names yet, and what the year comes to with them."""

    archive: Archive
    entries: Sequence[int]
    total: Decimal


def late(cycle: ReviewCycle) -> list[Late]:
    """Of each sealed file: duties done after the cut-off, in a fixed number of queries."""
    rows = Entry.objects.filter(
        assembly=cycle.assembly_id,
        year=cycle.year,
        record__done_on__gt=cycle.cut_off_on,
        amended__isnull=True,
    )
    of: defaultdict[int, list[int]] = defaultdict(list)
    for pk, deputy_id in rows.order_by("pk").values_list("pk", "deputy_id"):
        of[deputy_id].append(pk)
    files = Archive.objects.filter(grading__cycle=cycle, grading__deputy__in=of)
    totals = dict(
        YearTotal.objects.filter(
            assembly=cycle.assembly_id, year=cycle.year, deputy__in=of
        ).values_list("deputy_id", "total")
    )
    return [
        Late(row, of[row.grading.deputy_id], totals.get(row.grading.deputy_id, ZERO))
        for row in files.select_related("grading__cycle", "grading__deputy__user")
    ]


def regraded(cycle: ReviewCycle) -> list[tuple[Archive, GradeAmendment]]:
    """Grades amended after their file was sealed; what came before stands in the file itself.

    Both steps are taken under the lock of the same grading, so that the trail has them in their
    order; a clock that was set back has no say in it.
    """
    sealed = _steps(Grading, "grading", ARCHIVED)
    confirmed = _steps(GradeAmendment, "pk", AmendmentState.CONFIRMED)
    rows = GradeAmendment.objects.confirmed().filter(
        grading__cycle=cycle, grading__archive__isnull=False, in_archive__isnull=True
    )
    late = rows.annotate(sealed=sealed, confirmed=confirmed).filter(confirmed__gt=F("sealed"))
    late = late.select_related(
        *("grading__archive", "grading__cycle", "grading__deputy__user"),
        *("was", "grade", "proposed_by", "second_by"),
    )
    found = []
    for row in late.order_by("second_at", "pk"):
        archive = row.grading.archive
        archive.grading = row.grading
        found.append((archive, row))
    return found


def _steps(model: type[Model], key: str, to: str) -> Subquery:
    """The number in the trail of the step that row took."""
    taken = AuditEvent.objects.filter(subject=model._meta.label, subject_id=OuterRef(key), now=to)
    return Subquery(taken.order_by("-pk").values("pk")[:1])


def sealed_cycles() -> list[ReviewCycle]:
    """The years whose files can have something beside them."""
    return list(ReviewCycle.objects.filter(state=CycleState.SEALED).order_by("year", "pk"))
