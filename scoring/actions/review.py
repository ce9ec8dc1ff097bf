"""评定: what the committee decided, entered by the office's director."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.names import says_something
from congress.shared.workflow import lock, move, refuse_if, trail
from deputies.models import Deputy
from scoring.models import Grade, Grading, ReviewCycle
from scoring.permissions.review import why_not_decide
from scoring.queries import review as queries
from scoring.sentences import listed
from scoring.states import CycleState


@dataclass(frozen=True)
class Decision:
    """评定 of one deputy; `withheld` says why 政治星 and 守法星 stay unlit, else empty."""

    grade: Grade
    withheld: str = ""


@transaction.atomic
def decide(
    cycle: ReviewCycle,
    *,
    minute: str,
    grades: Mapping[int, Decision],
    by: Actor,
    now: datetime | None = None,
) -> ReviewCycle:
    """评定: everybody reviewed has the committee's grade; publicity (公示) begins."""
    cycle = lock(cycle)
    at = now or clock.now()
    refuse_if(why_not_decide(by, cycle, timezone.localdate(at)))
    if not says_something(minute):
        raise Refused("请填写常委会会议纪要号。")
    rows = queries.decision_rows(cycle, timezone.localdate(at))
    _refuse_decisions(grades, {row.deputy.pk: row.deputy for row in rows})
    gradings = Grading.objects.bulk_create(
        Grading(
            cycle=cycle,
            deputy=row.deputy,
            suggestion=row.suggestion.score,
            grade=grades[row.deputy.pk].grade,
            withheld_stars=grades[row.deputy.pk].withheld.strip(),
        )
        for row in rows
    )
    events = [trail(row, "graded", by=by, note=row.grade.name) for row in gradings]
    AuditEvent.objects.bulk_create(events, batch_size=1000)
    facts = {"minute": minute.strip(), "decided_by": by.user, "decided_at": at}
    return move(cycle, CycleState.DECIDED, by=by, note=minute.strip(), **facts)


def _refuse_decisions(grades: Mapping[int, Decision], people: Mapping[int, Deputy]) -> None:
    if missing := set(people) - set(grades):
        raise Refused(f"还有 {len(missing)} 名代表没有评定等次。")
    if strangers := set(grades) - set(people):
        raise Refused(f"有 {len(strangers)} 人不在本年应评代表之中，请刷新名单再提交。")
    barred = [
        people[pk].name
        for pk, decision in grades.items()
        if decision.withheld.strip() and decision.grade.is_best
    ]
    if barred:
        raise Refused(f"{listed(barred)}的政治星、守法星不亮，不能评为优秀。")
