"""自评、核校、参评: each party's opinion, blind to the others until all are in."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.workflow import lock, record, refuse_if
from scoring.models import Appraisal, ReviewCycle
from scoring.permissions.opinions import why_not_appraise
from scoring.queries import review as queries
from scoring.sentences import listed
from scoring.states import Step

Opinion = tuple[Decimal, str]


@transaction.atomic
def appraise(
    cycle: ReviewCycle, *, step: Step, scores: Mapping[int, Opinion], by: Actor, today: date
) -> list[Appraisal]:
    """自评、核校、参评: this party's opinion of each deputy stands, once, unseen by the others."""
    cycle = lock(cycle)  # the decision waits for opinions under way, and they for it
    refuse_if(why_not_appraise(by, cycle, step, today))
    names = dict(queries.appraised_by(cycle, step, by, today).values_list("pk", "name"))
    _refuse_scores(scores, names)
    given = Appraisal.objects.filter(cycle=cycle, step=step, deputy__in=scores)
    if already := list(given.values_list("deputy__name", flat=True)):
        raise Refused(f"{listed(already)}的意见已经提交过，不能再改。")
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
