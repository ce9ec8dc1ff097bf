"""自评、核校、参评: each party's opinion, blind to the others until all are in."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import User
from congress.shared.names import says_something
from congress.shared.workflow import lock, record, refuse_if
from deputies.actions.photos import Photo
from deputies.models import Deputy
from scoring.models import Appraisal, OnBehalf, ReviewCycle
from scoring.permissions.opinions import why_not_appraise, why_not_enter_self_review
from scoring.queries.gathering import gathered
from scoring.queries.opinions import in_stead
from scoring.queries.papers_entered import group_given
from scoring.queries.parties import appraised_by, reviewed
from scoring.review_keys import of_stage
from scoring.sentences import listed
from scoring.states import Stage, Step

Opinion = tuple[Decimal, str]


@transaction.atomic
def appraise(
    cycle: ReviewCycle, *, step: Step, scores: Mapping[int, Opinion], by: Actor, today: date
) -> list[Appraisal]:
    """自评、核校、参评: this party's opinion of each deputy stands, once, unseen by the others.

    What a stand-in gives says in whose stead.
    """
    cycle = lock(cycle)  # closing waits for opinions under way, and they for it
    refuse_if(why_not_appraise(by, cycle, step, today))
    people = appraised_by(cycle, step, by, today)
    names = dict(people.values_list("pk", "name"))
    _refuse_scores(scores, names)
    _refuse_given(cycle, step, scores)
    stead = in_stead(cycle, step, by, today)
    rows = Appraisal.objects.bulk_create(
        Appraisal(
            cycle=cycle,
            deputy_id=pk,
            step=step,
            score=score,
            words=words,
            given_by=by.user,
            given_at=clock.now(),
            stand_in=stead.get(pk),
        )
        for pk, (score, words) in scores.items()
    )
    record(cycle, f"appraised_{step}", by=by, note=f"{step.label} {len(rows)} 人")
    _settle(cycle, step, by.user, today)
    return rows


@transaction.atomic
def enter_self_review(
    cycle: ReviewCycle,
    *,
    deputy: Deputy,
    opinion: Opinion,
    by: Actor,
    today: date,
    reason: str = "",
    photo: Photo | None = None,
) -> Appraisal:
    """代录: what the deputy wrote on paper stands as the self review, with who entered it and why.

    The paper's photo, or a reason, stays beside it.
    """
    cycle = lock(cycle)
    own = appraised_by(cycle, Step.GROUP, by, today).filter(pk=deputy.pk).exists()
    given = group_given(cycle, deputy, by)
    refuse_if(why_not_enter_self_review(by, cycle, today, own_group=own, group_given=given))
    name = {deputy.pk: deputy.name} if reviewed(cycle).filter(pk=deputy.pk).exists() else {}
    _refuse_scores({deputy.pk: opinion}, name)
    _refuse_given(cycle, Step.SELF, [deputy.pk])
    if by.same_person(deputy.user_id):
        raise Refused("这是您自己的自评，请在“本人自评”里写。")
    if not photo and not says_something(reason):
        raise Refused("代录要附纸质自评的照片，或者写明原因。")
    score, words = opinion
    row = Appraisal.objects.create(
        cycle=cycle,
        deputy=deputy,
        step=Step.SELF,
        score=score,
        words=words,
        given_by=by.user,  # type: ignore[misc]  # the office and convenors have one
        given_at=clock.now(),
    )
    _keep(row, reason.strip(), photo)
    record(cycle, "self_review_entered", by=by, note=f"代录{deputy.name}的自评")
    if deputy.user:
        _settle(cycle, Step.SELF, deputy.user, today)
        notices.write(
            [deputy.user],
            key=f"scoring.self_review_entered:{row.pk}",
            text=f"{by.name}替您录入了 {cycle.year} 年度的纸质自评，"
            "请看录得对不对；不对请马上告诉代工委。",
            link=f"{reverse('scoring:self_review')}?cycle={cycle.pk}",
        )
    return row


def _refuse_scores(scores: Mapping[int, Opinion], names: Mapping[int, str]) -> None:
    if not scores:
        raise Refused("还没有给任何人评分。")
    if strangers := set(scores) - set(names):
        raise Refused(f"有 {len(strangers)} 人不归您评价，请刷新名单再提交。")
    for pk, (score, _) in scores.items():
        if not 0 <= score <= 100:
            raise Refused(f"{names[pk]}的评分应在 0 到 100 之间。")


def _refuse_given(cycle: ReviewCycle, step: Step, deputy_ids: Collection[int]) -> None:
    given = Appraisal.objects.filter(cycle=cycle, step=step, deputy__in=deputy_ids)
    if already := list(given.values_list("deputy__name", flat=True)):
        raise Refused(f"{listed(already)}的意见已经提交过，不能再改。")


def _settle(cycle: ReviewCycle, step: Step, user: User | None, today: date) -> None:
    """For whom nothing of this stage waits any more: its reminders ask them no longer.

    Of a group or township that is whoever was asked for it, not only who gave it.
    """
    prefix = of_stage(cycle.stages.get(step=step).pk)
    if step == Step.SELF:
        if user:
            notices.settle_under(prefix, at=clock.now(), person=user)
        return
    missing = next(part.missing for part in gathered(cycle, today) if part.step == Stage(step))
    waited_for = [user for place in missing for user in place.people]
    notices.settle_but(waited_for, under=prefix, at=clock.now())


def _keep(row: Appraisal, reason: str, photo: Photo | None) -> None:
    """Why somebody else's hand entered it; the photo under a random key."""
    kept = OnBehalf(appraisal=row, reason=reason, sha256=photo.sha256 if photo else "")
    if photo:
        name = f"{secrets.token_urlsafe(24)}.jpg"
        kept.file.save(name, ContentFile(photo.content), save=False)
    kept.save(force_insert=True)
