"""启动、提交意见、评定: the year's review up to the committee's decision."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Assembly, AuditEvent
from congress.shared.names import says_something
from congress.shared.workflow import lock, move, record, refuse_if, trail
from deputies.models import Deputy
from scoring.models import Appraisal, Grade, Grading, ReviewCycle
from scoring.permissions.review import why_not_appraise, why_not_decide, why_not_open_cycle
from scoring.queries import review as queries
from scoring.states import CycleState, Step

Opinion = tuple[Decimal, str]
NAMED = 5


@dataclass(frozen=True)
class Decision:
    """评定 of one deputy; `withheld` says why 政治星 and 守法星 stay unlit, else empty."""

    grade: Grade
    withheld: str = ""


@transaction.atomic
def open_cycle(assembly: Assembly, *, year: int, by: Actor, today: date) -> ReviewCycle:
    """启动年度评价: the parties may give their opinions, and every deputy is told so."""
    assembly = lock(assembly)  # a second click waits here, and then finds the first one's cycle
    refuse_if(why_not_open_cycle(by, assembly, year, today))
    cycle = ReviewCycle.objects.create(
        assembly=assembly, year=year, seed=secrets.token_hex(32), opened_at=clock.now()
    )
    record(cycle, CycleState.OPEN, by=by)
    people = queries.reviewed(cycle).filter(user__isnull=False).select_related("user")
    notices.write(
        [deputy.user for deputy in people],
        key=f"scoring.self_review:{cycle.pk}",
        text=f"{year} 年度履职评价开始了，请写本人自评：打一个分，说几句话。",
        link=reverse("scoring:self_review"),
    )
    return cycle


@transaction.atomic
def appraise(
    cycle: ReviewCycle, *, step: Step, scores: Mapping[int, Opinion], by: Actor, today: date
) -> list[Appraisal]:
    """自评、核校、参评: this party's opinion of each deputy stands, once, unseen by the others."""
    cycle = lock(cycle)  # the decision waits for opinions under way, and they for it
    refuse_if(why_not_appraise(by, cycle, step))
    names = dict(queries.appraised_by(cycle, step, by, today).values_list("pk", "name"))
    _refuse_scores(scores, names)
    given = Appraisal.objects.filter(cycle=cycle, step=step, deputy__in=scores)
    if already := list(given.values_list("deputy__name", flat=True)):
        raise Refused(f"{_listed(already)}的意见已经提交过，不能再改。")
    rows = Appraisal.objects.bulk_create(
        Appraisal(
            cycle=cycle,
            deputy_id=pk,
            step=step,
            score=score,
            words=words,
            given_by=by.user,
            given_at=clock.now(),
        )
        for pk, (score, words) in scores.items()
    )
    record(cycle, f"appraised_{step}", by=by, note=f"{step.label} {len(rows)} 人")
    return rows


def _refuse_scores(scores: Mapping[int, Opinion], names: Mapping[int, str]) -> None:
    if not scores:
        raise Refused("还没有给任何人评分。")
    if strangers := set(scores) - set(names):
        raise Refused(f"有 {len(strangers)} 人不归您评价，请刷新名单再提交。")
    for pk, (score, _) in scores.items():
        if not 0 <= score <= 100:
            raise Refused(f"{names[pk]}的评分应在 0 到 100 之间。")


@transaction.atomic
def decide(
    cycle: ReviewCycle,
    *,
    minute: str,
    grades: Mapping[int, Decision],
    by: Actor,
    now: datetime | None = None,
) -> ReviewCycle:
    """评定: everybody reviewed has the committee's grade, and the files wait to be sealed."""
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
        raise Refused(f"{_listed(barred)}的政治星、守法星不亮，不能评为优秀。")


def _listed(names: list[str]) -> str:
    """The first few names, and how many in all."""
    said = "、".join(names[:NAMED])
    return said if len(names) <= NAMED else f"{said}等 {len(names)} 人"
