"""What was decided of one deputy, and what stands beside it: read for each file anew.

What others wrote against a result is secret and has no place here: only the deputy's own
objection and its answer are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.grade_states import GradeObjectionState, ObjectionKind
from scoring.models import Grade, GradeAmendment, GradeObjection, Grading, Veto

ANSWERED = (GradeObjectionState.UPHELD, GradeObjectionState.DISMISSED)


@dataclass(frozen=True)
class Decided:
    """评定 of one deputy: vetoes, own objections as answered, confirmed amendments."""

    vetoes: Sequence[Veto]
    objections: Sequence[GradeObjection]
    amendments: Sequence[GradeAmendment]

    def standing_grade(self, grading: Grading) -> Grade:
        """现行等次: as `Grading.standing_grade`, of rows that are here already."""
        return self.amendments[-1].grade if self.amendments else grading.grade


def decided_of(grading: Grading) -> Decided:
    """In three queries; under the lock of the grading it is what the sealed file has to say."""
    own = grading.objections.filter(kind=ObjectionKind.OWN, state__in=ANSWERED)
    changed = grading.amendments.confirmed().select_related("was", "grade")
    return Decided(
        vetoes=list(grading.vetoes.select_related("kind__best")),
        objections=list(own.order_by("pk")),
        amendments=list(changed.order_by("pk")),
    )
