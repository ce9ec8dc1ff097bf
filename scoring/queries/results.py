"""评定结果 read: the whole of one decision explained, and whom the result is told to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from deputies.models import Deputy, Mandate
from scoring.bands import moved_words
from scoring.grade_states import ObjectionKind
from scoring.models import (
    Appraisal,
    Grade,
    GradeAmendment,
    GradeObjection,
    Grading,
    ReviewCycle,
    StarLight,
    Veto,
)
from scoring.models.grading import GradingQuerySet
from scoring.permissions.grading import why_not_object_to_grade
from scoring.permissions.publicity import publicity_until
from scoring.queries.deciding import Bands
from scoring.queries.parties import elected_by_units
from scoring.queries.publicity import running
from scoring.queries.review import parts, weights_on
from scoring.states import TOLD, UNDECIDED, Step
from scoring.suggest import Suggestion, suggest


@dataclass(frozen=True)
class Part:
    """One party's part of the reference score; without a score it was not given."""

    label: str
    score: Decimal | None
    weight: int | None
    words: str = ""
    who: str = ""


@dataclass(frozen=True)
class Explained:
    """评定的来由: everything the decision was made of. `told` is whether the parts may be read."""

    grading: Grading
    told: bool
    until: date
    parts: Sequence[Part]
    suggestion: Suggestion
    moved: str
    mismatch: str
    vetoes: Sequence[Veto]
    amendments: Sequence[GradeAmendment]
    lights: Sequence[StarLight]
    objections: Sequence[GradeObjection]
    why_not_object: str | None

    @property
    def lit(self) -> int:
        """星数: as sealed, and before that as it stood at the decision."""
        return sum(light.lit for light in self.lights) if self.lights else self.grading.stars


def own_gradings(actor: Actor) -> list[Grading]:
    """我的评定, the newest year first, from the publicity on. Only ever one's own."""
    if actor.user is None:
        return []
    rows = Grading.objects.filter(deputy__user=actor.user)
    rows = rows.exclude(cycle__state__in=UNDECIDED).with_standing_grade()
    named = ("cycle__assembly", "cycle__decided_by", "deputy", "suggested")
    return list(rows.select_related(*named).order_by("-cycle__year", "pk"))


def explained(grading: Grading, by: Actor, today: date) -> Explained:
    """The decision of one deputy as this person may read it."""
    cycle = grading.cycle
    decided_on = timezone.localdate(cycle.decided_at) if cycle.decided_at else today
    given = Appraisal.objects.visible_to(by).filter(cycle=cycle, deputy=grading.deputy_id)
    known = {Step(row.step): row for row in given.select_related("given_by", "stand_in__user")}
    opinions = {step: known.get(step) for step in (Step.SELF, Step.GROUP, Step.TOWNSHIP)}
    found = suggest(parts(opinions, grading.points), weights_on(decided_on))
    suggestion = replace(found, score=grading.suggestion)  # as it lay before the committee
    amendments = grading.amendments.select_related("was", "grade", "proposed_by", "second_by")
    own = grading.objections.filter(kind=ObjectionKind.OWN).select_related("answered_by")
    lights = grading.lights.select_related("star").order_by("star__position")
    return Explained(
        grading=grading,
        told=by.at_deputy_office or cycle.state in TOLD,
        until=publicity_until(cycle),
        parts=[
            *(_part(step, opinion, suggestion) for step, opinion in opinions.items()),
            Part("年度积分", grading.points, dict(suggestion.shares).get(Step.COMMITTEE)),
        ],
        suggestion=suggestion,
        moved=moved_words(grading.bands_moved),
        mismatch=Bands().mismatch(grading.grade, grading.stars) if grading.suggested else "",
        vetoes=list(grading.vetoes.select_related("kind__best")),
        amendments=[row for row in amendments if by.at_deputy_office or row.is_confirmed],
        lights=list(lights),
        objections=list(own) if by.same_person(grading.deputy.user_id) else [],
        why_not_object=why_not_object_to_grade(by, grading, today),
    )


def _part(step: Step, opinion: Appraisal | None, suggestion: Suggestion) -> Part:
    if opinion is None:
        return Part(step.label, None, None)
    who = opinion.given_by.name + (f"（{opinion.stand_in}）" if opinion.stand_in else "")
    return Part(step.label, opinion.score, dict(suggestion.shares).get(step), opinion.words, who)


def is_told(by: Actor) -> bool:
    """Who gives the groups', the townships' and the electing units' opinions reads the results."""
    return by.is_a(Role.CONVENOR, Role.TOWNSHIP_CLERK) or _of_a_unit(by)


def _of_a_unit(by: Actor) -> bool:
    return by.post is not None and by.post.organisation.kind == OrganisationKind.ELECTING


def told_to(by: Actor, today: date) -> list[Grading]:
    """通报: the results of one's group, township or electing unit, of the newest told year."""
    newest = ReviewCycle.objects.told().order_by("-year").values("year")[:1]
    told = list(ReviewCycle.objects.told().filter(year=Subquery(newest)))
    rows = Grading.objects.filter(cycle__in=told)
    if by.post and _of_a_unit(by):
        unit = by.post.organisation.name
        own = [pk for cycle in told for pk, name in elected_by_units(cycle).items() if name == unit]
        rows = rows.filter(deputy__in=own)
    else:
        rows = rows.filter(deputy__in=Deputy.objects.visible_to(by, today))
    rows = rows.with_standing_grade()
    return list(rows.select_related("deputy", "cycle__assembly").order_by("deputy__stroke_key"))


def choices_for(grading: Grading) -> QuerySet[Grade]:
    """更正为: every grade but the standing one."""
    return Grade.objects.exclude(pk=grading.standing_grade.pk)


def public_gradings(today: date) -> GradingQuerySet:
    """Whom a letter may be about: everybody whose result is public now, in name order."""
    cycles = [cycle.pk for cycle in running(today)]
    rows = Grading.objects.filter(cycle__in=cycles).select_related("deputy", "cycle", "grade")
    seat = Mandate.objects.filter(
        deputy=OuterRef("deputy"), term__assembly=OuterRef("cycle__assembly")
    )
    newest = seat.order_by("-from_on", "-pk").values("delegation__name")[:1]
    return rows.annotate(place=Subquery(newest)).order_by(
        "cycle__assembly__level__rank", "deputy__stroke_key"
    )
