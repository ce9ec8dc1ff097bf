"""代录的自评 read: whose paper somebody may enter, and who sees its photo."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.models import Deputy
from deputies.models.people import DeputyQuerySet
from scoring.models import Appraisal, OnBehalf, ReviewCycle
from scoring.queries.parties import appraised_by, reviewed
from scoring.states import Step


def papers_of(cycle: ReviewCycle, by: Actor, today: date) -> DeputyQuerySet:
    """Whose paper this person may enter, or might have."""
    if by.at_deputy_office:
        people = reviewed(cycle)
    elif by.is_a(Role.CONVENOR):
        people = appraised_by(cycle, Step.GROUP, by, today)
    else:
        return Deputy.objects.none()
    return people.exclude(user=by.user).in_name_order()


def may_enter(cycle: ReviewCycle, by: Actor, today: date) -> DeputyQuerySet:
    """Whose self review is missing and may be entered by this person from paper."""
    given = Appraisal.objects.filter(cycle=cycle, step=Step.SELF, deputy=OuterRef("pk"))
    return papers_of(cycle, by, today).filter(~Exists(given))


def group_given(cycle: ReviewCycle, deputy: Deputy, by: Actor) -> bool:
    """Whether who speaks for the group has said its opinion; the office gives none."""
    if by.at_deputy_office:
        return True
    return Appraisal.objects.filter(cycle=cycle, step=Step.GROUP, deputy=deputy).exists()


def visible_papers(by: Actor) -> QuerySet[OnBehalf]:
    """Photos beside opinions that this person reads (背靠背 holds for them, too)."""
    seen = Appraisal.objects.visible_to(by)
    return OnBehalf.objects.filter(appraisal__in=seen.values("pk")).exclude(file="")
