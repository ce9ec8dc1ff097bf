"""What was decided of each deputy of a cycle, and what stands beside it: read once for a run.

What others wrote against a result is secret and has no place here: only the deputy's own
objection and its answer are read.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from scoring.grade_states import GradeObjectionState, ObjectionKind
from scoring.models import Grade, GradeAmendment, GradeObjection, Grading, ReviewCycle, Veto

ANSWERED = (GradeObjectionState.UPHELD, GradeObjectionState.DISMISSED)


@dataclass
class Decided:
    """评定 of one deputy: vetoes, own objections as answered, confirmed amendments."""

    vetoes: list[Veto] = field(default_factory=list)
    objections: list[GradeObjection] = field(default_factory=list)
    amendments: list[GradeAmendment] = field(default_factory=list)

    def standing_grade(self, grading: Grading) -> Grade:
        """现行等次: as `Grading.standing_grade`, of rows that are here already."""
        return self.amendments[-1].grade if self.amendments else grading.grade


def decided_in(cycle: ReviewCycle) -> defaultdict[int, Decided]:
    """By grading, in three queries."""
    found: defaultdict[int, Decided] = defaultdict(Decided)
    for veto in Veto.objects.filter(grading__cycle=cycle).select_related("kind__best"):
        found[veto.grading_id].vetoes.append(veto)
    for objection in _own(cycle):
        found[objection.grading_id].objections.append(objection)
    changed = GradeAmendment.objects.confirmed().filter(grading__cycle=cycle)
    for amendment in changed.select_related("was", "grade").order_by("pk"):
        found[amendment.grading_id].amendments.append(amendment)
    return found


def _own(cycle: ReviewCycle) -> Sequence[GradeObjection]:
    rows = GradeObjection.objects.of_cycle(cycle).filter(kind=ObjectionKind.OWN, state__in=ANSWERED)
    return list(rows.order_by("pk"))
