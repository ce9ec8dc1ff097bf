"""更正 read: what came after a year was sealed and its files do not tell of."""

from django.db.models import F, Model, OuterRef, QuerySet, Subquery

from congress.shared.models import AuditEvent
from scoring.grade_states import AmendmentState
from scoring.models import Archive, Entry, GradeAmendment, Grading, ReviewCycle
from scoring.models.review import ARCHIVED
from scoring.states import CycleState


def late(cycle: ReviewCycle) -> list[Archive]:
    """The sealed files of those whose later duties no amendment names yet."""
    waiting = late_lines(cycle).order_by().values("deputy")
    files = Archive.objects.filter(grading__cycle=cycle, grading__deputy__in=waiting)
    return list(files.select_related("grading__cycle", "grading__deputy__user"))


def late_lines(cycle: ReviewCycle) -> QuerySet[Entry]:
    """Of duties done after the cut-off, and in no amendment."""
    return Entry.objects.filter(
        assembly=cycle.assembly_id,
        year=cycle.year,
        record__done_on__gt=cycle.cut_off_on,
        amended__isnull=True,
    )


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
